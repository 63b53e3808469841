"""Working time (thời gian làm việc): pure arithmetic on a frozen calendar. No database, no clock.

Instants are cut to the minute. A working interval is closed at its end: 17:00 is still working time
when the office closes at 17:00, so a dossier may fall due there. Each calendar year is laid out
once as arrays and then looked up.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from tinhso.calendars.clock import OFFICIAL_ZONE, instant

if TYPE_CHECKING:
    from collections.abc import Mapping

Shift = tuple[int, int]
"""A stretch of work (ca làm việc): first and last minute after midnight."""

Week = tuple[tuple[Shift, ...], ...]
"""The hours of a week, Monday first; seven entries, empty on a day of rest."""

HORIZON_YEARS = 20
MONDAY = 0
WEEKDAYS = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ nhật")
DAYS_IN_A_WEEK = 7


class NoWorkingTime(ValueError):
    """The calendar holds no working time within the horizon, so that nothing can ever fall due."""


@dataclass(frozen=True)
class WeekHours:
    """The hours of a week (giờ làm việc trong tuần) from a date on, until the next entry begins."""

    valid_from: date
    week: Week

    def __post_init__(self) -> None:
        if len(self.week) != DAYS_IN_A_WEEK:
            raise ValueError("a week has seven days")
        for shifts in self.week:
            flat = [minute for shift in shifts for minute in shift]
            if flat != sorted(set(flat)) or any(not 0 <= minute <= 24 * 60 for minute in flat):
                raise ValueError("shifts follow one another within the day")


@dataclass(frozen=True)
class Year:
    """One calendar year laid out: per day from 1 January its shifts, minutes before it and why."""

    first: date
    days: list[date]
    shifts: list[tuple[Shift, ...]]
    before: list[int]
    notes: list[str]
    working: list[int]
    labels: list[str]

    @property
    def minutes(self) -> int:
        """Working minutes of the whole year."""
        return self.before[-1]


@dataclass(frozen=True, eq=False)
class WorkingCalendar:
    """The working time of an agency or province (lịch làm việc), frozen at one version.

    A closure (nghỉ đột xuất) outweighs a swap day (làm bù), which outweighs a holiday (nghỉ lễ,
    nghỉ hoán đổi), which outweighs the week. A swap day is worked in the hours of a Monday. The
    names are shown to people.
    """

    version: str
    hours: tuple[WeekHours, ...]
    holidays: Mapping[date, str] = field(default_factory=dict)
    swap_working_days: Mapping[date, str] = field(default_factory=dict)
    closures: Mapping[date, str] = field(default_factory=dict)
    _years: dict[int, Year] = field(default_factory=dict, init=False, repr=False)

    def year(self, number: int) -> Year:
        """The year laid out; worked out once."""
        found = self._years.get(number)
        if found is None:
            found = self._years[number] = self._lay_out(number)
        return found

    def shifts_on(self, day: date) -> tuple[Shift, ...]:
        """The stretches of work of a day; empty when nobody works."""
        year = self.year(day.year)
        return year.shifts[(day - year.first).days]

    def note_on(self, day: date) -> str:
        """Why the day is worked or not; empty on an ordinary working day."""
        year = self.year(day.year)
        return year.notes[(day - year.first).days]

    def kind_on(self, day: date) -> str:
        """`closure`, `swap_work`, `holiday`, or empty on a day like the week says."""
        if day in self.closures:
            return "closure"
        if day in self.swap_working_days:
            return "swap_work"
        return "holiday" if day in self.holidays else ""

    def years_without_holidays(self, since: date, until: date) -> list[int]:
        """The years of an interval for which no holiday is known yet: what is reckoned there may come too early."""
        known = {day.year for day in self.holidays}
        return [year for year in range(since.year, until.year + 1) if year not in known]

    def is_working_day(self, day: date) -> bool:
        """Whether anybody works that day."""
        return bool(self.shifts_on(day))

    def next_working_day(self, day: date) -> date:
        """The first working day after the day."""
        return self.add_working_days(day, 1)

    def add_working_days(self, day: date, amount: int) -> date:
        """The working day reached by counting `amount` working days after `day`."""
        if amount < 1:
            raise ValueError("at least one working day is counted")
        year = self.year(day.year)
        index = bisect_left(year.working, (day - year.first).days + 1) + amount - 1
        for _ in range(HORIZON_YEARS):
            if index < len(year.working):
                return year.first + timedelta(days=year.working[index])
            index -= len(year.working)
            year = self.year(year.first.year + 1)
        raise NoWorkingTime(self.version)

    def closing_on(self, day: date) -> datetime:
        """The instant at which work ends on a working day."""
        return instant(day, self.shifts_on(day)[-1][1])

    def working_minutes(self, start: datetime, end: datetime) -> int:
        """Working minutes from `start` to `end`; negative when `end` comes first."""
        from_day, from_minute = _split(start)
        to_day, to_minute = _split(end)
        total = self._worked_before(to_day, to_minute) - self._worked_before(from_day, from_minute)
        if from_day.year == to_day.year:
            return total
        low, high = sorted((from_day.year, to_day.year))
        whole = sum(self.year(number).minutes for number in range(low, high))
        return total + (whole if to_day.year > from_day.year else -whole)

    def add_working_minutes(self, start: datetime, minutes: int) -> datetime:
        """The earliest instant by which `minutes` have been worked since `start`."""
        if minutes < 0:
            raise ValueError("working time is added, not taken away")
        day, minute = _split(start)
        if not minutes:
            return instant(day, minute)
        year = self.year(day.year)
        target = self._worked_before(day, minute) + minutes
        for _ in range(HORIZON_YEARS):
            if target <= year.minutes:
                index = bisect_left(year.before, target) - 1
                return instant(
                    year.first + timedelta(days=index),
                    _minute_reached(year.shifts[index], target - year.before[index]),
                )
            target -= year.minutes
            year = self.year(year.first.year + 1)
        raise NoWorkingTime(self.version)

    def _worked_before(self, day: date, minute: int) -> int:
        """Working minutes of the day's year up to that minute of the day."""
        year = self.year(day.year)
        index = (day - year.first).days
        worked = year.before[index]
        for opens, closes in year.shifts[index]:
            if minute > opens:
                worked += min(minute, closes) - opens
        return worked

    def _lay_out(self, number: int) -> Year:
        first = date(number, 1, 1)
        length = (date(number + 1, 1, 1) - first).days
        days = [first + timedelta(days=index) for index in range(length)]
        laid = [self._judge(day) for day in days]
        shifts = [entry[0] for entry in laid]
        before = [0]
        for entry in shifts:
            before.append(before[-1] + sum(closes - opens for opens, closes in entry))
        return Year(
            first=first,
            days=days,
            shifts=shifts,
            before=before,
            notes=[entry[1] for entry in laid],
            working=[index for index, entry in enumerate(shifts) if entry],
            labels=[day_label(day) for day in days],
        )

    def _judge(self, day: date) -> tuple[tuple[Shift, ...], str]:
        """The shifts of one day and the reason, by the order of the class docstring."""
        if day in self.closures:
            return (), self.closures[day]
        week = self._week_on(day)
        if day in self.swap_working_days:
            return week[MONDAY], self.swap_working_days[day]
        if day in self.holidays:
            return (), self.holidays[day]
        shifts = week[day.weekday()]
        return shifts, "" if shifts else "nghỉ hằng tuần"

    def _week_on(self, day: date) -> Week:
        """The week in force on that day; the earliest one for days before it."""
        in_force = self.hours[0]
        for entry in self.hours[1:]:
            if entry.valid_from <= day:
                in_force = entry
        return in_force.week


def day_label(day: date) -> str:
    """`Thứ Hai 23/11/2026`."""
    return f"{WEEKDAYS[day.weekday()]} {day:%d/%m/%Y}"


def _split(at: datetime) -> tuple[date, int]:
    """The official day and the minute of the day, seconds cut off."""
    wall = at.astimezone(OFFICIAL_ZONE)
    return wall.date(), wall.hour * 60 + wall.minute


def _minute_reached(shifts: tuple[Shift, ...], worked: int) -> int:
    """The minute of the day by which `worked` minutes have been worked."""
    for opens, closes in shifts:
        if worked <= closes - opens:
            return opens + worked
        worked -= closes - opens
    raise AssertionError("more minutes than the day holds")
