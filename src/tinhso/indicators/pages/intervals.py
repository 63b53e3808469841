"""The days that a page looks at (kỳ số liệu): a month, a quarter, a year, or from one day to another."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from tinhso.indicators.errors import PeriodUnreadable
from tinhso.kernel.days import (
    FIRST_YEAR,
    LAST_YEAR,
    DayUnreadable,
    days_in,
    read_day,
    unreadable,
)
from tinhso.ui import formatting

if TYPE_CHECKING:
    from collections.abc import Mapping

MONTHS, QUARTERS, YEARS = 13, 5, 3
"""How many of each the selector offers; any other is asked for by its days."""
_ROMAN = ("I", "II", "III", "IV")
_WRITTEN = re.compile(r"(\d{4})(?:-(?:Q([1-4])|(0[1-9]|1[0-2])))?")
LONGEST = 40


@dataclass(frozen=True)
class Interval:
    """From one day to another, both included; `code` is how an address writes it."""

    first: date
    last: date

    @property
    def code(self) -> str:
        """`2026-11`, `2026-Q4`, `2026`; empty for any other two days."""
        if self.first.day != 1 or (self.last + timedelta(days=1)).day != 1:
            return ""
        months = (self.last.year - self.first.year) * 12 + self.last.month - self.first.month + 1
        if months == 1:
            return f"{self.first:%Y-%m}"
        if months == len(_ROMAN) - 1 and self.first.month % 3 == 1:
            return f"{self.first.year:04d}-Q{self.last.month // 3}"
        return f"{self.first.year:04d}" if months == 12 and self.first.month == 1 else ""  # noqa: PLR2004

    @property
    def key(self) -> str:
        """How an address names it, whatever days it has: `2026-11`, `2026-10-21_2026-11-20`."""
        return self.code or f"{self.first.isoformat()}_{self.last.isoformat()}"

    @property
    def query(self) -> dict[str, str]:
        """The interval as parameters of an address."""
        if self.code:
            return {"ky": self.code}
        return {"tu": self.first.isoformat(), "den": self.last.isoformat()}

    @property
    def name(self) -> str:
        """`Tháng 9/2023`, `Quý III/2023`, `Năm 2023`, or the two days."""
        match self.code.partition("-"):
            case ("", _dash, _part):
                ends = {"first": formatting.day(self.first), "last": formatting.day(self.last)}
                return _("Từ %(first)s đến %(last)s") % ends
            case (year, "", _part):
                return _("Năm %(year)s") % {"year": year}
            case (year, _dash, part) if part.startswith("Q"):
                return _("Quý %(quarter)s/%(year)s") % {
                    "quarter": _ROMAN[int(part[1]) - 1],
                    "year": year,
                }
            case (year, _dash, part):
                return formatting.month(int(year), int(part)).capitalize()

    @property
    def before(self) -> Interval:
        """The interval of the same length right before it: month before month, year before year."""
        if not self.code:
            length = self.last - self.first
            return Interval(self.first - length - timedelta(days=1), self.first - timedelta(days=1))
        last = self.first - timedelta(days=1)
        months = (self.last.year - self.first.year) * 12 + self.last.month - self.first.month
        return Interval(_month(last, -months), last)

    @property
    def year_of_months(self) -> Interval:
        """The twelve months that end with the month of its last day."""
        return Interval(_month(self.last, -11), _end(self.last))


def written(code: str) -> Interval | None:
    """The interval that an address writes so; None when it is none."""
    found = _WRITTEN.fullmatch(code.strip())
    if found is None or not FIRST_YEAR <= int(found[1]) <= LAST_YEAR:
        return None
    year, quarter, month = int(found[1]), found[2], found[3]
    if quarter:
        return Interval(date(year, int(quarter) * 3 - 2, 1), _end(date(year, int(quarter) * 3, 1)))
    if month:
        return Interval(date(year, int(month), 1), _end(date(year, int(month), 1)))
    return Interval(date(year, 1, 1), date(year, 12, 31))


def keyed(key: str) -> Interval | None:
    """The interval of that key; None when it is none."""
    first, _underscore, last = key.partition("_")
    days = read_day(first), read_day(last)
    if days[0] and days[1] and days[0] <= days[1]:
        return Interval(days[0], days[1])
    return written(key)


def named(key: str) -> Interval:
    """The same of an address or a command, which must name one. Raises `PeriodUnreadable`."""
    found = keyed(key)
    if found is None:
        raise PeriodUnreadable(period=key[:LONGEST])
    return found


def asked(query: Mapping[str, str], today: date) -> Interval:
    """What the address asks for: two days, else a written interval; the month of today where it asks for none.

    Raises `DayUnreadable`.
    """
    first, last = days_in(query)
    if first and last:
        return Interval(*sorted((first, last)))
    if first or last:
        missing = "den" if first else "tu"
        typed = {name: query.get(name, "") for name in ("tu", "den")}
        raise DayUnreadable({missing: [_("Nhập cả ngày đầu và ngày cuối.")]}, typed)
    code = query.get("ky", "").strip()
    found = written(code) if code else month_of(today)
    if found is None:
        raise unreadable("ky", code)
    return found


def month_of(day: date) -> Interval:
    """The month in which a day lies."""
    return Interval(day.replace(day=1), _end(day))


def offered(today: date) -> list[tuple[str, list[Interval]]]:
    """What the selector offers, the newest first, under the name of its kind."""
    quarter = today.replace(month=(today.month - 1) // 3 * 3 + 1, day=1)
    return [
        (_("Tháng"), [month_of(_month(today, -back)) for back in range(MONTHS)]),
        (
            _("Quý"),
            [
                Interval(begin, _end(_month(begin, 2)))
                for begin in (_month(quarter, -3 * back) for back in range(QUARTERS))
            ],
        ),
        (
            _("Năm"),
            [
                Interval(date(today.year - back, 1, 1), date(today.year - back, 12, 31))
                for back in range(YEARS)
            ],
        ),
    ]


def _month(day: date, by: int) -> date:
    """The first day of the month so many months on."""
    months = day.year * 12 + day.month - 1 + by
    return date(months // 12, months % 12 + 1, 1)


def _end(day: date) -> date:
    """The last day of the month."""
    return _month(day, 1) - timedelta(days=1)
