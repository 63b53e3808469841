"""The text of a VietQR code, on the published vectors of NAPAS's profile."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tinhso.payments.vietqr import MOST, Destination, checksum, closed, payload, plain

TO = Destination("970403", "0011012345678")
TO_ACCOUNT = (
    "00020101021138570010A00000072701270006970403011200110123456780208QRIBFTTA53037045802VN6304"
)
"""As published: the inner length of the account says 12 for 13 digits, so it is checked, not built."""
TO_CARD = (
    "00020101021138600010A00000072701300006970403011697040311012345670208QRIBFTTC53037045802VN6304"
)
ONCE_TO_ACCOUNT = (
    "00020101021238570010A00000072701270006970403011300110123456780208QRIBFTTA"
    "530370454061800005802VN62340107NPS68690819thanh toan don hang6304"
)
ONCE_TO_CARD = (
    "00020101021238600010A00000072701300006970403011697040311012345670208QRIBFTTC"
    "530370454061800005802VN62340107NPS68690819thanh toan don hang6304"
)


@pytest.mark.parametrize(
    ("text", "crc"),
    [(TO_ACCOUNT, "F4E5"), (TO_CARD, "4F52"), (ONCE_TO_ACCOUNT, "2E2E"), (ONCE_TO_CARD, "A203")],
)
def test_the_checksum_is_that_of_the_published_vectors(text: str, crc: str) -> None:
    assert checksum(text) == crc
    assert closed(text.removesuffix("6304")) == text + crc


def test_a_code_for_one_payment_is_built_as_published_but_for_the_capitals() -> None:
    built = payload(TO, amount=180_000, bill="NPS6869", purpose="thanh toan don hang")
    assert built[:-4] == ONCE_TO_ACCOUNT.replace("thanh toan don hang", "THANH TOAN DON HANG")


def test_a_code_without_an_amount_may_be_used_again() -> None:
    assert payload(TO).startswith("000201010211")
    assert "5406" not in payload(TO)


@pytest.mark.parametrize("amount", [0, -1, MOST + 1])
def test_an_amount_that_no_code_holds_is_refused(amount: int) -> None:
    with pytest.raises(ValueError, match="cannot stand"):
        payload(TO, amount=amount)


@pytest.mark.parametrize(("bank", "account"), [("97040", "1"), ("970403", ""), ("970403", "1 2")])
def test_what_is_no_account_is_refused(bank: str, account: str) -> None:
    with pytest.raises(ValueError, match="no account"):
        Destination(bank, account)


def test_marks_are_taken_off() -> None:
    assert plain("Lệ phí hộ tịch: Đặng; H99.41-260914-0001", 60) == (
        "LE PHI HO TICH DANG H99.41-260914-0001"
    )


def _fields(text: str) -> dict[str, str]:
    """A reader of our own that knows the lengths alone."""
    found, place = {}, 0
    while place < len(text):
        length = int(text[place + 2 : place + 4])
        found[text[place : place + 2]] = text[place + 4 : place + 4 + length]
        place += 4 + length
    return found


@pytest.mark.slow
@given(
    amount=st.none() | st.integers(1, MOST),
    account=st.from_regex(r"[0-9A-Z]{1,19}", fullmatch=True),
    bill=st.text(max_size=60),
    purpose=st.text(max_size=60),
)
def test_every_code_is_ascii_and_reads_back(
    amount: int | None, account: str, bill: str, purpose: str
) -> None:
    text = payload(Destination("970403", account), amount=amount, bill=bill, purpose=purpose)
    assert text.isascii()
    assert checksum(text[:-4]) == text[-4:]
    assert re.fullmatch(r"[0-9A-F]{4}", text[-4:])
    fields = _fields(text)
    assert fields.get("54") == (None if amount is None else str(amount))
    assert _fields(_fields(fields["38"])["01"]) == {"00": "970403", "01": account}
    more = _fields(fields.get("62", ""))
    assert (more.get("01", ""), more.get("08", "")) == (plain(bill, 25), plain(purpose, 25))
