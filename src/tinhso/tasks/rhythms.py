"""How often a recurring task falls due (nhiệm vụ định kỳ), and by which day of each period. Pure.

The words of the notice say it: "thứ Hai hằng tuần", "định kỳ hằng tháng", "trước ngày 25 hằng tháng", "hằng quý". Words
that name neither week, month, quarter nor year ("thường xuyên", "hằng ngày") order standing work that has no periods.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from tinhso.indicators.reports import periods
from tinhso.indicators.reports.periods import Frequency, Period
from tinhso.kernel.folding import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST = 24
"""So many periods are opened at once at most, after a long stop."""


class Rhythm(StrEnum):
    """How often (nhịp): every week, or every period of a report."""

    WEEKLY = "weekly"
    MONTHLY = Frequency.MONTHLY.value
    QUARTERLY = Frequency.QUARTERLY.value
    HALF_YEARLY = Frequency.HALF_YEARLY.value
    YEARLY = Frequency.YEARLY.value


@dataclass(frozen=True)
class Week:
    """A week from Monday to Sunday, numbered as ISO 8601 does."""

    first: date

    @property
    def last(self) -> date:
        """Its Sunday."""
        return self.first + timedelta(days=6)

    @property
    def code(self) -> str:
        """As rows name it: `2025-W32`."""
        return f"{self.first:%G-W%V}"

    @property
    def title(self) -> str:
        """As people say it, with its days."""
        days = f"{self.first:%d/%m}-{self.last:%d/%m}"
        return _("tuần %(days)s/%(year)s") % {"days": days, "year": self.last.year}


_SAID = (
    (re.compile(r"\b(?:hang|moi|ky) tuan\b|\btuan (?:mot|1) lan\b"), Rhythm.WEEKLY),
    (re.compile(r"\b(?:6|06|sau) thang\b"), Rhythm.HALF_YEARLY),
    (re.compile(r"\bthang\b"), Rhythm.MONTHLY),
    (re.compile(r"\bquy\b"), Rhythm.QUARTERLY),
    (re.compile(r"\bnam\b"), Rhythm.YEARLY),
)
_DAY = re.compile(r"\bngay\s+(?:mung\s+)?(\d{1,2})\b")
_WEEKDAY = re.compile(r"\bthu (hai|ba|tu|nam|sau|bay|[2-7])\b|\b(chu nhat)\b")
_WEEKDAYS = ("hai", "ba", "tu", "nam", "sau", "bay", "chu nhat")
_WEEK_CODE = re.compile(r"\d{4}-W\d{2}")


def rhythm_of(words: str) -> Rhythm | None:
    """How often the words say; None where they name no week, month, quarter or year."""
    said = " ".join(fold(words).split())
    return next((each for pattern, each in _SAID if pattern.search(said)), None)


def due_in(period: Period | Week, words: str) -> date:
    """The last day, or the one that the words name: of the week, or of the period's last month.

    The 31st of a short month is its end.
    """
    said = " ".join(fold(words).split())
    if isinstance(period, Week):
        weekday = _WEEKDAY.search(said)
        return period.first + timedelta(days=_number(weekday)) if weekday else period.last
    found = _DAY.search(said)
    if found is None or int(found[1]) == 0:
        return period.last
    last = monthrange(period.last.year, period.last.month)[1]
    return period.last.replace(day=min(int(found[1]), last))


def _number(weekday: re.Match[str]) -> int:
    """0 for Monday ("thứ Hai", "thứ 2")."""
    name = weekday[1] or weekday[2]
    return int(name) - 2 if name.isdigit() else _WEEKDAYS.index(name)


def period_on(rhythm: Rhythm, day: date) -> Period | Week:
    """The period of that rhythm that holds the day."""
    if rhythm is Rhythm.WEEKLY:
        return Week(day - timedelta(days=day.weekday()))
    return periods.period_on(Frequency(rhythm.value), 1, day)


def next_after(period: Period | Week) -> Period | Week:
    """The period that follows."""
    if isinstance(period, Week):
        return Week(period.first + timedelta(days=7))
    return periods.next_after(period)


def named(rhythm: Rhythm, code: str) -> Period | Week | None:
    """The period of that code; None for a code of another rhythm."""
    if rhythm is not Rhythm.WEEKLY:
        return periods.named(Frequency(rhythm.value), 1, code)
    year, week = code[:4], code[6:]
    is_week = _WEEK_CODE.fullmatch(code) is not None
    return Week(date.fromisocalendar(int(year), int(week), 1)) if is_week else None


def periods_to_open(
    words: str, *, since: date, newest: date | None, today: date
) -> Iterator[Period | Week]:
    """The periods that began by today and were not opened: after the first day of the `newest`, else from `since` on.

    Where the day of the period in which the task was given had passed already, its first period is the next one.
    """
    rhythm = rhythm_of(words)
    if rhythm is None:
        return
    if newest is not None:
        period = next_after(period_on(rhythm, newest))
    else:
        period = period_on(rhythm, since)
        if due_in(period, words) < since:
            period = next_after(period)
    for _each in range(MOST):
        if period.first > today:
            return
        yield period
        period = next_after(period)


def title_of(code: str, words: str) -> str:
    """The period as people say it ("tháng 8/2025"); the code itself where the words no longer say how often."""
    rhythm = rhythm_of(words)
    found = named(rhythm, code) if rhythm else None
    return found.title if found else code
