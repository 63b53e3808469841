"""A timer waits for as long as the clock stood still, however often it did."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tinhso.calendars.tests.factories import at, calendar
from tinhso.dossiers.plans.moving import after_pause, counted_to, fires_at
from tinhso.dossiers.workflow.durations import Duration, duration
from tinhso.forms.tests.unhurried import unhurried

CALENDAR = calendar()
SET = at(2026, 9, 14, 10)
"""A Monday."""
Pause = tuple[datetime, datetime]


def fired(waits: Duration, pauses: list[Pause]) -> datetime:
    counted = counted_to(waits, SET, CALENDAR)
    for pause in pauses:
        counted = after_pause(waits, counted, pause, CALENDAR)
    return fires_at(waits, counted)


@pytest.mark.parametrize(
    ("text", "working", "ends"),
    [
        ("P5D", True, at(2026, 9, 22)),
        ("P5D", False, at(2026, 9, 20)),
        ("P1M", False, at(2026, 10, 15)),
        ("PT8H", True, at(2026, 9, 15, 10, 5)),
        ("PT8H", False, at(2026, 9, 14, 18, 5)),
    ],
)
def test_five_pauses_of_a_minute_are_five_minutes(text: str, working: bool, ends: datetime) -> None:
    begins = [SET + timedelta(hours=hour, minutes=30) for hour in (0, 4, 5, 24, 28)]
    pauses = [(begin, begin + timedelta(minutes=1)) for begin in begins]
    assert fired(duration(text, working=working), pauses) == ends


@pytest.mark.slow
@unhurried
@given(
    text=st.sampled_from(["P5D", "P1D", "P12D", "PT8H"]),
    working=st.booleans(),
    cuts=st.lists(st.integers(0, 20 * 24 * 60), min_size=2, max_size=12),
)
def test_pauses_that_follow_each_other_are_one_pause(
    text: str, working: bool, cuts: list[int]
) -> None:
    waits = duration(text, working=working)
    moments = [SET + timedelta(minutes=minute) for minute in sorted(cuts)]
    many = list(pairwise(moments))
    assert fired(waits, many) == fired(waits, [(moments[0], moments[-1])])


@pytest.mark.slow
@unhurried
@given(
    text=st.sampled_from(["P5D", "P1D", "P12D", "P1M"]),
    parts=st.lists(st.integers(0, 3 * 24 * 60), min_size=1, max_size=8),
    gaps=st.lists(st.integers(0, 24 * 60), min_size=8, max_size=8),
)
def test_only_the_sum_of_the_pauses_counts(text: str, parts: list[int], gaps: list[int]) -> None:
    waits, now, pauses = duration(text, working=False), SET, []
    for length, gap in zip(parts, gaps, strict=False):
        begin = now + timedelta(minutes=gap)
        now = begin + timedelta(minutes=length)
        pauses.append((begin, now))
    whole = (SET, SET + timedelta(minutes=sum(parts)))
    assert fired(waits, pauses) == fired(waits, [whole])
    assert fired(waits, pauses) >= counted_to(waits, SET, CALENDAR)
