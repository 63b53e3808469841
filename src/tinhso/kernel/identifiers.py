"""Identifiers that people read: the reference of a submission and the official number of a dossier.

Number: `H48.36-261122-0975`, agency code level 1 first, day of receipt, sequence of the agency that day
(TT 01/2018/TT-VPCP Điều 19 with the agency code order of practice since TT 03/2025/TT-VPCP).
"""

from __future__ import annotations

import secrets
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

MOST_DIGITS = 18
"""What every number column holds; Python itself refuses to read several thousand."""
CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXY"  # without Z: 31 characters, a prime, so that the check sees every slip
_READ_AS = str.maketrans({"O": "0", "I": "1", "L": "1", "U": "V", "-": None})
_MINUS = "\u2212"
REFERENCE_LENGTH = 10


def read_code(text: str) -> str:
    """A code as typed or copied from a paper: in capitals, without blanks and unseen signs, every dash a hyphen.

    What is copied out of a PDF or a message carries zero-width spaces, soft hyphens and line ends; none is meant.
    """
    kinds = [(char, unicodedata.category(char)) for char in unicodedata.normalize("NFKC", text)]
    kept = (
        "-" if kind == "Pd" or char == _MINUS else char
        for char, kind in kinds
        if kind[0] not in "CZ"
    )
    return "".join(kept).upper()


def read_codes(text: str) -> list[str]:
    """What a typed code may be: as it stands, and with a hyphen where blanks were typed (`H48.36 261122 0975`)."""
    parts = [read for part in text.replace("-", " ").split() if (read := read_code(part))]
    return list(dict.fromkeys([read_code(text), "-".join(parts)]))


def read_number(text: str) -> int | None:
    """The number that plain digits write (a key, a version, sent by a page), or None when it cannot be one."""
    return int(text) if text.isdecimal() and len(text) <= MOST_DIGITS else None


def new_reference() -> str:
    """Ten Crockford characters, nine random (44 bits) and one check; read aloud as `ABCDE-12345`."""
    body = "".join(secrets.choice(CROCKFORD) for _ in range(REFERENCE_LENGTH - 1))
    return body + check_character(body)


def check_character(body: str) -> str:
    """Weighted sum modulo 31: one wrong character or two swapped neighbours are always seen."""
    return CROCKFORD[
        sum((index + 2) * CROCKFORD.index(char) for index, char in enumerate(body)) % len(CROCKFORD)
    ]


def read_reference(text: str) -> str | None:
    """The reference as typed by a person (lower case, O for 0, dashes), or None when it cannot be one."""
    typed = read_code(text).translate(_READ_AS)
    if len(typed) != REFERENCE_LENGTH or any(char not in CROCKFORD for char in typed):
        return None
    return typed if check_character(typed[:-1]) == typed[-1] else None


def show_reference(reference: str) -> str:
    """`ABCDE12345` as `ABCDE-12345`."""
    return f"{reference[:5]}-{reference[5:]}"


def show_number(agency_code: str, day: date, sequence: int) -> str:
    """The official number for a receipt: code, official day, sequence of that agency and day."""
    return f"{agency_code}-{day:%y%m%d}-{sequence:04d}"
