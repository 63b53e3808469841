"""Numbers that identify people and organisations, and how much of them may be shown.

Personal ID (số định danh cá nhân, TT 59/2021/TT-BCA): three digits of province or country of birth
registration, one of sex and century, two of the birth year, six random; it has no check digit, and
old province codes stay in it for life. Tax code (mã số thuế): ten digits with a check, thirteen for
a dependent unit; an individual's is the personal ID since 1 July 2025.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from tinhso.kernel.identifiers import (
    CROCKFORD,
    REFERENCE_LENGTH,
    check_character,
    read_code,
    read_reference,
)
from tinhso.parties.errors import CardUnreadable

_NOT_DIGIT = re.compile(r"\D")
_PERSONAL_ID = re.compile(r"[0-9]{12}\Z")
_TAX_CODE = re.compile(r"^(\d{10})(?:-?(\d{3}))?$")
_WEIGHTS = (31, 29, 23, 19, 17, 13, 7, 5, 3)
_PHONE = re.compile(r"^0\d{9,10}$")
_CARD_FIELDS = 7
_CARD_DAY = re.compile(r"\d{8}", re.ASCII)
_CARD_NUMBER = re.compile(r"\d{9}|\d{12}", re.ASCII)
_CARD_LETTERS = re.compile(r"[^\W\d_][^\d_|<>]*")
LONGEST_CARD = 2000
LONGEST_ON_CARD = 300
SEXES = ("Nam", "Nữ")
SHOWN_DIGITS = 3
MASK = "•"


@dataclass(frozen=True)
class PersonalId:
    """A personal ID that has the right form; nothing says that it was ever given to anybody."""

    value: str

    @property
    def birth_year(self) -> int:
        """The year of birth that the number carries."""
        return 1900 + int(self.value[3]) // 2 * 100 + int(self.value[4:6])

    @property
    def is_female(self) -> bool:
        """Odd in the fourth place for women."""
        return int(self.value[3]) % 2 == 1


def read_personal_id(text: str) -> PersonalId | None:
    """The personal ID as typed, spaces and dots allowed; None when it is not twelve digits."""
    digits = read_code(text).replace(".", "")
    return PersonalId(digits) if _PERSONAL_ID.match(digits) else None


def read_tax_code(text: str) -> str | None:
    """The tax code in official form (`0123456789-001` for a unit); None when the check fails."""
    typed = read_code(text).replace(".", "")
    if _PERSONAL_ID.match(typed):
        return typed
    match = _TAX_CODE.match(typed)
    if match is None or tax_check_digit(match[1][:9]) != int(match[1][9]):
        return None
    return match[1] if match[2] is None else f"{match[1]}-{match[2]}"


def tax_check_digit(body: str) -> int | None:
    """The tenth digit for nine: 10 less the weighted sum modulo 11; None where that gives 10."""
    weighted = sum(int(digit) * weight for digit, weight in zip(body, _WEIGHTS, strict=True))
    check = 10 - weighted % 11
    return None if check == 10 else check  # noqa: PLR2004  # two digits do not fit one place


def read_phone(text: str) -> str | None:
    """A Vietnamese phone number with its leading zero, also when typed with +84; None otherwise."""
    digits = _NOT_DIGIT.sub("", text)
    if text.strip().startswith("+84") or (digits.startswith("84") and len(digits) > 10):  # noqa: PLR2004
        digits = "0" + digits[2:]
    return digits if _PHONE.match(digits) else None


@dataclass(frozen=True)
class CardText:
    """What the QR code of a citizen card says: unsigned, it fills a form in and proves nothing."""

    personal_id: str
    old_id: str
    name: str
    born_on: date
    sex: str
    address: str
    issued_on: date


def read_card(text: str) -> CardText:
    """Read the QR text of a citizen card (căn cước công dân); refuses with `CardUnreadable`.

    `ID|old ID|name|ddmmyyyy|sex|residence|ddmmyyyy of issue`; the old ID may be empty, and newer
    cards append fields, which are ignored. The code is unsigned, so that anything may stand in it:
    what no card says is refused whole.
    """
    fields = [" ".join(field.split()) for field in text[: LONGEST_CARD + 1].split("|")]
    if len(text) > LONGEST_CARD or len(fields) < _CARD_FIELDS:
        raise CardUnreadable
    number, old, name, _born, sex, address, _issued = fields[:_CARD_FIELDS]
    personal_id = read_personal_id(number)
    if personal_id is None or (old and not _CARD_NUMBER.fullmatch(old)):
        raise CardUnreadable
    if not _CARD_LETTERS.fullmatch(name) or sex not in SEXES:
        raise CardUnreadable
    if any(len(part) > LONGEST_ON_CARD or not part.isprintable() for part in (name, address)):
        raise CardUnreadable
    born_on, issued_on = _day(fields[3]), _day(fields[6])
    if born_on > issued_on:
        raise CardUnreadable
    return CardText(personal_id.value, old, name, born_on, sex, address, issued_on)


def _day(text: str) -> date:
    try:
        if _CARD_DAY.fullmatch(text):
            return datetime.strptime(text, "%d%m%Y").date()  # noqa: DTZ007  # a day has no zone
    except ValueError:
        pass
    raise CardUnreadable


def mask_id(value: str) -> str:
    """A number of identity as an onlooker may see it: all but the last three characters covered."""
    if len(value) <= SHOWN_DIGITS:
        return MASK * len(value)
    return MASK * (len(value) - SHOWN_DIGITS) + value[-SHOWN_DIGITS:]


_CODE_BITS = 44
"""Of the party's uuid, as many as nine characters of 31 hold."""


def account_code(key: UUID) -> str:
    """The short code (mã tài khoản) by which an officer finds the account of the person in front of them.

    It names the party and proves nothing. Nine characters of the uuid and a check, written as a reference is.
    """
    rest, body = key.int >> (128 - _CODE_BITS), ""
    for _place in range(REFERENCE_LENGTH - 1):
        rest, digit = divmod(rest, len(CROCKFORD))
        body = CROCKFORD[digit] + body
    return body + check_character(body)


def read_account_code(text: str) -> tuple[UUID, UUID] | None:
    """The first and the last uuid that such a code can name; None when it is no code."""
    typed = read_reference(text)
    if typed is None:
        return None
    number = 0
    for character in typed[:-1]:
        number = number * len(CROCKFORD) + CROCKFORD.index(character)
    if number >> _CODE_BITS:
        return None
    low = number << (128 - _CODE_BITS)
    return UUID(int=low), UUID(int=low + (1 << (128 - _CODE_BITS)) - 1)
