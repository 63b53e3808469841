"""Periods of a report regime (kỳ báo cáo) and the days that their figures cover. Pure.

NĐ 09/2019/NĐ-CP Điều 8 lets each regime set its own data cut-off (thời gian chốt số liệu): a month may run from the
15th of the month before to the 14th. The periods of one regime follow each other without gap.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from django.utils.translation import gettext as _

from tinhso.ui import formatting

MONTHS_IN_A_YEAR = 12
LATEST_FIRST_DAY = 28


class Frequency(StrEnum):
    """How often a report is due (tần suất)."""

    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    HALF_YEARLY = "half_yearly"
    YEARLY = "yearly"

    @property
    def months(self) -> int:
        """How many months a period has."""
        return {"monthly": 1, "quarterly": 3, "half_yearly": 6, "yearly": 12}[self.value]

    @property
    def mark(self) -> str:
        """The letter before a period's number in its code; none where it is a month or the whole year."""
        return {"quarterly": "Q", "half_yearly": "H"}.get(self.value, "")


@dataclass(frozen=True, order=True)
class Period:
    """One period: the year, its number within it from 1, and the first and last official day that its figures cover."""

    year: int
    number: int
    frequency: Frequency
    first: date
    last: date

    @property
    def code(self) -> str:
        """As addresses and rows name it: `2026-10`, `2026-Q3`, `2026-H1`, `2026`."""
        if self.frequency is Frequency.YEARLY:
            return f"{self.year:04d}"
        if self.frequency is Frequency.MONTHLY:
            return f"{self.year:04d}-{self.number:02d}"
        return f"{self.year:04d}-{self.frequency.mark}{self.number}"

    @property
    def title(self) -> str:
        """As people say it, in the language of the page: `tháng 10/2026`, `quý III/2026`."""
        given = {"number": self.number, "year": self.year}
        match self.frequency:
            case Frequency.MONTHLY:
                return formatting.month(self.year, self.number)
            case Frequency.QUARTERLY:
                return _("quý %(number)s/%(year)s") % {**given, "number": ROMAN[self.number]}
            case Frequency.HALF_YEARLY:
                half = (
                    _("6 tháng đầu năm %(year)s")
                    if self.number == 1
                    else _("6 tháng cuối năm %(year)s")
                )
                return half % given
            case _:
                return _("năm %(year)s") % given


ROMAN = {1: "I", 2: "II", 3: "III", 4: "IV"}
_CODE = re.compile(r"(\d{4})(?:-([QH]?)(\d{1,2}))?")


def period(frequency: Frequency, first_day: int, year: int, number: int) -> Period:
    """The period of that number in that year.

    With a `first_day` after the 1st its figures begin on that day of the month before and end the day before it.
    """
    if not 1 <= number <= MONTHS_IN_A_YEAR // frequency.months:
        raise ValueError(f"a year has no {frequency.value} period {number}")
    begins = date(year, (number - 1) * frequency.months + 1, 1)
    ends_in = begins.replace(month=number * frequency.months)
    if first_day == 1:
        last = ends_in.replace(day=monthrange(ends_in.year, ends_in.month)[1])
        return Period(year, number, frequency, begins, last)
    first = (begins - timedelta(days=1)).replace(day=first_day)
    return Period(year, number, frequency, first, ends_in.replace(day=first_day - 1))


def next_after(before: Period) -> Period:
    """The period that follows."""
    first_day = before.first.day
    if before.number < MONTHS_IN_A_YEAR // before.frequency.months:
        return period(before.frequency, first_day, before.year, before.number + 1)
    return period(before.frequency, first_day, before.year + 1, 1)


def period_on(frequency: Frequency, first_day: int, day: date) -> Period:
    """The period whose figures cover that day."""
    number = (day.month - 1) // frequency.months + 1
    found = period(frequency, first_day, day.year, number)
    return found if day <= found.last else next_after(found)


def last_ended(frequency: Frequency, first_day: int, day: date) -> Period:
    """The latest period all of whose days lie before that day."""
    now = period_on(frequency, first_day, day)
    return period_on(frequency, first_day, now.first - timedelta(days=1))


def named(frequency: Frequency, first_day: int, code: str) -> Period | None:
    """The period of that code; None for a code of another frequency or of no period at all."""
    found = _CODE.fullmatch(code)
    if found is None:
        return None
    year, number = int(found[1]), int(found[3] or 1)
    try:
        made = period(frequency, first_day, year, number)
    except ValueError:
        return None
    return made if made.code == code else None
