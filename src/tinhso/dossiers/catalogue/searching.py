"""Find procedures by a question: without accents, with slips of the finger, in everyday words.

Two queries whatever the size: the words near those typed with the lines that hold them, then the best lines. The rest
is arithmetic over a few thousand small numbers.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from functools import reduce
from itertools import pairwise, takewhile
from math import log
from operator import or_

from django.db.models import Q

from tinhso.dossiers.catalogue.asking import Words, everyday, readings
from tinhso.dossiers.catalogue.indexing import NAME, build_once, keys
from tinhso.dossiers.catalogue.meaning import is_meant, share
from tinhso.dossiers.models import Finding, FindingWord

MOST_FOUND = 200
_EXACT, _BEGINS, _SLIP = 1.0, 0.8, 0.6
_SHORTEST_BEGINNING = 2
_SHORTEST_JOINED = 5
_SURE_SLIP = 4  # letters; a slip in a shorter word is looked for only if nothing is written like it
_MOST_LOOKED_AT = 60  # lines of one reading whose names are compared
_LEAST_COVERED = 0.45
_LEAST_OF_BEST = 0.65
_LEAST_SAID = 0.45
_NOT_LINES = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class Found:
    """A line with how well it answers, between 0 and about 1.5, and how much of the question it says, up to 1."""

    line: Finding
    score: float
    share: float

    @property
    def is_answer(self) -> bool:
        """Whether it says enough of what was asked; what says less is a neighbour, shown as one."""
        return self.share >= _LEAST_SAID


@dataclass(frozen=True)
class _Word:
    word: str
    lines: list[int]
    weights: list[int]


def search(text: str) -> list[Found]:
    """The procedures that answer best, the best first; none for a question without a letter or digit."""
    asked = readings(text)
    if not asked:
        return []
    vocabulary = _vocabulary(asked)
    if not vocabulary and build_once():
        vocabulary = _vocabulary(asked)
    _learn_halves(asked, vocabulary)
    asked = [apart for apart in (_apart(reading, vocabulary) for reading in asked) if apart]
    total = max((len(word.lines) for word in vocabulary.values()), default=1) * 3
    near = {token: _near(token, vocabulary, is_last) for token, is_last in _tokens(asked)}
    rated = {reading: _covered(reading, near, vocabulary, total) for reading in asked}
    looked_at = {
        pk
        for covered in rated.values()
        for pk in sorted(covered, key=lambda pk: (-covered[pk], pk))[:_MOST_LOOKED_AT]
    }
    lines = Finding.objects.in_bulk(list(looked_at))
    marks = _marked(text)
    found: dict[int, float] = {}
    said: dict[int, float] = {}
    for reading, covered in rated.items():
        for pk in looked_at & covered.keys():
            line = lines[pk]
            alike = _alike(line, reading, near)
            if is_meant(reading, alike, line.words):
                score = _score(line, reading, covered[pk], near, marks)
                found[pk] = max(score, found.get(pk, 0))
                said[pk] = max(share(reading, alike, line.words), said.get(pk, 0))
    least = max(found.values(), default=0) * _LEAST_OF_BEST
    good = (pk for pk, score in found.items() if score >= least)
    ordered = sorted(good, key=lambda pk: (-found[pk], lines[pk].name, pk))
    return [Found(lines[pk], found[pk], said[pk]) for pk in ordered[:MOST_FOUND]]


def _tokens(asked: list[Words]) -> list[tuple[str, bool]]:
    """Each word of the readings, and whether it may be one that is still being typed."""
    last = {asked[0][-1]}
    return [(token, token in last) for token in {token for reading in asked for token in reading}]


def _vocabulary(asked: list[Words]) -> dict[str, _Word]:
    tokens = {token for reading in asked for token in reading}
    shared = {key for token in tokens for key in keys(token)}
    wanted = [Q(keys__overlap=sorted(shared))]
    if len(asked[0][-1]) >= _SHORTEST_BEGINNING:
        wanted.append(Q(word__startswith=asked[0][-1]))
    return _words(reduce(or_, wanted))


def _words(wanted: Q) -> dict[str, _Word]:
    rows = FindingWord.objects.filter(wanted).values_list("word", "lines", "weights")
    return {word: _Word(word, lines, weights) for word, lines, weights in rows}


def _learn_halves(asked: list[Words], vocabulary: dict[str, _Word]) -> None:
    """Ask also for the halves of words that nothing is written like; most questions have none."""
    tokens = {token for reading in asked for token in reading}
    unknown = [
        one
        for one in tokens
        if not any(one == word or is_one_slip(one, word) for word in vocabulary)
    ]
    halves = {part for token in unknown for pair in _halves(token) for part in pair}
    if halves:
        vocabulary.update(_words(Q(word__in=sorted(halves))))


def _halves(token: str) -> list[tuple[str, str]]:
    """The two words that a long one may be, where the blank was left out."""
    if len(token) < _SHORTEST_JOINED or token.isdigit():
        return []
    return [(token[:place], token[place:]) for place in range(2, len(token) - 1)]


def _apart(reading: Words, vocabulary: dict[str, _Word]) -> Words:
    """The reading with words apart that were run together (`giayphep`) and that nobody writes so."""
    parts: list[str] = []
    for token in reading:
        known = [pair for pair in _halves(token) if pair[0] in vocabulary and pair[1] in vocabulary]
        if known and token not in vocabulary:
            parts += max(known, key=lambda pair: min(len(vocabulary[word].lines) for word in pair))
        else:
            parts.append(token)
    return tuple(parts)


def _near(token: str, vocabulary: dict[str, _Word], is_last: bool) -> dict[str, float]:
    """The known words that the typed one may be, with how sure that is."""
    found = {token: _EXACT} if token in vocabulary else {}
    may_slip = (len(token) >= _SURE_SLIP or not found) and token not in everyday().spoken
    for word in vocabulary:
        if word in found:
            continue
        if may_slip and not token.isdigit() and is_one_slip(token, word):
            found[word] = _SLIP if _EXACT not in found.values() else _SLIP / 2
        elif is_last and word.startswith(token) and len(token) >= _SHORTEST_BEGINNING:
            found[word] = _BEGINS if token not in found else _SLIP / 2
    return found


def is_one_slip(typed: str, word: str) -> bool:
    """Whether one letter too many, too few, wrong, or two letters changed places make the one from the other."""
    if abs(len(typed) - len(word)) > 1 or typed == word:
        return False
    start = 0
    while start < min(len(typed), len(word)) and typed[start] == word[start]:
        start += 1
    left, right = typed[start:], word[start:]
    if len(left) == len(right):
        swapped = len(left) > 1 and left[1::-1] + left[2:] == right
        return left[1:] == right[1:] or swapped
    longer, shorter = (left, right) if len(left) > len(right) else (right, left)
    return longer[1:] == shorter


def _covered(
    reading: Words, near: dict[str, dict[str, float]], vocabulary: dict[str, _Word], total: int
) -> dict[int, float]:
    """For each line the part of the reading, by how telling its words are, that the line holds."""
    whole = 0.0
    covered: dict[int, float] = defaultdict(float)
    for token in dict.fromkeys(reading):
        words = near[token]
        rarest = min((len(vocabulary[word].lines) for word in words), default=1)
        exact = len(vocabulary[token].lines) if token in vocabulary else rarest
        telling = log(1 + total / max(exact, 1))
        whole += telling
        best: dict[int, float] = {}
        for word, sure in words.items():
            known = vocabulary[word]
            for pk, weight in zip(known.lines, known.weights, strict=True):
                worth = sure * weight / NAME
                if worth > best.get(pk, 0):
                    best[pk] = worth
        for pk, worth in best.items():
            covered[pk] += worth * telling
    return {pk: held / whole for pk, held in covered.items() if held / whole >= _LEAST_COVERED}


def _alike(line: Finding, reading: Words, near: dict[str, dict[str, float]]) -> dict[str, str]:
    """For each word asked the one of the line that is most like it, or an empty text."""
    held = set(line.words)
    return {token: next((word for word in near[token] if word in held), "") for token in reading}


def _score(
    line: Finding,
    reading: Words,
    covered: float,
    near: dict[str, dict[str, float]],
    marks: set[str],
) -> float:
    alike = _alike(line, reading, near)
    name = set(takewhile(bool, line.words))
    pairs = set(pairwise(line.words))
    asked = list(pairwise(reading))
    in_order = sum((alike[one], alike[two]) in pairs for one, two in asked) / max(len(asked), 1)
    named = {word for word in alike.values() if word}
    briefness = len(named & name) / max(len(name), 1)
    opening = bool(line.words) and any(
        word in line.words[:4] for word in (alike[reading[0]],) if word
    )
    score = covered * 0.6 + in_order * 0.25 + briefness * 0.2 + opening * 0.05
    if marks:
        score += 0.15 * len(marks & _marked(line.name)) / len(marks)
    return score + 0.12 * (line.procedure_id is not None) + 0.02 * ("commune" in line.levels)


def _marked(text: str) -> set[str]:
    """The words that were typed with Vietnamese marks: they say more than the folded ones."""
    words = _NOT_LINES.findall(unicodedata.normalize("NFC", text.lower()))
    return {word for word in words if not word.isascii()}
