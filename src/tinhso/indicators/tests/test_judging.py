"""Which records keep a figure from being better: by which way is better."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from tinhso.indicators.definitions import Direction, Indicator
from tinhso.indicators.judging import failing

FIGURE: Any = SimpleNamespace(numerator=3, denominator=10)


@pytest.mark.parametrize(
    ("direction", "wrong"),
    [(Direction.HIGHER, ("missing", 7)), (Direction.LOWER, ("numerator", 3)), (Direction.NONE, None)],
)  # fmt: skip
def test_what_fails_lies_outside_the_numerator_only_where_higher_is_better(
    direction: Direction, wrong: object
) -> None:
    ratio: Any = object()
    indicator = Indicator("x", "1", "p", "X", direction=direction, numerator=ratio)
    assert failing(indicator, FIGURE) == wrong


def test_a_count_has_no_records_that_fail() -> None:
    assert failing(Indicator("x", "1", "p", "X", direction=Direction.LOWER), FIGURE) is None
