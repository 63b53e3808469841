"""The text of a VietQR code: EMVCo merchant-presented QR, by NAPAS's profile for transfers.

A chain of fields, each two digits of name, two of length, then the value; the last is a CRC-16/CCITT-FALSE over all
before it and its own name and length. Texts in it are ASCII: banking apps drop or refuse Vietnamese marks.
"""

from __future__ import annotations

import binascii
import re
from dataclasses import dataclass

from tinhso.kernel.folding import fold

GUID = "A000000727"
TO_ACCOUNT = "QRIBFTTA"
DONG = "704"
LONGEST_BILL = 25
LONGEST_PURPOSE = 25
MOST = 10**13 - 1
"""The amount has at most thirteen characters."""
_BANK = re.compile(r"\d{6}", re.ASCII)
_ACCOUNT = re.compile(r"[0-9A-Za-z]{1,19}", re.ASCII)
_OTHER = re.compile(r"[^A-Za-z0-9 .\-/]+")


@dataclass(frozen=True)
class Destination:
    """Where the money goes: the bank by its BIN (six digits), the account by its number."""

    bank: str
    account: str

    def __post_init__(self) -> None:
        if not is_bank(self.bank) or not is_account(self.account):
            raise ValueError("no account of a bank")


def is_bank(text: str) -> bool:
    """Whether it can be the BIN of a bank."""
    return _BANK.fullmatch(text) is not None


def is_account(text: str) -> bool:
    """Whether it can be the number of an account."""
    return _ACCOUNT.fullmatch(text) is not None


def plain(text: str, longest: int) -> str:
    """The text in ASCII capitals without marks, cut to a length: `Lệ phí hộ tịch` is `LE PHI HO TICH`."""
    return " ".join(_OTHER.sub(" ", fold(text)).upper().split())[:longest].rstrip()


def payload(
    to: Destination, *, amount: int | None = None, bill: str = "", purpose: str = ""
) -> str:
    """The text of the code. With `amount` (whole đồng) it is for one payment, without it may be used again.

    `bill` (the dossier's code) and `purpose` are made plain. Raises `ValueError` for an amount that no code can hold.
    """
    if amount is not None and not 0 < amount <= MOST:
        raise ValueError(f"{amount} đồng cannot stand in a code")
    bank = _field("00", to.bank) + _field("01", to.account)
    text = (
        _field("00", "01")
        + _field("01", "11" if amount is None else "12")
        + _field("38", _field("00", GUID) + _field("01", bank) + _field("02", TO_ACCOUNT))
        + _field("53", DONG)
        + (_field("54", str(amount)) if amount is not None else "")
        + _field("58", "VN")
    )
    more = _said("01", plain(bill, LONGEST_BILL)) + _said("08", plain(purpose, LONGEST_PURPOSE))
    return closed(text + _said("62", more))


def closed(text: str) -> str:
    """The text with its checksum (field 63) behind it."""
    return f"{text}6304{checksum(text + '6304')}"


def checksum(text: str) -> str:
    """CRC-16/CCITT-FALSE (polynomial 1021, begins with FFFF) as four capital hexadecimal digits."""
    return f"{binascii.crc_hqx(text.encode('ascii'), 0xFFFF):04X}"


def _field(name: str, value: str) -> str:
    return f"{name}{len(value):02d}{value}"


def _said(name: str, value: str) -> str:
    return _field(name, value) if value else ""
