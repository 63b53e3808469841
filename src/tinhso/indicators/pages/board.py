"""The board (bảng chỉ đạo, điều hành) put together: exceptions, tiles, agencies worst first, months, communes.

All tiles are one question to the warehouse for each cut: the days, the agencies, the months, the communes.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from hashlib import sha256
from typing import TYPE_CHECKING

from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from tinhso.indicators import attention
from tinhso.indicators import queries as figures
from tinhso.indicators.cutting import AGENCY, COMMUNE, MONTH
from tinhso.indicators.definitions import Direction, Status
from tinhso.indicators.pages import comparing, mapping, tiles
from tinhso.warehouse.errors import NotYetBuilt
from tinhso.warehouse.reading import Lake

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from tinhso.indicators.definitions import Indicator
    from tinhso.indicators.models import Target
    from tinhso.indicators.observing import Observation
    from tinhso.indicators.pages.choosing import Chosen
    from tinhso.indicators.pages.comparing import Line
    from tinhso.indicators.pages.mapping import CommuneMap
    from tinhso.indicators.pages.places import Place
    from tinhso.indicators.pages.tiles import Tile
    from tinhso.kernel.actors import Actor

WORST = 10
"""Agencies that the board shows; the indicator's page has all."""
DIGITS = 12
"""Of the digest of the definitions in a mark."""


@dataclass
class Board:
    """Everything that a board shows, worked out as it is asked for; one state of the warehouse for all of it."""

    chosen: Chosen
    place: Place
    actor: Actor
    at: datetime
    lake: Lake = field(default_factory=Lake)

    @cached_property
    def indicators(self) -> list[Indicator]:
        """The indicators of the board in their order; an estimate of our own is never among them."""
        known = figures.catalogue(self.actor, self.at)
        chosen = [each for each in known if each.board and each.status is not Status.ESTIMATE]
        return sorted(chosen, key=lambda each: (each.board, each.code))

    @cached_property
    def lead(self) -> Indicator | None:
        """The indicator by which agencies, months and communes are shown: the one asked for, else the first ratio."""
        known = [each for each in self.indicators if each.status is Status.COMPUTED]
        asked = [each for each in known if each.code == self.chosen.lead]
        ratios = [each for each in known if each.is_ratio]
        return next(iter([*asked, *ratios, *known]), None)

    @cached_property
    def leads(self) -> list[Indicator]:
        """The indicators that can be put in front."""
        return [each for each in self.indicators if each.status is Status.COMPUTED]

    @cached_property
    def targets(self) -> dict[str, list[Target]]:
        """The targets of all indicators of the board in these days, by indicator."""
        codes = [each.code for each in self.indicators]
        found: dict[str, list[Target]] = {}
        cut = self.chosen.cut()
        for target in figures.targets_for(codes, cut, actor=self.actor, at=self.at):
            found.setdefault(target.indicator, []).append(target)
        return found

    def targets_of(self, indicator: Indicator, agency: int | None) -> list[Target]:
        """What the agency must reach: its own targets, else those of the province."""
        return comparing.targets_of(self.targets.get(indicator.code, []), agency)

    @cached_property
    def tiles(self) -> list[Tile]:
        """One tile an indicator."""
        cut = self.chosen.cut(within=self.place.within)
        found, failed = tiles.observed(
            self.indicators, cut, actor=self.actor, at=self.at, lake=self.lake
        )
        return [
            tiles.tile(
                each,
                next(iter(found.get(each.code, ())), None),
                self.targets_of(each, self.place.agency),
                self.chosen,
                self.place,
                has_failed=each.code in failed,
            )
            for each in self.indicators
        ]

    @cached_property
    def missed(self) -> list[Tile]:
        """The tiles whose figure misses its target, the worst state first."""
        wanting = [
            tile for tile in self.tiles if tile.standing and tile.standing.state in {"late", "near"}
        ]
        return sorted(
            wanting, key=lambda tile: tile.standing is None or tile.standing.state != "late"
        )

    @cached_property
    def matters(self) -> list[attention.Matter]:
        """What the apps above say waits for a word now; nothing on the board of days past."""
        if self.chosen.last < self.chosen.today:
            return []
        return attention.matters(attention.Question(self.actor, self.at, self.place.within))

    def _groups(self, by: str) -> list[Observation]:
        """The lead by group; nothing where it is not counted so, or cannot be worked out just now."""
        if self.lead is None or by not in self.lead.by:
            return []
        found, _failed = tiles.observed(
            [self.lead],
            self.chosen.cut(by, self.place.within),
            actor=self.actor,
            at=self.at,
            lake=self.lake,
        )
        return found.get(self.lead.code, [])

    @cached_property
    def agencies(self) -> list[Line]:
        """Every agency of the place by the lead, worst first."""
        lead = self.lead
        if lead is None:
            return []
        return comparing.by_agency(
            lead, self._groups(AGENCY), self.targets.get(lead.code, []), self.chosen, self.place
        )

    @property
    def worst(self) -> list[Line]:
        """As many as the board has room for."""
        return self.agencies[:WORST]

    @cached_property
    def trend(self) -> comparing.Drawn | None:
        """The lead in the twelve months that end with these days."""
        lead = self.lead
        if lead is None or MONTH not in lead.by:
            return None
        cut = self.chosen.months(self.place.within)
        found, _failed = tiles.observed([lead], cut, actor=self.actor, at=self.at, lake=self.lake)
        return comparing.trend(
            lead, found.get(lead.code, []), self.targets_of(lead, self.place.agency), self.chosen
        )

    @cached_property
    def map(self) -> CommuneMap | None:
        """The communes by the lead; none on the board of one commune."""
        lead = self.lead
        if lead is None or self.place.unit_code or COMMUNE not in lead.by:
            return None
        return mapping.commune_map(lead, self._groups(COMMUNE), self.chosen, self.place)


def worse_first(indicator: Indicator) -> str:
    """In words, how the agencies are put in order."""
    if indicator.direction is Direction.LOWER:
        return _("Cao nhất lên trước.")
    if indicator.direction is Direction.HIGHER:
        return _("Thấp nhất lên trước.")
    return _("Nhiều nhất lên trước.")


def mark_of(indicators: Sequence[Indicator], lake: Lake) -> str:
    """A mark that changes when a figure of the board could: with a snapshot or a definition."""
    facts = sorted({each.fact for each in indicators if each.fact})
    definitions = sorted(f"{each.code} {each.version}" for each in indicators)
    digest = sha256("\n".join(definitions).encode()).hexdigest()[:DIGITS]
    return "-".join([*(_state_of(fact, lake) for fact in facts), digest])


def _state_of(fact: str, lake: Lake) -> str:
    """The snapshot of a table; `0` before there is one: the other tables have their figures all the same."""
    try:
        return f"{lake.snapshot(fact).uuid}"
    except NotYetBuilt:
        return "0"
