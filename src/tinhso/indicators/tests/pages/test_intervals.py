"""What an address says of days is what the page looks at."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tinhso.indicators.pages.intervals import Interval, asked, month_of, offered, written
from tinhso.kernel.days import DayUnreadable

TODAY = date(2026, 11, 22)
DAYS = st.dates(date(2001, 1, 1), date(2090, 1, 1))


@pytest.mark.parametrize(
    ("code", "first", "last", "name"),
    [
        ("2023-09", date(2023, 9, 1), date(2023, 9, 30), "Tháng 9/2023"),
        ("2023-Q4", date(2023, 10, 1), date(2023, 12, 31), "Quý IV/2023"),
        ("2024", date(2024, 1, 1), date(2024, 12, 31), "Năm 2024"),
    ],
)
def test_a_code_is_read_as_it_is_written(code: str, first: date, last: date, name: str) -> None:
    found = written(code)
    assert found == Interval(first, last)
    assert (found.code, found.name) == (code, name)


def test_who_asks_for_none_sees_the_month_of_today() -> None:
    assert asked({"ky": "", "tu": "", "den": ""}, TODAY) == month_of(TODAY)


def test_two_days_go_before_a_code_and_are_put_in_order() -> None:
    found = asked({"ky": "2023", "tu": "2026-03-14", "den": "2026-02-15"}, TODAY)
    assert found == Interval(date(2026, 2, 15), date(2026, 3, 14))
    assert found.query == {"tu": "2026-02-15", "den": "2026-03-14"}


@pytest.mark.parametrize(
    "query",
    [
        *({"tu": typed, "den": "2026-02-15"} for typed in ("0001-01-01", "2026-02-30", "hôm nay")),
        *({"ky": typed} for typed in ("0001", "99999", "2023-9", "2023-13", "2023-Q5", "x", "９")),
        {"tu": "2026-02-15"},
    ],
)
def test_what_is_no_period_is_refused(query: dict[str, str]) -> None:
    with pytest.raises(DayUnreadable):
        asked(query, TODAY)


@given(DAYS, DAYS)
def test_every_interval_is_found_again_by_its_address(one: date, other: date) -> None:
    interval = Interval(*sorted((one, other)))
    assert asked(interval.query, TODAY) == interval


@given(DAYS)
def test_what_is_offered_lies_side_by_side_and_holds_today(today: date) -> None:
    for _kind, intervals in offered(today):
        assert intervals[0].first <= today <= intervals[0].last
        for later, earlier in pairwise(intervals):
            assert later.before == earlier
            assert earlier.last + timedelta(days=1) == later.first
            assert written(later.code) == later


@given(DAYS)
def test_a_year_of_months_ends_with_the_month_looked_at(day: date) -> None:
    found = month_of(day).year_of_months
    assert found.last == month_of(day).last
    assert (found.last.year * 12 + found.last.month) - (
        found.first.year * 12 + found.first.month
    ) == 11
