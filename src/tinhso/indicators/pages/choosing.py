"""What the address of a board or of a figure chooses: days, agencies as they were or are, the leading indicator."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from tinhso.calendars.clock import day_of
from tinhso.indicators.cutting import Agencies, Cut, month_end
from tinhso.indicators.pages import intervals

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from tinhso.indicators.pages.intervals import Interval
    from tinhso.kernel.requests import ActedRequest

THEN, NOW = "luc-do", "hien-nay"
"""As was, or restated: the words of the page of reforms."""
TILES = "o"
"""A map of tiles is wanted also where outlines were loaded."""
LONGEST = 100


@dataclass(frozen=True)
class Chosen:
    """The days, whether under the agencies of today, the indicator in front, today, and the kind of map."""

    interval: Interval
    today: date
    is_restated: bool = False
    lead: str = ""
    has_tiles: bool = False

    @property
    def day(self) -> date:
        """The day whose names and units are shown: the last of the interval; today where agencies are those of now."""
        return self.today if self.is_restated else self.last

    @property
    def last(self) -> date:
        """The last day of the interval, as far as it has come."""
        return max(min(self.interval.last, self.today), self.interval.first)

    @property
    def as_of(self) -> date | None:
        """Today, while the interval is not over: its figures are told as of this day."""
        return self.today if self.today <= self.interval.last else None

    @property
    def is_offered(self) -> bool:
        """Whether the selector has these days."""
        return any(self.interval in each for _kind, each in intervals.offered(self.today))

    @property
    def typed_first(self) -> str:
        """The first day as its field has it, where the days are no period of the selector."""
        return "" if self.interval.code else self.interval.first.isoformat()

    @property
    def typed_last(self) -> str:
        """The last day, likewise."""
        return "" if self.interval.code else self.interval.last.isoformat()

    @property
    def agencies(self) -> str:
        """As the cut has it."""
        return Agencies.RESTATED if self.is_restated else Agencies.AS_WAS

    def cut(self, by: str | None = None, within: frozenset[int] | None = None) -> Cut:
        """The figure's cut for all of these days, as the api cuts it; the question knows what is read today."""
        return Cut(self.interval.first, self.interval.last, self.agencies, by, within)

    def months(self, within: frozenset[int] | None = None) -> Cut:
        """The twelve months that end with these days, none after the month of today."""
        year = self.interval.year_of_months
        last = max(min(year.last, month_end(self.today)), year.first)
        return Cut(year.first, last, self.agencies, "month", within)

    @property
    def query(self) -> dict[str, str]:
        """The choice as parameters of an address."""
        found = dict(self.interval.query)
        if self.is_restated:
            found["theo"] = NOW
        if self.lead:
            found["chi_tieu"] = self.lead
        if self.has_tiles:
            found["ban_do"] = TILES
        return found

    def on(self, address: str, **more: str) -> str:
        """The address with the same choice, and more."""
        return f"{address}?{urlencode({**self.query, **more})}"


def chosen_in(request: ActedRequest) -> Chosen:
    """What the address chooses; what cannot be read chooses nothing."""
    return choice(request.GET, day_of(request.at))


def choice(query: Mapping[str, str], today: date) -> Chosen:
    """The same from parameters at hand."""
    return Chosen(
        interval=intervals.asked(query, today),
        today=today,
        is_restated=query.get("theo") == NOW,
        lead=query.get("chi_tieu", "")[:LONGEST],
        has_tiles=query.get("ban_do") == TILES,
    )
