"""How a figure is cut (lát cắt): the interval, the agencies as they were or as they are, and what it is divided by."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from tinhso.indicators.errors import IntervalReversed, IntervalTooLong

if TYPE_CHECKING:
    from collections.abc import Iterator

AGENCY, COMMUNE, MONTH, PROCEDURE = "agency", "commune", "month", "procedure"
UNALLOCATED = "unallocated"
"""The group of what nothing allots (chưa phân bổ) when a divided agency's records are restated."""
UNKNOWN = "unknown"
"""The group of records in which the dimension is not filled in."""
DECEMBER = 12
QUARTER = 3
DAYS_IN_A_YEAR = 366
LONGEST = 15 * DAYS_IN_A_YEAR
"""Days of the longest interval: each of its months may be a question of its own."""


class Agencies(StrEnum):
    """Under which agencies records are counted."""

    AS_WAS = "as_was"
    RESTATED = "restated"


@dataclass(frozen=True)
class Cut:
    """An interval of official days, both ends included, and what the figure is divided by (None: not at all).

    `restated` counts under the agencies of the day `until`: of today (cơ quan hiện nay), once `known_on` has told it.
    `within` narrows to some agencies, by key. `as_of` is the day up to which things are known, while
    the last is not over: how things stand is told of that day, not of one to come. Raises `IntervalReversed`,
    `IntervalTooLong`.
    """

    first: date
    last: date
    agencies: str = Agencies.AS_WAS
    by: str | None = None
    within: frozenset[int] | None = None
    until: date | None = None
    as_of: date | None = None

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise IntervalReversed(first=self.first, last=self.last)
        if self.days > LONGEST:
            raise IntervalTooLong(years=LONGEST // DAYS_IN_A_YEAR)

    def known_on(self, today: date) -> Cut:
        """The same interval as it can be known on a day; restated, it stands under the agencies of that day."""
        until = self.until or (today if self.is_restated else None)
        return replace(self, as_of=today if today <= self.last else None, until=until)

    @property
    def is_restated(self) -> bool:
        """Whether records are counted under the agencies of another day than their own."""
        return self.agencies == Agencies.RESTATED

    @property
    def days(self) -> int:
        """How many days the interval has."""
        return (self.last - self.first).days + 1

    @property
    def standing_on(self) -> date:
        """Under whose agencies restated figures stand: those of today, else of the last day."""
        return self.until or self.last

    def months(self) -> Iterator[tuple[str, Cut]]:
        """The calendar months that the interval meets, each cut to it, under the name of its group."""
        begin = self.first
        while begin <= self.last:
            end = min(month_end(begin), self.last)
            month = replace(self, first=begin, last=end, by=None, until=self.standing_on)
            yield month_of(begin), month.known_on(self.as_of) if self.as_of else month
            begin = end + timedelta(days=1)


def month_of(day: date) -> str:
    """The group of a month: `2026-09`."""
    return f"{day.year:04d}-{day.month:02d}"


def month_end(day: date) -> date:
    """The last day of the day's month."""
    return day.replace(day=monthrange(day.year, day.month)[1])


def month(year: int, number: int, **cut: object) -> Cut:
    """A calendar month."""
    begin = date(year, number, 1)
    return Cut(begin, month_end(begin), **cut)  # type: ignore[arg-type]


def quarter(year: int, number: int, **cut: object) -> Cut:
    """A quarter of the year, 1 to 4."""
    begin = date(year, QUARTER * number - 2, 1)
    return Cut(begin, month_end(date(year, QUARTER * number, 1)), **cut)  # type: ignore[arg-type]


def year(number: int, **cut: object) -> Cut:
    """A calendar year."""
    return Cut(date(number, 1, 1), date(number, DECEMBER, 31), **cut)  # type: ignore[arg-type]


def cut_off(year_: int, number: int, first_day: int, **cut: object) -> Cut:
    """The month of a regime with its own cut-off: from `first_day` of the month before to the day before it."""
    if first_day == 1:
        return month(year_, number, **cut)
    before = date(year_, number, 1) - timedelta(days=1)
    begin = before.replace(day=min(first_day, before.day))
    end = date(year_, number, first_day) - timedelta(days=1)
    return Cut(begin, end, **cut)  # type: ignore[arg-type]
