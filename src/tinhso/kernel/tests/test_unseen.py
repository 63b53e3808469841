"""What looks alike is the same: unseen signs go, a sign that is seen in a picture stays."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tinhso.kernel.unseen import as_seen

FAMILY = "\U0001f468\u200d\U0001f469\u200d\U0001f467"
RAINBOW = "\U0001f3f3\ufe0f\u200d\U0001f308"


@pytest.mark.parametrize(
    "sign", ["\u00ad", "\u034f", "\u200b", "\u202e", "\u2066", "\ufeff", "\u3164", "\U000e0041"]
)
def test_an_unseen_sign_goes(sign: str) -> None:
    assert as_seen(f"Kế{sign} toán") == "Kế toán"


def test_a_letter_and_its_mark_are_one() -> None:
    assert as_seen("Ke\u0302\u0301") == "Kế"


@pytest.mark.parametrize("picture", [FAMILY, RAINBOW, f"Nhà em {FAMILY}."])
def test_what_joins_pictures_stays(picture: str) -> None:
    assert as_seen(picture) == picture


def test_what_joins_letters_goes() -> None:
    assert as_seen("a\u200db") == "ab"


def test_a_foreign_end_of_line_is_an_end_of_line() -> None:
    assert as_seen("Một\u2028hai\u2029ba") == "Một\nhai\nba"


@given(st.text())
def test_what_is_seen_is_seen_alike_again(text: str) -> None:
    seen = as_seen(text)
    assert as_seen(seen) == seen
    assert unicodedata.is_normalized("NFC", seen)
