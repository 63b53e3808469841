"""Periods follow each other without gap, whatever the cut-off; a due date is counted from it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from tinhso.indicators.reports.periods import (
    Frequency,
    last_ended,
    named,
    next_after,
    period,
    period_on,
)

DAYS = st.dates(date(2020, 1, 1), date(2030, 12, 31))
FREQUENCIES = st.sampled_from(list(Frequency))
FIRST_DAYS = st.integers(1, 28)


def test_a_month_runs_from_the_fifteenth_of_the_month_before() -> None:
    october = period(Frequency.MONTHLY, 15, 2026, 10)
    assert (october.first, october.last) == (date(2026, 9, 15), date(2026, 10, 14))
    january = period(Frequency.MONTHLY, 15, 2026, 1)
    assert (january.first, january.last) == (date(2025, 12, 15), date(2026, 1, 14))


@pytest.mark.parametrize(
    ("frequency", "code", "title", "ends"),
    [
        (Frequency.MONTHLY, "2026-02", "tháng 2/2026", ("2026-02-01", "2026-02-28")),
        (Frequency.QUARTERLY, "2026-Q3", "quý III/2026", ("2026-07-01", "2026-09-30")),
        (Frequency.HALF_YEARLY, "2026-H1", "6 tháng đầu năm 2026", ("2026-01-01", "2026-06-30")),
        (Frequency.YEARLY, "2026", "năm 2026", ("2026-01-01", "2026-12-31")),
    ],
)
def test_a_period_is_named(
    frequency: Frequency, code: str, title: str, ends: tuple[str, str]
) -> None:
    found = named(frequency, 1, code)
    assert found is not None
    with translation.override("vi"):
        assert (found.code, found.title) == (code, title)
    assert (found.first.isoformat(), found.last.isoformat()) == ends


@pytest.mark.parametrize("code", ["2026-13", "2026-00", "2026-Q3", "2026", "10/2026", ""])
def test_another_code_names_no_month(code: str) -> None:
    assert named(Frequency.MONTHLY, 1, code) is None


@given(FREQUENCIES, FIRST_DAYS, DAYS)
def test_every_day_lies_in_one_period_and_none_between_two(
    frequency: Frequency, first_day: int, day: date
) -> None:
    found = period_on(frequency, first_day, day)
    assert found.first <= day <= found.last
    after = next_after(found)
    assert after.first == found.last + timedelta(days=1)
    assert named(frequency, first_day, found.code) == found


@given(FREQUENCIES, FIRST_DAYS, DAYS)
def test_what_ended_last_ended_before_today(
    frequency: Frequency, first_day: int, day: date
) -> None:
    found = last_ended(frequency, first_day, day)
    assert found.last < day <= next_after(found).last + timedelta(days=1)
