"""The agencies with all their periods as the process keeps them: names, and who lies below whom."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db.models import F

from tinhso.agencies.models import (
    AgencyPeriod,
    Competence,
    ReformCarriedOut,
    Succession,
    official_title,
)
from tinhso.kernel.kept import Kept
from tinhso.ui.languages import worded

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

DAYS_HELD = 16
"""Days for which it is held who follows whom, and who holds which field."""

Held = dict[int, tuple[tuple[str, int], ...]]
"""Fields (code, level) by who holds them."""


@dataclass(frozen=True, slots=True)
class KeptPeriod:
    """What is asked most of an agency for a period, as `AgencyPeriod` has it."""

    agency: int
    parent: int | None
    kind: str
    name: str
    name_en: str
    since: date | None
    until: date | None

    def holds_on(self, day: date) -> bool:
        """Whether it holds on that day."""
        begun = self.since is None or self.since <= day
        return begun and (self.until is None or day < self.until)

    @property
    def title(self) -> str:
        """The name in the language of the page."""
        return worded(self.name, self.name_en)

    @property
    def official_title(self) -> str:
        """The official name in the language of the page."""
        return official_title(self.name, self.name_en, self.kind)


@dataclass(frozen=True)
class KeptAgencies:
    """Every period, by its agency from the earliest on, by the agency above it, and agencies by their key.

    `after` says of an agency who followed it, and from which day on; `rest` who took what it had in hand.
    """

    periods: Mapping[int, tuple[KeptPeriod, ...]]
    below: Mapping[int, tuple[KeptPeriod, ...]]
    keys: Mapping[str, int]
    after: Mapping[int, tuple[tuple[int, date], ...]]
    rest: Mapping[int, tuple[int, date]]
    _followers: dict[date, Mapping[int, frozenset[int]]] = field(default_factory=dict)
    _before: dict[date, Mapping[int, tuple[int, ...]]] = field(default_factory=dict)
    _fields: dict[tuple[str, date], Held] = field(default_factory=dict)

    def on(self, agency: int, day: date) -> KeptPeriod | None:
        """What holds of the agency on that day; None when it does not exist then."""
        found = (period for period in self.periods.get(agency, ()) if period.holds_on(day))
        return next(found, None)

    def named(self, agencies: Iterable[int], day: date) -> dict[int, str]:
        """Official names on that day; the last name of what has ended, the first of what has not begun."""
        names = {}
        for agency in sorted(set(agencies)):
            periods = self.periods.get(agency, ())
            begun = [each for each in periods if each.since is None or each.since <= day]
            if periods:
                names[agency] = (begun or periods[:1])[-1].official_title
        return names

    def above(self, agency: int, day: date) -> Iterator[int]:
        """The agencies above it on that day, nearest first."""
        seen = {agency}
        here = self.on(agency, day)
        while here is not None and here.parent is not None and here.parent not in seen:
            seen.add(here.parent)
            yield here.parent
            here = self.on(here.parent, day)

    def reach(self, agency: int, day: date) -> frozenset[int]:
        """The agency itself and all agencies below it on that day."""
        found, waiting = {agency}, [agency]
        while waiting:
            for period in self.below.get(waiting.pop(), ()):
                if period.agency not in found and period.holds_on(day):
                    found.add(period.agency)
                    waiting.append(period.agency)
        return frozenset(found)

    def followers(self, day: date) -> Mapping[int, frozenset[int]]:
        """Every agency that has ended by that day, with who follows it and lives that day; possibly nobody."""
        if day not in self._followers:
            if len(self._followers) >= DAYS_HELD:
                self._followers.clear()
            alive = {agency for agency in self.periods if self.on(agency, day)}
            ended = [
                agency
                for agency, periods in self.periods.items()
                if agency not in alive and any(p.until and p.until <= day for p in periods)
            ]
            self._followers[day] = {agency: self._heirs(agency, day, alive) for agency in ended}
        return self._followers[day]

    def inherited(self, here: frozenset[int], day: date) -> frozenset[int]:
        """The agencies that ended and whom these, and nobody else, follow that day."""
        followers = self.followers(day)
        if day not in self._before:
            if len(self._before) >= DAYS_HELD:
                self._before.clear()
            before: dict[int, tuple[int, ...]] = defaultdict(tuple)
            for ended, now in followers.items():
                for follower in now:
                    before[follower] += (ended,)
            self._before[day] = dict(before)
        known = self._before[day]
        near = {ended for agency in here for ended in known.get(agency, ())}
        return frozenset(ended for ended in near if followers[ended] <= here)

    def fields_over(self, place: str, day: date) -> Held:
        """Who holds which field over the place of that key on that day; asked once of the edition."""
        if (place, day) not in self._fields:
            if len(self._fields) >= DAYS_HELD:
                self._fields.clear()
            rows = Competence.objects.on(day).filter(place__key=place).order_by("pk")
            held: Held = defaultdict(tuple)
            for agency, code, level in rows.values_list("agency", "field__code", "level"):
                held[agency] += ((code, level),)
            self._fields[place, day] = dict(held)
        return self._fields[place, day]

    def heir(self, agency: int, day: date) -> int:
        """Who goes on with what the agency had in hand; itself while it lives, or where nobody does.

        Its sole follower. Where several follow, whom the reform gave the rest of its work.
        """
        followers = self.followers(day)
        seen: set[int] = set()
        while agency in followers and agency not in seen:
            seen.add(agency)
            if len(followers[agency]) == 1:
                return next(iter(followers[agency]))
            receiver, since = self.rest.get(agency, (agency, day))
            if since <= day:
                agency = receiver
        return agency

    def _heirs(self, ended: int, day: date, alive: set[int]) -> frozenset[int]:
        seen, waiting = {ended}, [ended]
        while waiting:
            for successor, since in self.after.get(waiting.pop(), ()):
                if since <= day and successor not in seen:
                    seen.add(successor)
                    if successor not in alive:
                        waiting.append(successor)
        return frozenset(seen & alive)


def _load() -> KeptAgencies:
    rows = AgencyPeriod.objects.order_by("agency", F("since").asc(nulls_first=True))
    periods: dict[int, list[KeptPeriod]] = defaultdict(list)
    below: dict[int, list[KeptPeriod]] = defaultdict(list)
    keys = {}
    columns = ("agency", "parent", "agency__kind", "name", "name_en", "since", "until")
    for key, *facts in rows.values_list("agency__key", *columns):
        period = KeptPeriod(*facts)
        keys[key] = period.agency
        periods[period.agency].append(period)
        if period.parent is not None:
            below[period.parent].append(period)
    after: dict[int, list[tuple[int, date]]] = defaultdict(list)
    followed = Succession.objects.exclude(successor=None)
    for predecessor, successor, on in followed.values_list("predecessor", "successor", "on"):
        after[predecessor].append((successor, on))
    carried_out = ReformCarriedOut.objects.order_by("reform__on", "pk")
    rest = {
        predecessor: (successor, on)
        for transfers, on in carried_out.values_list("transfers", "reform__on")
        for predecessor, successor, field_code in transfers
        if not field_code
    }
    return KeptAgencies(
        {agency: tuple(of_it) for agency, of_it in periods.items()},
        {agency: tuple(under) for agency, under in below.items()},
        keys,
        {agency: tuple(of_it) for agency, of_it in after.items()},
        rest,
    )


AGENCIES = Kept("agencies", _load)
"""The book of agencies of the edition that holds."""
