"""Whether a line says what was asked for, and not only words like it. Pure.

A Vietnamese word is mostly two syllables, and each of them stands in many others: `chung` and `thuc` in a name are not
`chứng thực`. So a pair of syllables counts only where it stands as a pair; what every procedure says (`đăng ký`, `cấp
giấy phép`) counts only where nothing else was asked for. What is no Vietnamese syllable is a word by itself.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

PHRASE_ENDS = ""
"""Stands between the phrases of a line, so that no pair reaches from one into the next."""
COMMON = frozenset(
    tuple(phrase.split())
    for phrase in (
        "dang ky", "dang ki", "cap giay", "giay phep", "giay chung", "chung nhan", "cap phep", "cap lai", "cap doi",
        "xac nhan", "thu tuc", "ho so", "de nghi", "gia han", "cap moi", "lam lai", "thay doi", "giay to",
    )
)  # fmt: skip
_OF_COMMON = frozenset(word for pair in COMMON for word in pair)
_SURE_SLIP = 4
_SYLLABLE = re.compile(
    r"(ngh|ng|nh|ch|gh|gi|kh|ph|qu|th|tr|[bcdghklmnprstvx])?[aeiouy]{1,3}(ch|nh|ng|[cmnpt])?"
)


def is_meant(asked: Sequence[str], alike: Mapping[str, str], line: Sequence[str]) -> bool:
    """Whether the line holds a word that carries the meaning of the question.

    `alike` gives for each word asked the one of the line that is like it, or an empty text.
    """
    if len(asked) == 1:
        return True
    sure = {word: like if _is_sure(word, like) else "" for word, like in alike.items()}
    pairs = set(pairwise(line))
    parts = _parts(asked) or [list(asked)]
    for part in parts:
        if any(sure[word] and not _SYLLABLE.fullmatch(word) for word in part if len(word) > 1):
            return True
        if len(part) == 1 and sure[part[0]]:
            return True
        if any((sure[one], sure[two]) in pairs for one, two in pairwise(part)):
            return True
    return False


def share(asked: Sequence[str], alike: Mapping[str, str], line: Sequence[str]) -> float:
    """How much of what was asked the line says, from 0 to 1: of its pairs of syllables, or of its words.

    What every procedure says counts only where nothing else was asked for.
    """
    sure = {word: like if _is_sure(word, like) else "" for word, like in alike.items()}
    pairs = set(pairwise(line))
    said: list[bool] = []
    for part in _parts(asked) or [list(asked)]:
        if len(part) > 1 and all(_SYLLABLE.fullmatch(word) for word in part):
            said += [(sure[one], sure[two]) in pairs for one, two in pairwise(part)]
        else:
            said += [bool(sure[word]) for word in part]
    return sum(said) / max(len(said), 1)


def _is_sure(asked: str, like: str) -> bool:
    """Whether the one is the other, begun or slipped in; a slip in a short syllable makes it any other."""
    return bool(like) and (like.startswith(asked) or len(asked) >= _SURE_SLIP)


def _parts(asked: Sequence[str]) -> list[list[str]]:
    """The runs of words between what every procedure says."""
    parts: list[list[str]] = [[]]
    place = 0
    while place < len(asked):
        if tuple(asked[place : place + 2]) in COMMON:
            parts.append([])
            place += 2
        else:
            parts[-1].append(asked[place])
            place += 1
    return [part for part in parts if len(part) > 1 or (part and part[0] not in _OF_COMMON)]
