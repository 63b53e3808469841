"""Tiles lie where the communes lie."""

from __future__ import annotations

import csv
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tinhso.ui.maps import placed

UNITS = Path(__file__).resolve().parents[2] / "agencies" / "content" / "units.csv"
CENTRES = st.dictionaries(
    st.integers(0, 200), st.tuples(st.floats(8, 23), st.floats(102, 110)), max_size=40
)


def communes() -> dict[str, tuple[float, float]]:
    with UNITS.open(encoding="utf-8") as rows:
        return {
            row["unit_code"]: (float(row["latitude"]), float(row["longitude"]))
            for row in csv.DictReader(rows)
            if row["era"] == "after" and row["kind"] == "commune"
        }


@pytest.mark.slow
@given(CENTRES)
def test_no_two_units_share_a_tile(centres: dict[int, tuple[float, float]]) -> None:
    cells = placed(centres)
    assert cells.keys() == centres.keys()
    assert len(set(cells.values())) == len(centres)
    assert all(column >= 0 and row >= 0 for column, row in cells.values())


def test_communes_of_the_province_keep_their_neighbours() -> None:
    centres = communes()
    cells = placed(centres)
    assert len(cells) == 96
    right = 0
    pairs = [
        (one, other)
        for one, other in combinations(centres, 2)
        if abs(centres[one][0] - centres[other][0]) > 0.25
    ]
    for one, other in pairs:
        northern = centres[one][0] > centres[other][0]
        right += (cells[one][1] < cells[other][1]) == northern
    assert right / len(pairs) > 0.9


def test_the_same_centres_lie_the_same_way_every_time() -> None:
    centres = communes()
    turned = dict(reversed(centres.items()))
    assert placed(centres) == placed(turned)


def test_a_single_unit_and_none_have_a_map() -> None:
    assert placed({}) == {}
    assert placed({"a": (14.3, 108.0)}) == {"a": (0, 0)}
    assert len(set(placed({"a": (14.3, 108.0), "b": (14.3, 108.0)}).values())) == 2
