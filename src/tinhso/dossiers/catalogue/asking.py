"""What somebody asks for, in their own words: courtesies left out, everyday words put into the words of the law."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

import yaml

from tinhso.dossiers.catalogue.indexing import words

LONGEST = 16  # words of a question that count
_MOST_READINGS = 8
_EVERYDAY = Path(__file__).with_name("everyday_words.yaml")

Words = tuple[str, ...]


@dataclass(frozen=True)
class Everyday:
    """The list of everyday words (từ thường gọi): what people say, and what the procedure is called."""

    passed_over: tuple[Words, ...]
    said: tuple[tuple[Words, Words], ...]

    @cached_property
    def spoken(self) -> frozenset[str]:
        """The words that say all by themselves (cưới): who types one has not slipped, and did not mean `dưới`."""
        return frozenset(phrase[0] for phrase, _meaning in self.said if len(phrase) == 1)


@cache
def everyday() -> Everyday:
    """The list, folded; longer phrases first, so that they win over a part of them."""
    content = yaml.safe_load(_EVERYDAY.read_text(encoding="utf-8"))
    said = [
        (tuple(words(phrase)), tuple(words(meaning)))
        for rule in content["everyday"]
        for phrase in rule["say"]
        for meaning in rule["means"]
    ]
    passed_over = {tuple(words(phrase)) for phrase in content["passed_over"]}
    return Everyday(
        passed_over=tuple(sorted(passed_over, key=len, reverse=True)),
        said=tuple(sorted(said, key=lambda rule: (-len(rule[0]), rule))),
    )


def readings(text: str) -> list[Words]:
    """The ways in which a question can be read: as typed, and with everyday words put into those of the law."""
    asked = tuple(words(text)[:LONGEST])
    if not asked:
        return []
    found = dict.fromkeys([without_courtesies(asked)])
    for reading in (asked, without_courtesies(asked)):
        found.update(dict.fromkeys(_translated(reading)))
    return [reading for reading in found if reading][:_MOST_READINGS]


def without_courtesies(asked: Words) -> Words:
    """The words without those that only ask (xin, làm, thủ tục, ở đâu); all of them when nothing else is left."""
    left = asked
    for phrase in everyday().passed_over:
        while (place := _place(left, phrase)) is not None:
            left = left[:place] + left[place + len(phrase) :]
    return left or asked


def _translated(asked: Words) -> Iterator[Words]:
    taken: list[tuple[int, int]] = []
    for phrase, meaning in everyday().said:
        place = _place(asked, phrase)
        if place is None:
            continue
        span = (place, place + len(phrase))
        if any(
            start <= span[0] and span[1] <= end and (start, end) != span for start, end in taken
        ):
            continue
        taken.append(span)
        rest = (
            without_courtesies(asked[: span[0]] + asked[span[1] :])
            if len(asked) > len(phrase)
            else ()
        )
        yield meaning + tuple(
            word for word in rest if word not in meaning and not _is_courtesy(word)
        )


def _is_courtesy(word: str) -> bool:
    return any(word in phrase for phrase in everyday().passed_over)


def _place(held: Words, phrase: Words) -> int | None:
    span = len(phrase)
    places = range(len(held) - span + 1)
    return next((place for place in places if held[place : place + span] == phrase), None)
