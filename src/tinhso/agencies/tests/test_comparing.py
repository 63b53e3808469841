"""The same records as it was then and restated: equal totals, and a visible line for what nothing allots."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tinhso.agencies.comparing import ONE_DAY, compare, eras, latest_succession
from tinhso.agencies.counted_records import CountedRecords
from tinhso.agencies.models import AgencyKind, Succession, SuccessionKind
from tinhso.agencies.tests.factories import make_agency

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tinhso.agencies.models import Agency

UNITED = date(2025, 7, 1)
EVE = UNITED - ONE_DAY
FIRST, LAST, TODAY = date(2025, 1, 1), date(2025, 12, 31), date(2026, 11, 20)


def commune(name: str, *, since: date | None = None, until: date | None = None) -> Agency:
    return make_agency(name, kind=AgencyKind.COMMUNE, since=since, until=until)


def follows(old: Agency, new: Agency, kind: SuccessionKind = SuccessionKind.MERGE) -> None:
    Succession.objects.create(
        predecessor=old, successor=new, on=UNITED, kind=kind, legal_basis="Nghị quyết thử nghiệm"
    )


@pytest.mark.django_db
def test_a_period_across_a_reform_is_counted_under_the_agencies_of_today() -> None:
    whole, divided = commune("Xã Một", until=UNITED), commune("Xã Hai", until=UNITED)
    here, there = commune("Xã Ba", since=UNITED), commune("Xã Bốn", since=UNITED)
    follows(whole, here)
    follows(divided, here, SuccessionKind.SPLIT)
    follows(divided, there, SuccessionKind.SPLIT)
    asked: list[tuple[date, date]] = []

    def count(first: date, last: date) -> Mapping[int, int]:
        asked.append((first, last))
        return {whole.pk: 30, divided.pk: 12} if last < UNITED else {here.pk: 8}

    found = compare(CountedRecords("test", "Thử", count), first=FIRST, last=LAST, on=TODAY)
    assert asked == [(FIRST, EVE), (UNITED, LAST)]
    assert [(line.name, line.count) for line in found.then] == [
        ("UBND xã Một", 30),
        ("UBND xã Hai", 12),
        ("UBND xã Ba", 8),
    ]
    assert [(line.name, line.count) for line in found.now] == [("UBND xã Ba", 38)]
    assert [(line.name, line.count) for line in found.unallocated] == [("UBND xã Hai", 12)]
    assert found.total_then == found.total_now == 50
    assert latest_succession(TODAY) == UNITED
    assert latest_succession(EVE) is None


@given(
    st.dates(date(2020, 1, 1), date(2030, 1, 1)),
    st.integers(0, 2000),
    st.sets(st.integers(1, 2000), max_size=5),
)
def test_the_parts_of_a_period_are_the_period(first: date, days: int, turns: set[int]) -> None:
    last = first + timedelta(days=days)
    inside = [first + timedelta(days=turn) for turn in sorted(turns) if turn <= days]
    parts = list(eras(first, last, inside))
    assert parts[0][0] == first
    assert parts[-1][1] == last
    assert [begin for begin, _end in parts[1:]] == inside
    assert all(end + ONE_DAY == begin for (_b, end), (begin, _e) in pairwise(parts))
    assert all(begin <= end for begin, end in parts)
