"""Due dates (ngày hẹn trả) that explain themselves line by line. Pure.

Sources: Civil Code (Bộ luật Dân sự 2015) Điều 147: a term in hours runs from its instant, otherwise
the first day is not counted; Điều 148: a term in months ends on the same day of the last month, or
on that month's last day, and a last day of rest or holiday rolls on to the next working day. An
office answers within its hours, so that a dossier is due when work ends on the last day.
"""

from __future__ import annotations

import calendar as months_of_the_year
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from tinhso.calendars.clock import day_of, instant, local

if TYPE_CHECKING:
    from tinhso.calendars.working_time import WorkingCalendar

LONGEST = 3660
_NOT_COUNTED = "không tính, "
MINUTES_IN_AN_HOUR = 60
MONTHS_IN_A_YEAR = 12


class Unit(StrEnum):
    """In what a term is counted (đơn vị tính thời hạn)."""

    WORKING_DAYS = "working_days"
    CALENDAR_DAYS = "calendar_days"
    WORKING_HOURS = "working_hours"
    MONTHS = "months"


UNIT_NAMES = {
    Unit.WORKING_DAYS: gettext_lazy("ngày làm việc"),
    Unit.CALENDAR_DAYS: gettext_lazy("ngày"),
    Unit.WORKING_HOURS: gettext_lazy("giờ làm việc"),
    Unit.MONTHS: gettext_lazy("tháng"),
}


@dataclass(frozen=True)
class Term:
    """How long a procedure takes (thời hạn giải quyết).

    With `same_day_cutoff` the result is due within the working day of receipt (trong ngày), or
    within the next working day when received after that time; the amount is then one working day.
    """

    amount: int
    unit: Unit
    same_day_cutoff: time | None = None

    def __post_init__(self) -> None:
        if not 1 <= self.amount <= LONGEST:
            raise ValueError("a term counts from 1 to 3660 units")
        if self.same_day_cutoff and (self.unit != Unit.WORKING_DAYS or self.amount != 1):
            raise ValueError("only a term of one working day can be a same-day term")

    def __str__(self) -> str:
        if self.same_day_cutoff:
            limit = f"{self.same_day_cutoff:%H:%M}"
            return _("trong ngày làm việc (nhận trước %(limit)s)") % {"limit": limit}
        n = self.amount
        said = {
            Unit.WORKING_DAYS: ngettext("%(n)s ngày làm việc", "%(n)s ngày làm việc", n),
            Unit.CALENDAR_DAYS: ngettext("%(n)s ngày", "%(n)s ngày", n),
            Unit.WORKING_HOURS: ngettext("%(n)s giờ làm việc", "%(n)s giờ làm việc", n),
            Unit.MONTHS: ngettext("%(n)s tháng", "%(n)s tháng", n),
        }
        return said[self.unit] % {"n": n}


class DueLine(NamedTuple):
    """One line of the explanation: the day, its Vietnamese name, whether it counted, and why."""

    day: date
    label: str
    is_counted: bool
    reason: str

    def __str__(self) -> str:
        return f"{self.label}: {self.reason}"


@dataclass(frozen=True)
class Due:
    """When a dossier is due (hạn trả), under which calendar version, and how that came about."""

    at: datetime
    lines: tuple[DueLine, ...]
    calendar_version: str


def due(calendar: WorkingCalendar, received_at: datetime, term: Term) -> Due:
    """The due date of a term that begins with the receipt.

    Raises `NoWorkingTime` on a calendar without any.
    """
    day = day_of(received_at)
    if term.same_day_cutoff:
        return _same_day(calendar, received_at, day, term.same_day_cutoff)
    if term.unit == Unit.WORKING_HOURS:
        return _working_hours(calendar, received_at, day, term.amount)
    lines = [_line(calendar, day, reason="ngày nhận, không tính")]
    if term.unit == Unit.WORKING_DAYS:
        last = _count_working_days(calendar, day, term.amount, lines)
    else:
        last = _last_calendar_day(day, term)
        in_months = (
            term.unit == Unit.MONTHS
        )  # kept as it is worked out, whatever page it is done on
        name = f"ngày cuối của {term.amount} tháng" if in_months else f"ngày thứ {term.amount}"
        lines.append(_line(calendar, last, is_counted=True, reason=f"{name}, tính cả ngày nghỉ"))
        last = _roll_on(calendar, last, lines)
    return _at_closing(calendar, last, lines)


def resume(
    calendar: WorkingCalendar, due_at: datetime, paused_from: datetime, paused_until: datetime
) -> Due:
    """The due date after a pause (tạm dừng tính hạn): the old one plus the working time stopped, to the minute.

    It is not rounded to the end of a day: two pauses end to end are one, and nobody gains or loses time by them. What
    was due when work ends falls due as many minutes into the next working day as the clock stood still.
    """
    if paused_until < paused_from:
        raise ValueError("a pause ends after it began")
    stopped = calendar.working_minutes(paused_from, paused_until)
    if not stopped:
        kept = f"hạn giữ nguyên {_clock_time(due_at)}, lúc tạm dừng không phải giờ làm việc"
        return Due(
            due_at,
            (_line(calendar, day_of(due_at), is_counted=True, reason=kept),),
            calendar.version,
        )
    new = calendar.add_working_minutes(due_at, stopped)
    lines = (
        _line(calendar, day_of(due_at), reason=f"hạn cũ {_clock_time(due_at)}"),
        _line(calendar, day_of(paused_from), reason=f"tạm dừng từ {_clock_time(paused_from)}"),
        _line(
            calendar,
            day_of(paused_until),
            reason=f"tính tiếp từ {_clock_time(paused_until)}, đã dừng {duration(stopped)}",
        ),
        _line(
            calendar,
            day_of(new),
            is_counted=True,
            reason=f"hạn mới {_clock_time(new)}, bằng hạn cũ cộng thời gian làm việc đã dừng",
        ),
    )
    return Due(new, lines, calendar.version)


def duration(minutes: int) -> str:
    """Minutes as `5 giờ 30 phút`; the absolute value."""
    hours, rest = divmod(abs(minutes), MINUTES_IN_AN_HOUR)
    parts = [f"{hours} giờ"] if hours else []
    if rest or not hours:
        parts.append(f"{rest} phút")
    return " ".join(parts)


def _same_day(calendar: WorkingCalendar, received_at: datetime, day: date, cutoff: time) -> Due:
    wall = local(received_at)
    limit = f"{cutoff:%H:%M}"
    if not calendar.is_working_day(day):
        lines = [_line(calendar, day, reason=f"nhận vào ngày nghỉ ({calendar.note_on(day)})")]
    elif wall.time() > cutoff or received_at >= calendar.closing_on(day):
        lines = [
            _line(
                calendar,
                day,
                reason=f"nhận lúc {wall:%H:%M}, sau {limit}: sang ngày làm việc tiếp theo",
            )
        ]
    else:
        reason = f"nhận lúc {wall:%H:%M}, không muộn hơn {limit}: trả trong ngày"
        return _at_closing(calendar, day, [_line(calendar, day, is_counted=True, reason=reason)])
    return _at_closing(calendar, _count_working_days(calendar, day, 1, lines), lines)


def _working_hours(calendar: WorkingCalendar, received_at: datetime, day: date, amount: int) -> Due:
    """Hours run from the receipt itself (Điều 147 khoản 1)."""
    left = amount * MINUTES_IN_AN_HOUR
    at = calendar.add_working_minutes(received_at, left)
    lines: list[DueLine] = []
    begin = received_at
    while left:
        midnight = instant(day + timedelta(days=1), 0)
        counted = calendar.working_minutes(begin, min(at, midnight))
        left -= counted
        reason = (
            f"tính {duration(counted)}"
            if counted
            else _NOT_COUNTED + (calendar.note_on(day) or "hết giờ làm việc")
        )
        lines.append(_line(calendar, day, is_counted=bool(counted), reason=reason))
        begin, day = midnight, day + timedelta(days=1)
    lines.append(
        _line(calendar, day_of(at), is_counted=True, reason=f"đến hạn lúc {_clock_time(at)}")
    )
    return Due(at, tuple(lines), calendar.version)


def _count_working_days(
    calendar: WorkingCalendar, day: date, amount: int, lines: list[DueLine]
) -> date:
    """Count on from the day after `day`, a line a day, reading the arrays of the year."""
    counted = 0
    year = calendar.year(day.year)
    index = (day - year.first).days
    while counted < amount:
        index += 1
        if index == len(year.days):
            year, index = calendar.year(year.first.year + 1), 0
            calendar.add_working_days(year.first, 1)
        note = year.notes[index]
        if year.shifts[index]:
            counted += 1
            reason = f"ngày làm việc thứ {counted} ({note})" if note else _ordinal(counted)
            lines.append(DueLine(year.days[index], year.labels[index], True, reason))
        else:
            reason = _NOT_COUNTED + note
            lines.append(DueLine(year.days[index], year.labels[index], False, reason))
    return year.days[index]


@lru_cache(maxsize=LONGEST)
def _ordinal(counted: int) -> str:
    return f"ngày làm việc thứ {counted}"


def _last_calendar_day(day: date, term: Term) -> date:
    if term.unit == Unit.CALENDAR_DAYS:
        return day + timedelta(days=term.amount)
    years, month = divmod(day.month - 1 + term.amount, MONTHS_IN_A_YEAR)
    length = months_of_the_year.monthrange(day.year + years, month + 1)[1]
    return date(day.year + years, month + 1, min(day.day, length))


def _roll_on(calendar: WorkingCalendar, last: date, lines: list[DueLine]) -> date:
    """Điều 148 khoản 5: a last day of rest or holiday rolls on to the next working day."""
    if calendar.is_working_day(last):
        return last
    following = calendar.next_working_day(last)
    while last < following:
        lines.append(
            _line(
                calendar, last, reason=f"ngày nghỉ ({calendar.note_on(last)}), chuyển sang ngày sau"
            )
        )
        last += timedelta(days=1)
    return following


def _at_closing(calendar: WorkingCalendar, last: date, lines: list[DueLine]) -> Due:
    at = calendar.closing_on(last)
    lines.append(
        _line(
            calendar,
            last,
            is_counted=True,
            reason=f"đến hạn lúc {_clock_time(at)}, hết giờ làm việc",
        )
    )
    return Due(at, tuple(lines), calendar.version)


def _line(
    calendar: WorkingCalendar, day: date, *, reason: str, is_counted: bool = False
) -> DueLine:
    year = calendar.year(day.year)
    return DueLine(day, year.labels[(day - year.first).days], is_counted, reason)


def _clock_time(at: datetime) -> str:
    return f"{local(at):%H:%M}"
