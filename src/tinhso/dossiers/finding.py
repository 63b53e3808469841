"""By what open work is found: folded words, and codes from their beginning and from their end. Pure.

A code stands among the words twice, as it is behind `<` and mirrored behind `>`, so that both ends are beginnings.
No folded word begins with either sign.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tinhso.kernel.folding import tsquery
from tinhso.kernel.identifiers import read_codes, read_reference

if TYPE_CHECKING:
    from collections.abc import Iterable

SHORTEST_CODE = 4
"""Fewer characters of a code would find half the province."""
OF_A_TRANSFER = "PLP"
"""How the words of a transfer begin (`payments.queries.purpose_of`)."""
_NOT_IN_CODES = re.compile(r"[^0-9A-Z./-]")


def found_under(words: str | Iterable[str], codes: Iterable[str]) -> list[str]:
    """What a piece of open work is found under: the words of its dossier, as stored or as a list, and its codes."""
    listed = words.replace("'", "").split() if isinstance(words, str) else words
    return sorted({*listed, *(mark for code in codes for mark in marks(code))})


def marks(code: str) -> tuple[str, str]:
    """A code as two words: by its beginning and by its end."""
    plain = _NOT_IN_CODES.sub("", code.upper())
    return f"<{plain}", f">{plain[::-1]}"


def codes_in(text: str) -> list[str]:
    """The code that was typed, as people type it (`read_codes`); empty when it can be none.

    The words of a transfer are such a code, with `PLP` before it.
    """
    read = (code.removeprefix(OF_A_TRANSFER).removeprefix("-") for code in read_codes(text))
    return [
        code
        for code in dict.fromkeys(read)
        if any(char.isdigit() for char in code) and len(code) >= SHORTEST_CODE
    ]


def words_in(text: str) -> str:
    """The words that were typed; empty when it is a code of digits alone, which would find all of a procedure."""
    codes = codes_in(text)
    return text if not codes or any(char.isalpha() for char in codes[0]) else ""


def question(text: str) -> str:
    """What is typed into the search, as a tsquery over `found_under`; empty when nothing can be found.

    What could be several things is looked for as each: a phone number may be a reference, a name may hold a year.
    """
    parts = []
    reference = read_reference(text.strip())
    if reference is not None:
        parts.append(f"'<{reference}'")
    for beginning, end in map(marks, codes_in(text)):
        if len(beginning) > SHORTEST_CODE:
            parts += [f"'{beginning}':*", f"'{end}':*"]
    words = tsquery(words_in(text))
    if words:
        parts.append(f"({words})")
    return " | ".join(parts)
