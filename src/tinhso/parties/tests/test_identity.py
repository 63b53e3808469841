"""Numbers of people and organisations, and the text of a citizen card."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tinhso.parties.errors import CardUnreadable
from tinhso.parties.identity import (
    mask_id,
    read_card,
    read_personal_id,
    read_phone,
    read_tax_code,
    tax_check_digit,
)

CARD = "000190000001||Lan|02011990|Nữ|Thôn Thử nghiệm, xã Ba Gia|15062021"


def test_a_personal_id_carries_sex_and_year() -> None:
    read = read_personal_id("000 190 000 001")
    assert read is not None
    assert (read.value, read.birth_year, read.is_female) == ("000190000001", 1990, True)
    born_later = read_personal_id("000205000001")
    assert born_later is not None
    assert (born_later.birth_year, born_later.is_female) == (2005, False)


@pytest.mark.parametrize("text", ["", "00019000000", "0001900000011", "00019000000a", "-"])
def test_anything_but_twelve_digits_is_no_personal_id(text: str) -> None:
    assert read_personal_id(text) is None


@given(st.text(alphabet="0123456789", min_size=9, max_size=9))
def test_a_tax_code_with_its_check_is_read_and_every_other_tenth_digit_refused(body: str) -> None:
    check = tax_check_digit(body)
    readable = {digit for digit in range(10) if read_tax_code(f"{body}{digit}") is not None}
    assert readable == (set() if check is None else {check})


def test_the_weights_of_the_tax_code_are_those_of_the_law() -> None:
    # 3+… by hand: 0·31+1·29+0·23+0·19+0·17+0·13+0·7+0·5+0·3 = 29, 29 mod 11 = 7, 10 − 7 = 3.
    assert tax_check_digit("010000000") == 3
    assert read_tax_code("0100000003") == "0100000003"
    assert read_tax_code("0100000004") is None


def test_a_dependent_unit_is_written_with_a_dash() -> None:
    assert read_tax_code("0100000003001") == "0100000003-001"
    assert read_tax_code("0100000003-001") == "0100000003-001"
    assert read_tax_code("0100000004-001") is None


def test_a_persons_tax_code_is_the_personal_id() -> None:
    assert read_tax_code("000190000001") == "000190000001"


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("0000000001", "0000000001"),
        ("+84 000 000 001", "0000000001"),
        ("84000000001", "0000000001"),
        ("000.000.0001", "0000000001"),
        ("12345", None),
        ("", None),
    ],
)
def test_a_phone_number_has_its_leading_zero(typed: str, read: str | None) -> None:
    assert read_phone(typed) == read


def test_a_card_is_read_whatever_newer_cards_append() -> None:
    for text in (CARD, CARD + "||Người cha|Người mẹ|", f" {CARD}\n"):
        card = read_card(text)
        assert card.personal_id == "000190000001"
        assert (card.old_id, card.name, card.sex) == ("", "Lan", "Nữ")
        assert (card.born_on, card.issued_on) == (date(1990, 1, 2), date(2021, 6, 15))
        assert card.address == "Thôn Thử nghiệm, xã Ba Gia"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "https://example.vn",
        "000190000001||Lan|02011990|Nữ|Thôn",
        CARD.replace("02011990", "31021990"),
        CARD.replace("000190000001", "000190"),
        CARD.replace("Lan", ""),
        CARD.replace("Lan", "<script>alert(1)</script>"),
        CARD.replace("Lan", "Lan\x00"),
        CARD.replace("Lan", "L" * 301),
        CARD.replace("Nữ", "x"),
        CARD.replace("02011990", "020190"),
        CARD.replace("15062021", "15061980"),
        CARD.replace("000190000001", "٠٠٠١٩٠٠٠٠٠٠١"),
        CARD.replace("||", "|12345|"),
        CARD + "|" * 3000,
    ],
)
def test_anything_else_is_no_card(text: str) -> None:
    with pytest.raises(CardUnreadable):
        read_card(text)


@given(st.text(max_size=300))
def test_no_text_breaks_the_reader_of_cards(text: str) -> None:
    try:
        read_card(text)
    except CardUnreadable:
        return


def test_a_mask_shows_three_digits_at_most() -> None:
    assert mask_id("000190000001") == "•••••••••001"
    assert mask_id("123") == "•••"
    assert mask_id("") == ""
