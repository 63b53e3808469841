"""What people type as a day is read, or named as none."""

from __future__ import annotations

from datetime import date

import pytest

from tinhso.kernel.days import DayUnreadable, day_in, days_in, not_in_calendar, read_day


@pytest.mark.parametrize("typed", ["2026-11-21", "21/11/2026", " 21.11.2026 ", "21-11-2026"])
def test_a_day_is_read_as_it_is_sent_and_as_it_is_written(typed: str) -> None:
    assert read_day(typed) == date(2026, 11, 21)


@pytest.mark.parametrize(
    "typed",
    ["2026-13-01", "30/02/2026", "x", "1800-01-01", "9999-12-31", "hôm nay", "\0", "9" * 99],
)
def test_what_is_no_day_is_refused_by_name(typed: str) -> None:
    with pytest.raises(DayUnreadable) as refused:
        day_in({"ngay": typed})
    assert typed[:40].strip() in refused.value.errors["ngay"][0]
    assert refused.value.asked == {"ngay": typed[:40].strip()}


def test_a_month_that_is_none_is_told_apart_from_a_year_outside_the_calendar() -> None:
    assert "tháng 13 không có" in not_in_calendar("2026-13")
    assert "tháng 0 không có" in not_in_calendar("2026-00-01")
    for typed in ("1800-13", "2026-02-30", "2026-12"):
        assert "(từ năm 1900 đến 2999)" in not_in_calendar(typed)


def test_no_day_asks_for_none() -> None:
    assert day_in({}) is None
    assert day_in({"ngay": " "}) is None
    assert days_in({"tu": "", "den": "2026-02-01"}) == (None, date(2026, 2, 1))


def test_both_ends_are_named() -> None:
    with pytest.raises(DayUnreadable) as refused:
        days_in({"tu": "hôm qua", "den": "2026-02-30"})
    assert set(refused.value.errors) == {"tu", "den"}
