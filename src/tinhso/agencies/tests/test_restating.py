"""Restating conserves the total, whatever was divided and however little is known."""

from __future__ import annotations

from decimal import ROUND_DOWN, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tinhso.agencies.restating import Receivers, divide, restate_counts

UNITS = st.integers(1, 9)


@st.composite
def receivers(draw: st.DrawFn) -> Receivers:
    """Up to four units, shares declared or not, never more than the whole."""
    to = draw(st.lists(UNITS, unique=True, max_size=4))
    tenths = draw(st.lists(st.integers(0, 2), min_size=len(to), max_size=len(to)))
    return tuple(
        (unit, Decimal(tenth) / 10 if tenth else None)
        for unit, tenth in zip(to, tenths, strict=True)
    )


TURNS = st.lists(st.dictionaries(UNITS, receivers()), max_size=4)


@pytest.mark.slow
@given(st.dictionaries(UNITS, st.integers(0, 10_000)), TURNS, st.data())
def test_the_total_is_conserved(
    counts: dict[int, int], turns: list[dict[int, Receivers]], data: st.DataObject
) -> None:
    addresses: dict[int, dict[int, int]] = {}
    for unit, to in turns[0].items() if turns else ():
        left = counts.get(unit, 0)
        for receiver, _share in to if left else ():
            known = data.draw(st.integers(0, left))
            addresses.setdefault(unit, {})[receiver] = known
            left -= known
    restated = restate_counts(counts, turns[:1], addresses)
    restated_on = restate_counts(restated.rows, turns[1:])
    unallocated = sum(restated.unallocated.values())
    assert restated.total == sum(counts.values())
    assert unallocated + restated_on.total == sum(counts.values())
    assert all(count > 0 for part in (restated, restated_on) for count in part.rows.values())
    assert all(count > 0 for count in restated.unallocated.values())


@given(st.integers(0, 10**9), st.lists(st.integers(1, 20), min_size=1, max_size=5))
def test_declared_shares_that_make_a_whole_leave_nothing(count: int, weights: list[int]) -> None:
    total = sum(weights)
    millionth = Decimal("0.000001")
    shares = [(Decimal(w) / total).quantize(millionth, ROUND_DOWN) for w in weights]
    shares[-1] = 1 - sum(shares[:-1], Decimal(0))
    parts = divide(count, list(enumerate(shares)), {})
    assert sum(parts.values()) == count
    for key, share in enumerate(shares):
        assert abs(parts[key] - count * share) < 1


def test_a_divided_unit_without_share_is_not_given_to_anyone() -> None:
    restated = restate_counts({1: 10}, [{1: ((2, None), (3, None))}])
    assert (restated.rows, restated.unallocated) == ({}, {1: 10})


def test_addresses_come_before_shares() -> None:
    turn: dict[int, Receivers] = {1: ((2, Decimal("0.5")), (3, None))}
    restated = restate_counts({1: 10}, [turn], {1: {3: 4}})
    assert (restated.rows, restated.unallocated) == ({2: 3, 3: 4}, {1: 3})


def test_a_sole_follower_takes_all_day_after_day() -> None:
    restated = restate_counts({1: 5, 2: 1}, [{1: ((2, None),)}, {2: ((3, None),)}])
    assert restated.rows == {3: 6}
    back_and_forth = restate_counts({1: 5}, [{1: ((2, None),)}, {2: ((1, None),)}])
    assert back_and_forth.rows == {1: 5}


def test_who_lives_on_does_not_silently_keep_everything() -> None:
    restated = restate_counts({1: 10}, [{1: ((2, None), (1, None))}], {1: {1: 3}})
    assert (restated.rows, restated.unallocated) == ({1: 3}, {1: 7})


def test_nobody_follows() -> None:
    assert restate_counts({1: 5}, [{1: ()}]).unallocated == {1: 5}


@pytest.mark.parametrize("known", [{2: 11}, {9: 1}])
def test_impossible_addresses_are_a_bug(known: dict[int, int]) -> None:
    with pytest.raises(ValueError, match="addresses"):
        restate_counts({1: 10}, [{1: ((2, None), (3, None))}], {1: known})
