"""Amounts in Vietnamese words (số tiền bằng chữ)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tinhso.payments.words import in_words


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        (0, "Không đồng"),
        (5, "Năm đồng"),
        (15, "Mười lăm đồng"),
        (21, "Hai mươi mốt đồng"),
        (105, "Một trăm linh năm đồng"),
        (15_000, "Mười lăm nghìn đồng"),
        (75_500, "Bảy mươi lăm nghìn năm trăm đồng"),
        (1_000_005, "Một triệu không trăm linh năm đồng"),
        (1_205_000, "Một triệu hai trăm linh năm nghìn đồng"),
        (2_000_000_000, "Hai tỷ đồng"),
        (1_000_000_001, "Một tỷ không trăm linh một đồng"),
    ],
)
def test_it_is_said_as_people_say_it(amount: int, words: str) -> None:
    assert in_words(amount) == words


@given(st.integers(0, 10**12), st.integers(0, 10**12))
def test_no_two_amounts_are_said_alike(one: int, other: int) -> None:
    assert (in_words(one) == in_words(other)) == (one == other)


def test_nothing_below_zero_is_said() -> None:
    with pytest.raises(ValueError, match="negative"):
        in_words(-1)
