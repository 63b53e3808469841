"""Search without accents (tìm không dấu) and Vietnamese sorting, in plain Python.

A word is folded (đ → d, marks off, lower case) and split on everything that is neither letter nor
digit; parts and the whole are kept. The result is stored as a tsvector cast from an array, never
through PostgreSQL's text parser, which takes a code such as `h15.50.05.13-261008-0975` as one
lexeme.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_SPLIT = re.compile(r"[^0-9a-z]+")
_ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_LETTER = {letter: f"{index:02d}" for index, letter in enumerate(_ALPHABET)}
_TONES = {
    "\u0300": 1,
    "\u0309": 2,
    "\u0303": 3,
    "\u0301": 4,
    "\u0323": 5,
}  # huyền hỏi ngã sắc nặng: dictionary order
MAX_TOKEN = 64


def fold(text: str) -> str:
    """The text in lower case without marks; every other character stays."""
    lowered = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    return "".join(char for char in lowered if not unicodedata.combining(char))


def tokens(text: str) -> list[str]:
    """The folded words of a text, sorted and without repeats.

    Each part, and each whole that was split by a sign.
    """
    found: set[str] = set()
    for word in fold(text).split():
        parts = [part for part in _SPLIT.split(word) if part]
        found.update(parts)
        if len(parts) > 1:
            found.add("".join(parts))
    return sorted(token[:MAX_TOKEN] for token in found)


def tsquery(text: str) -> str:
    """A prefix query (`'nguyen':* & 'an':*`) for `::tsquery`.

    Empty when the text holds no letter or digit.
    """
    return " & ".join(
        f"'{token}':*" for token in (part[:MAX_TOKEN] for part in _SPLIT.split(fold(text)) if part)
    )


def is_called(name: str, search: str) -> bool:
    """Whether each word of a search begins a word of the name, without accents; nothing asked is any name."""
    known = tokens(name)
    return all(any(word.startswith(part) for word in known) for part in tokens(search))


def alphabetical(text: str) -> str:
    """Key by which Vietnamese sort titles and names of places, from the first word on: ă after a, đ after d."""
    return "  ".join(_word_key(word) for word in text.split())


def sort_key(name: str) -> str:
    """Key by which Vietnamese sort names.

    Given name first, then family and middle names; letters before tones. A number at the end, by which two
    of the same name are told apart (Lan 012), is not the given name.
    """
    words = name.split()
    spoken = [place for place, word in enumerate(words) if any(map(str.isalpha, word))]
    given = spoken[-1] if spoken else len(words) - 1
    ordered = words[given : given + 1] + words[:given] + words[given + 1 :]
    return "  ".join(_word_key(word) for word in ordered)


@lru_cache(maxsize=4096)
def _word_key(word: str) -> str:
    letters: list[str] = []
    tone = 0
    for char in unicodedata.normalize("NFC", word.lower()):
        base = unicodedata.normalize("NFD", char)
        for mark in base[1:]:
            tone = _TONES.get(mark, tone)
        plain = unicodedata.normalize("NFC", "".join(mark for mark in base if mark not in _TONES))
        letters.append(_LETTER.get(plain, plain if plain.isalnum() else ""))
    return "".join(letters) + f" {tone}"
