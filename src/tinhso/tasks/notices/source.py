"""A text and its shadow without accents, whose every letter knows its place in the original.

Patterns run on the shadow (so "phối hơp" and "PHỐI HỢP" are found alike, and text in NFC or NFD),
what is told is always a slice of the original.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, cast


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Where something stands in the text: from `start` to before `end`, in characters."""

    start: int
    end: int

    def __len__(self) -> int:
        return self.end - self.start

    def holds(self, other: Span) -> bool:
        """Whether the other lies wholly inside."""
        return self.start <= other.start and other.end <= self.end


@dataclass(frozen=True)
class Source:
    """The text of a notice; `shadow` is lower case without marks, `places[i]` is where its letter i stood."""

    text: str
    shadow: str = field(init=False, repr=False)
    places: list[int] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        letters: list[str] = []
        places: list[int] = []
        for index, char in enumerate(self.text):
            plain = _plain(char)
            if plain:
                letters.append(plain)
                places.append(index)
        places.append(len(self.text))
        object.__setattr__(self, "shadow", "".join(letters))
        object.__setattr__(self, "places", places)

    def of(self, span: Span) -> str:
        """The words as written."""
        return self.text[span.start : span.end]

    def trimmed(self, span: Span, *, strip: str = " \t\r\n\xa0") -> Span:
        """The same without white space (or other signs) at both ends."""
        start, end = span.start, span.end
        while start < end and self.text[start] in strip:
            start += 1
        while end > start and self.text[end - 1] in strip:
            end -= 1
        return Span(start, end)

    def search(self, pattern: re.Pattern[str], within: Span) -> re.Match[str] | None:
        """The first place of the pattern in that part."""
        return pattern.search(self.shadow, *self._shade(within))

    def match(self, pattern: re.Pattern[str], within: Span) -> re.Match[str] | None:
        """The pattern at the very beginning of that part."""
        return pattern.match(self.shadow, *self._shade(within))

    def every(self, pattern: re.Pattern[str], within: Span) -> list[re.Match[str]]:
        """Every place of the pattern in that part."""
        return list(pattern.finditer(self.shadow, *self._shade(within)))

    def span(self, match: re.Match[str], group: int | str = 0) -> Span:
        """Where a group of a match stands in the original, marks of the last letter included."""
        start, end = match.span(group)
        return Span(self.places[start], self.places[end] if end > start else self.places[start])

    def _shade(self, within: Span) -> tuple[int, int]:
        return bisect_left(self.places, within.start), bisect_left(self.places, within.end)


@lru_cache(maxsize=4096)
def folded(text: str) -> str:
    """The shadow of a few words, for comparing them."""
    return "".join(map(_plain, text))


def pattern(expression: str) -> re.Pattern[str]:
    r"""A pattern written in Vietnamese, run on the shadow: `pattern(r"phối\s+hợp")`."""
    return cast("re.Pattern[str]", _Pattern(expression))


class _Pattern:
    """Compiled at its first use: all of them together cost each start of a process a third of a second."""

    def __init__(self, expression: str) -> None:
        self._expression = expression

    def __getattr__(self, name: str) -> Any:
        if name not in _OF_PATTERNS:
            raise AttributeError(name)
        plain = (char if char.isascii() else _plain(char) for char in self._expression)
        compiled = re.compile("".join(plain))
        self.__dict__.update({each: getattr(compiled, each) for each in _OF_PATTERNS})
        return getattr(compiled, name)


_OF_PATTERNS = ("search", "match", "fullmatch", "finditer", "findall", "split", "sub", "pattern")


def words(*phrases: str) -> str:
    """An alternative of phrases, longest first; a blank stands for any white space."""
    ordered = sorted((phrase.strip().lower() for phrase in phrases), key=len, reverse=True)
    return "(?:" + "|".join(r"\s+".join(map(re.escape, one.split())) for one in ordered) + ")"


def phrases(text: str) -> tuple[str, ...]:
    """The phrases of a list that is written with bars: "tham mưu | rà soát"."""
    return tuple(" ".join(part.split()) for part in text.split("|"))


def _plain(char: str) -> str:
    """The letter without its marks, in lower case; nothing for a mark that stands alone."""
    if char.isascii():
        return char.lower()
    if char in "đĐ":
        return "d"
    if unicodedata.combining(char):
        return ""
    plain = unicodedata.normalize("NFD", char)[0].lower()
    return {"\xa0": " ", "–": "-", "—": "-", "“": '"', "”": '"', "…": "…"}.get(plain, plain)[:1]
