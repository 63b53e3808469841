from __future__ import annotations

from datetime import date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tinhso.calendars.clock import day_of
from tinhso.calendars.deadlines import Term, Unit, due, duration, resume
from tinhso.calendars.tests.factories import at, calendar
from tinhso.calendars.tests.test_working_time import instants

CALENDAR = calendar()
terms = st.one_of(
    st.builds(Term, st.integers(1, 400), st.sampled_from(Unit)),
    st.builds(Term, st.just(1), st.just(Unit.WORKING_DAYS), st.times(time(8), time(16))),
)


def test_the_day_of_receipt_is_not_counted() -> None:
    answer = due(CALENDAR, at(2026, 11, 20, 9), Term(2, Unit.WORKING_DAYS))
    assert answer.at == at(2026, 11, 25, 17)
    assert [str(line) for line in answer.lines] == [
        "Thứ Sáu 20/11/2026: ngày nhận, không tính",
        "Thứ Bảy 21/11/2026: không tính, nghỉ hằng tuần",
        "Chủ nhật 22/11/2026: không tính, nghỉ hằng tuần",
        "Thứ Hai 23/11/2026: ngày làm việc thứ 1",
        "Thứ Ba 24/11/2026: không tính, Ngày Văn hóa Việt Nam",
        "Thứ Tư 25/11/2026: ngày làm việc thứ 2",
        "Thứ Tư 25/11/2026: đến hạn lúc 17:00, hết giờ làm việc",
    ]
    assert answer.calendar_version == "test@1"


def test_a_swap_day_is_counted_and_named() -> None:
    answer = due(CALENDAR, at(2026, 8, 21, 9), Term(1, Unit.WORKING_DAYS))
    assert answer.at == at(2026, 8, 22, 17)
    assert answer.lines[1].reason == "ngày làm việc thứ 1 (làm bù ngày 31/8/2026)"


def test_calendar_days_end_on_the_next_working_day() -> None:
    answer = due(CALENDAR, at(2026, 8, 21, 9), Term(10, Unit.CALENDAR_DAYS))
    assert answer.at == at(2026, 9, 3, 17)
    assert [line.day.day for line in answer.lines] == [21, 31, 31, 1, 2, 3]


@pytest.mark.parametrize(
    ("received", "months", "last"),
    [
        (date(2026, 10, 30), 4, date(2027, 3, 1)),  # 28/2/2027 is a Sunday
        (date(2026, 3, 31), 1, date(2026, 4, 30)),
        (date(2026, 12, 15), 12, date(2027, 12, 15)),
    ],
)
def test_months_end_on_the_same_day_or_the_last_of_the_month(
    received: date, months: int, last: date
) -> None:
    answer = due(
        CALENDAR, at(received.year, received.month, received.day, 9), Term(months, Unit.MONTHS)
    )
    assert day_of(answer.at) == last


def test_hours_run_from_the_receipt() -> None:
    answer = due(CALENDAR, at(2026, 11, 23, 16), Term(4, Unit.WORKING_HOURS))
    assert answer.at == at(2026, 11, 25, 10, 30)
    assert [line.reason for line in answer.lines] == [
        "tính 1 giờ",
        "không tính, Ngày Văn hóa Việt Nam",
        "tính 3 giờ",
        "đến hạn lúc 10:30",
    ]


@pytest.mark.parametrize(
    ("received", "expected"),
    [
        (at(2026, 11, 20, 15), at(2026, 11, 20, 17)),
        (at(2026, 11, 20, 15, 1), at(2026, 11, 23, 17)),
        (at(2026, 11, 21, 9), at(2026, 11, 23, 17)),
        (at(2026, 11, 23, 15, 1), at(2026, 11, 25, 17)),
    ],
)
def test_a_same_day_procedure_is_due_the_next_working_day_after_the_cutoff(
    received: datetime, expected: datetime
) -> None:
    assert due(CALENDAR, received, Term(1, Unit.WORKING_DAYS, time(15))).at == expected


def test_only_one_working_day_can_be_a_same_day_term() -> None:
    with pytest.raises(ValueError, match="same-day"):
        Term(2, Unit.WORKING_DAYS, time(15))
    with pytest.raises(ValueError, match="from 1"):
        Term(0, Unit.MONTHS)


def test_a_pause_moves_the_due_date_by_the_working_time_stopped() -> None:
    answer = resume(CALENDAR, at(2026, 11, 25, 17), at(2026, 11, 20, 16), at(2026, 11, 23, 8, 30))
    assert answer.at == at(2026, 11, 26, 9, 30)
    assert answer.lines[2].reason == "tính tiếp từ 08:30, đã dừng 2 giờ"


def test_a_pause_of_two_minutes_moves_what_is_due_at_closing_into_the_next_morning() -> None:
    """Not rounded: rounded up, every pause would give a day; rounded down, none would count."""
    friday = at(2026, 11, 27, 17)
    answer = resume(CALENDAR, friday, at(2026, 11, 23, 10, 30), at(2026, 11, 23, 10, 32))
    assert answer.at == at(2026, 11, 30, 7, 32)
    assert [str(line) for line in answer.lines] == [
        "Thứ Sáu 27/11/2026: hạn cũ 17:00",
        "Thứ Hai 23/11/2026: tạm dừng từ 10:30",
        "Thứ Hai 23/11/2026: tính tiếp từ 10:32, đã dừng 2 phút",
        "Thứ Hai 30/11/2026: hạn mới 07:32, bằng hạn cũ cộng thời gian làm việc đã dừng",
    ]


def test_a_pause_cannot_end_before_it_began() -> None:
    with pytest.raises(ValueError, match="pause"):
        resume(CALENDAR, at(2026, 11, 25, 17), at(2026, 11, 21), at(2026, 11, 20))


def test_durations_are_read_aloud() -> None:
    assert [duration(minutes) for minutes in (0, 45, 60, -90)] == [
        "0 phút",
        "45 phút",
        "1 giờ",
        "1 giờ 30 phút",
    ]


@pytest.mark.slow
@given(received=instants, term=terms)
def test_nothing_is_due_in_time_that_nobody_works(received: datetime, term: Term) -> None:
    answer = due(CALENDAR, received, term)
    minute = (answer.at - at(*answer.at.timetuple()[:3])).seconds // 60
    assert any(opens < minute <= closes for opens, closes in CALENDAR.shifts_on(day_of(answer.at)))
    assert answer.lines[-1].day == day_of(answer.at)
    assert answer.at > received


@given(first=instants, second=instants, term=terms)
def test_received_later_is_never_due_earlier(first: datetime, second: datetime, term: Term) -> None:
    first, second = sorted((first, second))
    assert due(CALENDAR, first, term).at <= due(CALENDAR, second, term).at


@given(received=instants, amount=st.integers(1, 300))
def test_the_counted_lines_are_the_term(received: datetime, amount: int) -> None:
    answer = due(CALENDAR, received, Term(amount, Unit.WORKING_DAYS))
    assert sum(line.is_counted for line in answer.lines[:-1]) == amount
    assert all(CALENDAR.is_working_day(line.day) for line in answer.lines if line.is_counted)


@pytest.mark.slow
@given(received=instants, term=terms, moments=st.tuples(instants, instants))
def test_a_pause_leaves_the_working_time_that_was_left(
    received: datetime, term: Term, moments: tuple[datetime, datetime]
) -> None:
    begin, end = sorted(moments)
    old = due(CALENDAR, received, term).at
    new = resume(CALENDAR, old, begin, end).at
    assert CALENDAR.working_minutes(end, new) == CALENDAR.working_minutes(begin, old)


@pytest.mark.slow
@given(received=instants, term=terms, moments=st.tuples(instants, instants, instants))
def test_two_pauses_end_to_end_are_one(
    received: datetime, term: Term, moments: tuple[datetime, datetime, datetime]
) -> None:
    begin, middle, end = sorted(moments)
    old = due(CALENDAR, received, term).at
    stepped = resume(CALENDAR, resume(CALENDAR, old, begin, middle).at, middle, end).at
    assert stepped == resume(CALENDAR, old, begin, end).at
