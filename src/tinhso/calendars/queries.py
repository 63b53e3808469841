"""Reads: the calendar to count by, and the year as a page shows it."""

from __future__ import annotations

from calendar import Calendar as Months
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from tinhso.calendars.errors import CalendarMissing
from tinhso.calendars.models import Calendar, DayKind, SpecialDay, WorkingHours
from tinhso.calendars.working_time import WeekHours, WorkingCalendar
from tinhso.kernel.kept import Kept
from tinhso.ui.languages import is_vietnamese

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tinhso.calendars.working_time import Week

MONTHS_IN_A_YEAR = 12
Stand = tuple[int, str, int]
"""Primary key, code and version of a calendar."""


@dataclass(frozen=True)
class _Edition:
    """Which version of the calendar of each agency counts, and those that were laid out since it does.

    Not kept beyond: an act that is undone leaves its version's number to the next, which says something else.
    """

    stands: Mapping[int | None, Stand]
    laid_out: dict[tuple[Stand, ...], WorkingCalendar] = field(default_factory=dict)


def working_calendar(agency: int | None = None) -> WorkingCalendar:
    """The calendar to count by now: the province's, with the agency's own days and hours over it.

    It is laid out once per edition and process. Raises `CalendarMissing` while the province has none.
    """
    edition = _EDITIONS.now()
    stands = edition.stands
    if None not in stands:
        raise CalendarMissing
    own = (stands[agency],) if agency is not None and agency in stands else ()
    wanted = (stands[None], *own)
    if wanted not in edition.laid_out:
        edition.laid_out[wanted] = _laid_out(wanted)
    return edition.laid_out[wanted]


def _edition() -> _Edition:
    rows = Calendar.objects.values_list("agency", "pk", "code", "version")
    return _Edition({agency: (pk, code, version) for agency, pk, code, version in rows})


_EDITIONS = Kept("calendars", _edition)


def _laid_out(stands: tuple[Stand, ...]) -> WorkingCalendar:
    named: dict[DayKind, dict[date, str]] = {kind: {} for kind in DayKind}
    hours: tuple[WeekHours, ...] = ()
    for pk, _code, version in stands:
        for entry in SpecialDay.objects.filter(calendar=pk).in_force(version):
            named[DayKind(entry.kind)][entry.day] = entry.name
        hours = _hours(WorkingHours.objects.filter(calendar=pk, version__lte=version)) or hours
    return WorkingCalendar(
        version="+".join(f"{code}@{version}" for _pk, code, version in stands),
        hours=hours,
        holidays=named[DayKind.SWAP_OFF] | named[DayKind.HOLIDAY],
        swap_working_days=named[DayKind.SWAP_WORK],
        closures=named[DayKind.CLOSURE],
    )


def _hours(rows: Iterable[WorkingHours]) -> tuple[WeekHours, ...]:
    newest: dict[date, WorkingHours] = {}
    for row in sorted(rows, key=lambda row: row.version):
        newest[row.valid_from] = row
    return tuple(WeekHours(day, week_of(newest[day].week)) for day in sorted(newest))


def week_of(stored: list[list[list[int]]]) -> Week:
    """The week as stored in JSON, as the tuples that the arithmetic uses."""
    return tuple(tuple((opens, closes) for opens, closes in shifts) for shifts in stored)


@dataclass(frozen=True)
class DayCell:
    """One day of the year view: whether it is worked, its entry's kind (empty without one), why."""

    day: date
    is_working: bool
    kind: str
    note: str


@dataclass(frozen=True)
class Month:
    """One month of the year view, in weeks from Monday; None pads the first and last week."""

    first: date
    weeks: tuple[tuple[DayCell | None, ...], ...]
    working_days: int


def year_view(calendar: Calendar, year: int) -> list[Month]:
    """The twelve months of a year as this calendar has them, the province's days included."""
    working = working_calendar(calendar.agency)
    english = _english_names(year)
    months = []
    for number in range(1, MONTHS_IN_A_YEAR + 1):
        weeks = tuple(
            tuple(_cell(working, day, english) if day.month == number else None for day in week)
            for week in Months().monthdatescalendar(year, number)
        )
        worked = sum(cell.is_working for week in weeks for cell in week if cell)
        months.append(Month(date(year, number, 1), weeks, worked))
    return months


def _english_names(year: int) -> Mapping[str, str]:
    """What the days of a year are called in English, by their names; nothing on a Vietnamese page."""
    if is_vietnamese():
        return {}
    named = SpecialDay.objects.in_force().filter(day__year=year).exclude(name_en="")
    return dict(named.values_list("name", "name_en"))


def _cell(working: WorkingCalendar, day: date, english: Mapping[str, str]) -> DayCell:
    note = working.note_on(day)
    return DayCell(day, working.is_working_day(day), working.kind_on(day), english.get(note, note))


def entries_of(calendar: Calendar, year: int) -> list[SpecialDay]:
    """Entries in force that this calendar itself holds in a year, by day."""
    return list(calendar.days.in_force().filter(day__year=year).order_by("day"))
