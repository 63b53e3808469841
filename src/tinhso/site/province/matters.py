"""What the dossiers of the demo are about, and where they go on the days of an era."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from tinhso.agencies.models import AgencyKind, AgencyPeriod, Level
from tinhso.agencies.queries import agency_by_key, holder
from tinhso.dossiers import definitions
from tinhso.dossiers.models import Channel, ProcedureVersion
from tinhso.dossiers.places import desk_of
from tinhso.site.province import people
from tinhso.site.province.hands import Matter
from tinhso.site.province.samples import SAMPLES, SELDOM

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tinhso.dossiers.definitions import Definition
    from tinhso.kernel.actors import Actor
    from tinhso.parties.models import Party

REFORM = date(2025, 7, 1)
SEED = 20260701
BUSY = 2.8
"""The commune of the demo's accounts beside the busiest other one: some dozens of dossiers wait there."""
DAILY, NOW_AND_THEN = 30, 1
"""How much oftener a commune's daily bread is asked for than anything else."""


@dataclass
class Era:
    """Where dossiers of some days go: the communes, their desks, and the departments of one province."""

    province: int
    day: date
    communes: list[int] = field(default_factory=list)
    desks: dict[int, int] = field(default_factory=dict)
    series: dict[int, tuple[int, str]] = field(default_factory=dict)
    """Whose counter and whose code give an agency's numbers, as `intake.number_series` has it."""

    @property
    def middle(self) -> int:
        """The commune where the accounts of the demo work."""
        return self.communes[len(self.communes) // 2]

    @property
    def neighbour(self) -> int:
        """Another one, whose opinion is asked and to which dossiers are passed on."""
        return next(commune for commune in self.communes if commune != self.middle)


def era_of(key: str, day: date) -> Era:
    """The communes of a province on a day, their desks and the codes in their numbers."""
    province = agency_by_key(key).pk
    era = Era(province, day)
    below = AgencyPeriod.objects.on(day).select_related("agency")
    units = {row.agency_id: row for row in below}
    for row in units.values():
        if row.agency.kind == AgencyKind.COMMUNE and _top(units, row.agency_id) == province:
            era.communes.append(row.agency_id)
    era.communes.sort()
    for unit in (province, *era.communes):
        era.desks[unit] = desk_of(unit, day) or unit
    for agency in {*era.desks.values(), *era.communes}:
        row = units[agency]
        series = row if row.agency_code else units[province]
        era.series[agency] = (series.agency_id, series.agency_code)
    return era


@dataclass
class Matters:
    """Draws what the next dossier is about."""

    staff: people.Staff
    rng: random.Random
    era: Era
    parties: Sequence[Party]
    holders: dict[str, int] = field(default_factory=dict)
    share: frozenset[int] | None = None
    """The units of which something is drawn; None is all."""

    def __post_init__(self) -> None:
        self.is_national = self.era.day >= REFORM
        versions = ProcedureVersion.objects.select_related("procedure").in_force(self.era.day)
        self.kinds: list[tuple[Definition, int]] = [
            (definitions.of_version(version.pk), version.pk)
            for version in versions
            if version.procedure.code in SAMPLES
        ]
        busy = random.Random(SEED)  # noqa: S311  (how busy each commune is, always the same)
        loads = {commune: busy.lognormvariate(0, 0.6) for commune in self.era.communes}
        loads[self.era.middle] = max(loads.values()) * BUSY
        self.loads: list[float] = list(loads.values())
        self.weights: list[float] = [
            DAILY if kind.level == "commune" and kind.code not in SELDOM else NOW_AND_THEN
            for kind, _ in self.kinds
        ]
        self.portion = 1.0
        if self.share is not None:
            self._keep(self.share)

    def _keep(self, share: frozenset[int]) -> None:
        """Draw nothing of other units; `portion` is what these have of all that is drawn."""
        loads, weights = sum(self.loads), sum(self.weights)
        self.loads = [
            load if unit in share else 0
            for unit, load in zip(self.era.communes, self.loads, strict=True)
        ]
        of_communes = sum(self.loads) / loads
        of_province = 1.0 if self.era.province in share else 0.0
        self.weights = [
            weight * (of_communes if kind.level == "commune" else of_province)
            for (kind, _), weight in zip(self.kinds, self.weights, strict=True)
        ]
        self.portion = sum(self.weights) / weights

    def counting(self) -> frozenset[int]:
        """Whose counters give the numbers of what is drawn."""
        share = self.era.desks.keys() if self.share is None else self.share
        desks = [desk for unit, desk in self.era.desks.items() if unit in share]
        return frozenset(self.era.series[desk][0] for desk in desks)

    def draw(self) -> Matter:
        """A procedure, a party, a channel and the places."""
        rng = self.rng
        definition, procedure = rng.choices(self.kinds, self.weights)[0]
        online = Channel.NATIONAL if self.is_national else Channel.PORTAL
        shares = [62, 38] if self.is_national else [45, 55]
        channel = rng.choices([online, Channel.COUNTER], shares)[0]
        unit = self.era.province
        if definition.level == "commune":
            unit = rng.choices(self.era.communes, self.loads)[0]
        party = rng.choice(self.parties)
        values = self.values(definition, party)
        return Matter(definition, procedure, party, channel, self.places(definition, unit), values)

    def values(self, definition: Definition, party: Party) -> dict[str, Any]:
        """What the party answers to the procedure's own questions."""
        values = {**SAMPLES[definition.code]}
        if "nguoi_duoc_cap" in values:
            values["nguoi_duoc_cap"] = party.name
        return values

    def places(self, definition: Definition, unit: int) -> dict[str, int]:
        """The places of a dossier that is handed in at a unit."""
        desk = self.era.desks[unit]
        competent = unit if definition.level == "commune" else self._holder(definition.field)
        places = {"receiving": desk, "returning": desk, "competent": competent}
        return places | self.fields(definition)

    def fields(self, definition: Definition) -> dict[str, int]:
        """The agencies that the lanes name by their field."""
        return {
            lane.place: self._holder(lane.place.removeprefix("field:"))
            for lane in definition.lanes.values()
            if lane.place.startswith("field:")
        }

    def _holder(self, code: str) -> int:
        if code not in self.holders:
            found = holder(code, Level.PROVINCE, self.era.day, within=self.era.province)
            if found is None:
                raise LookupError(f"nobody holds {code} on {self.era.day}")
            self.holders[code] = found.pk
        return self.holders[code]

    def employ(self, *, actor: Actor, at: datetime) -> None:
        """Somebody for every role at every place that a dossier may come to."""
        wanted: list[tuple[int, str]] = []
        for definition, _ in self.kinds:
            units = self.era.communes if definition.level == "commune" else [self.era.province]
            for unit in units:
                places = self.places(definition, unit)
                wanted.append((places["receiving"], "one-stop-officer"))
                wanted += [(places[lane.place], lane.role) for lane in definition.lanes.values()]
        people.employ(
            self.staff,
            wanted,
            since=self.era.day - timedelta(days=500),
            until=None if self.is_national else min(self.era.day + timedelta(days=900), REFORM),
            actor=actor,
            at=at,
            rng=self.rng,
        )


def _top(units: dict[int, AgencyPeriod], agency: int) -> int:
    """The province that a unit lies in."""
    while agency in units and units[agency].parent_id is not None:
        agency = units[agency].parent_id or 0
    return agency


def spread(first: date, days: int, count: int, rng: random.Random) -> list[date]:
    """Days of arrival: few at week-ends, as the portals show."""
    chosen = rng.choices(range(days), _weights(first, days), k=count)
    return sorted(first + timedelta(days=day) for day in chosen)


def load(first: date, days: int) -> float:
    """How much is handed in on so many days, in ordinary working days."""
    return sum(_weights(first, days))


def _weights(first: date, days: int) -> list[float]:
    return [1.0 if (first + timedelta(days=day)).weekday() < 5 else 0.12 for day in range(days)]  # noqa: PLR2004
