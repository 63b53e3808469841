"""In which commune a dossier belongs (xã, phường của hồ sơ): the unit of its own day, not the one of today.

A person's address names the commune that they live in now; a dossier of years ago belongs to the unit that stood there
then. Where that cannot be said because units were united or divided since, the commune that received it counts.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from tinhso.agencies.models import AgencyKind, AgencyPeriod, Succession

if TYPE_CHECKING:
    from datetime import date

Unit = tuple[int | None, str | None]
"""An agency (its key) and the code of its unit on the day."""
NOWHERE: Unit = (None, None)


class Communes:
    """The communes of all days and who followed whom, read once; remembered for many dossiers of few days."""

    def __init__(self) -> None:
        self._lives: dict[int, list[AgencyPeriod]] = defaultdict(list)
        for period in AgencyPeriod.objects.filter(agency__kind=AgencyKind.COMMUNE):
            self._lives[period.agency_id].append(period)
        self._after: dict[int, list[tuple[date, int]]] = defaultdict(list)
        self._before: dict[int, list[tuple[date, int]]] = defaultdict(list)
        both = Succession.objects.filter(predecessor__in=self._lives, successor__in=self._lives)
        for one, other, on in both.values_list("predecessor", "successor", "on"):
            self._after[one].append((on, other))
            self._before[other].append((on, one))
        self._known: dict[tuple[int, date], Unit] = {}

    def on(self, day: date | None, *agencies: int | None) -> Unit:
        """The first of these communes that can be said of the day, as it was then."""
        if day is None:
            return NOWHERE
        for agency in agencies:
            if agency is not None and (found := self._unit(agency, day)) != NOWHERE:
                return found
        return NOWHERE

    def _unit(self, agency: int, day: date) -> Unit:
        if (agency, day) not in self._known:
            self._known[agency, day] = self._found(agency, day)
        return self._known[agency, day]

    def _found(self, agency: int, day: date) -> Unit:
        for period in self._lives.get(agency, ()):
            if period.holds_on(day):
                return agency, period.unit_code or period.agency_code or None
        followers = {other for on, other in self._after[agency] if on <= day}
        forerunners = {one for on, one in self._before[agency] if on > day}
        alone = followers or forerunners
        return self._unit(alone.pop(), day) if len(alone) == 1 else NOWHERE
