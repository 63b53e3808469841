"""Restating conserves the total, whatever was divided and however little is known."""

from __future__ import annotations

from decimal import ROUND_DOWN, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tinhso.agencies.restating import Step, divide, restate_counts

UNITS = range(1, 13)


@st.composite
def steps(draw: st.DrawFn) -> dict[int, Step]:
    """Agencies that ended, each followed by some with greater numbers, shares declared or not."""
    made: dict[int, Step] = {}
    for unit in draw(st.sets(st.sampled_from(list(UNITS)[:-1]))):
        followers = draw(
            st.lists(st.integers(unit + 1, UNITS[-1] + 3), unique=True, min_size=0, max_size=4)
        )
        tenths = draw(st.lists(st.integers(0, 2), min_size=4, max_size=4))
        made[unit] = Step(
            tuple(
                (to, Decimal(tenth) / 10 if tenth else None)
                for to, tenth in zip(followers, tenths, strict=False)
            )
        )
    return made


@given(st.dictionaries(st.sampled_from(list(UNITS)), st.integers(0, 10_000)), steps(), st.data())
def test_the_total_is_conserved(
    counts: dict[int, int], made: dict[int, Step], data: st.DataObject
) -> None:
    addresses: dict[int, dict[int, int]] = {}
    for unit, step in made.items():
        left = counts.get(unit, 0)
        for to, _share in step.receivers:
            known = data.draw(st.integers(0, left))
            addresses.setdefault(unit, {})[to] = known
            left -= known
    restated = restate_counts(counts, made, addresses)
    assert restated.total == sum(counts.values())
    assert all(count >= 0 for count in [*restated.rows.values(), *restated.unallocated.values()])
    assert not set(restated.rows) & {unit for unit in made if restated.rows.get(unit)}


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
    restated = restate_counts({1: 10}, {1: Step(((2, None), (3, None)))})
    assert (restated.rows, restated.unallocated) == ({}, {1: 10})


def test_addresses_come_before_shares() -> None:
    step = Step(((2, Decimal("0.5")), (3, None)))
    restated = restate_counts({1: 10}, {1: step}, {1: {3: 4}})
    assert (restated.rows, restated.unallocated) == ({2: 3, 3: 4}, {1: 3})


def test_a_sole_follower_takes_all_and_a_chain_is_walked() -> None:
    restated = restate_counts({1: 5, 2: 1}, {1: Step(((2, None),)), 2: Step(((3, None),))})
    assert restated.rows == {3: 6}


def test_nobody_follows() -> None:
    assert restate_counts({1: 5}, {1: Step(())}).unallocated == {1: 5}


@pytest.mark.parametrize("known", [{2: 11}, {9: 1}])
def test_impossible_addresses_are_a_bug(known: dict[int, int]) -> None:
    with pytest.raises(ValueError, match="addresses"):
        restate_counts({1: 10}, {1: Step(((2, None), (3, None)))}, {1: known})
