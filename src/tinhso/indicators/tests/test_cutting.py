"""The interval of a figure: what can be known of it, and how long it may be."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tinhso.indicators.cutting import LONGEST, Cut, month, year
from tinhso.indicators.errors import IntervalTooLong


def test_an_interval_that_runs_is_known_to_the_present_day() -> None:
    november = month(2026, 11)
    assert november.known_on(date(2026, 11, 22)).as_of == date(2026, 11, 22)
    assert november.known_on(date(2026, 11, 30)).as_of == date(2026, 11, 30), "not over yet"
    assert november.known_on(date(2026, 12, 1)) == november, "what is over is kept under one key"


def test_months_of_a_series_are_known_as_the_series_is() -> None:
    known = year(2026).known_on(date(2026, 11, 22))
    as_of = {name: each.as_of for name, each in known.months()}
    assert as_of["2026-10"] is None
    assert as_of["2026-11"] == date(2026, 11, 22)


def test_an_interval_of_centuries_is_refused() -> None:
    begin = date(2000, 1, 1)
    assert Cut(begin, begin + timedelta(days=LONGEST - 1)).days == LONGEST
    with pytest.raises(IntervalTooLong):
        Cut(begin, date(9998, 1, 1))
