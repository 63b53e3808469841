from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tinhso.calendars.clock import OFFICIAL_ZONE, local
from tinhso.calendars.tests.factories import FIVE_DAYS, WEEK, at, calendar
from tinhso.calendars.working_time import NoWorkingTime, WeekHours, WorkingCalendar

CALENDAR = calendar()
instants = st.datetimes(
    min_value=datetime(2024, 6, 1),  # noqa: DTZ001
    max_value=datetime(2027, 6, 1),  # noqa: DTZ001
    timezones=st.just(OFFICIAL_ZONE),
)


def test_lunch_and_night_are_not_worked() -> None:
    assert CALENDAR.working_minutes(at(2026, 11, 23, 11), at(2026, 11, 23, 13, 30)) == 60
    assert CALENDAR.working_minutes(at(2026, 11, 23, 16), at(2026, 11, 25, 8)) == 90


def test_a_swapped_saturday_is_worked() -> None:
    assert CALENDAR.is_working_day(date(2026, 8, 22))
    assert not CALENDAR.is_working_day(date(2026, 8, 31))
    assert CALENDAR.next_working_day(date(2026, 8, 28)) == date(2026, 9, 3)


def test_a_closure_is_not_worked() -> None:
    assert CALENDAR.working_minutes(at(2026, 9, 28), at(2026, 9, 29)) == 0


def test_a_closure_outweighs_a_swap_day() -> None:
    day = date(2026, 8, 22)
    closed = WorkingCalendar(
        version="x", hours=WEEK, swap_working_days={day: "làm bù"}, closures={day: "bão"}
    )
    assert not closed.is_working_day(day)
    assert closed.note_on(day) == "bão"


def test_years_are_counted_through() -> None:
    whole = CALENDAR.working_minutes(at(2025, 1, 1), at(2027, 1, 1))
    assert (
        whole
        == CALENDAR.working_minutes(at(2025, 1, 1), at(2026, 1, 1)) + CALENDAR.year(2026).minutes
    )
    assert CALENDAR.add_working_days(date(2025, 12, 31), 1) == date(2026, 1, 2)


def test_hours_change_from_their_day_on() -> None:
    morning = (((7 * 60, 11 * 60),),) * 5 + ((), ())
    changed = WorkingCalendar(
        version="x",
        hours=(WeekHours(date(2020, 1, 1), FIVE_DAYS), WeekHours(date(2026, 4, 15), morning)),
    )
    assert changed.working_minutes(at(2026, 4, 14), at(2026, 4, 15)) == 480
    assert changed.working_minutes(at(2026, 4, 15), at(2026, 4, 16)) == 240


def test_a_calendar_without_hours_is_refused_when_asked() -> None:
    empty = WorkingCalendar(version="x", hours=(WeekHours(date(2020, 1, 1), ((),) * 7),))
    with pytest.raises(NoWorkingTime):
        empty.add_working_days(date(2026, 1, 1), 1)
    with pytest.raises(NoWorkingTime):
        empty.add_working_minutes(at(2026, 1, 1), 1)


@pytest.mark.parametrize(
    "shifts", [((600, 500),), ((400, 700), (600, 900)), ((-1, 5),), ((0, 1441),)]
)
def test_shifts_that_overlap_or_leave_the_day_are_a_bug(
    shifts: tuple[tuple[int, int], ...],
) -> None:
    with pytest.raises(ValueError, match="shifts"):
        WeekHours(date(2026, 1, 1), (shifts,) * 7)


@pytest.mark.slow
@given(a=instants, b=instants, c=instants)
def test_working_minutes_add_up(a: datetime, b: datetime, c: datetime) -> None:
    assert CALENDAR.working_minutes(a, b) + CALENDAR.working_minutes(
        b, c
    ) == CALENDAR.working_minutes(a, c)


@given(a=instants, b=instants)
def test_working_minutes_never_exceed_the_time_gone_by(a: datetime, b: datetime) -> None:
    a, b = sorted((a, b))
    assert 0 <= CALENDAR.working_minutes(a, b) <= (b - a) / timedelta(minutes=1) + 1


@given(start=instants, minutes=st.integers(1, 100_000))
def test_what_was_added_can_be_measured(start: datetime, minutes: int) -> None:
    reached = CALENDAR.add_working_minutes(start, minutes)
    assert CALENDAR.working_minutes(start, reached) == minutes
    wall = local(reached)
    minute = wall.hour * 60 + wall.minute
    assert any(opens < minute <= closes for opens, closes in CALENDAR.shifts_on(wall.date()))


@given(start=instants, minutes=st.integers(0, 50_000), more=st.integers(0, 50_000))
def test_adding_in_two_steps_is_adding_at_once(start: datetime, minutes: int, more: int) -> None:
    stepped = CALENDAR.add_working_minutes(CALENDAR.add_working_minutes(start, minutes), more)
    assert stepped == CALENDAR.add_working_minutes(start, minutes + more)


@given(day=st.dates(date(2024, 1, 1), date(2027, 12, 31)), amount=st.integers(1, 600))
def test_working_days_counted_by_hand(day: date, amount: int) -> None:
    by_hand, left = day, amount
    while left:
        by_hand += timedelta(days=1)
        left -= CALENDAR.is_working_day(by_hand)
    assert CALENDAR.add_working_days(day, amount) == by_hand
