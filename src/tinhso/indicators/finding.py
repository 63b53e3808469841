"""Finding a figure by words, without accents (tìm số liệu): "ty le ho so truc tuyen thang 9 so y te".

The words of a period are taken first, then the longest run of words that begins the name of an agency; what is left
says which indicator.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from tinhso.agencies.queries import directory
from tinhso.calendars.clock import day_of
from tinhso.indicators import catalogue
from tinhso.indicators.cutting import DECEMBER, Cut, month, quarter, year
from tinhso.indicators.permissions import IndicatorPermission
from tinhso.kernel.folding import fold, tokens
from tinhso.kernel.permissions import require

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from tinhso.indicators.definitions import Indicator
    from tinhso.kernel.actors import Actor

MOST = 10
_LONGEST_NAME = 9
_QUARTERS = {"1": 1, "2": 2, "3": 3, "4": 4, "i": 1, "ii": 2, "iii": 3, "iv": 4}
_MONTH = re.compile(r"\bthang (?P<month>1[0-2]|0?[1-9])(?: (?:nam )?(?P<year>20\d\d))?\b")
_QUARTER = re.compile(r"\bquy (?P<quarter>[1-4]|i{1,3}|iv)(?: (?:nam )?(?P<year>20\d\d))?\b")
_YEAR = re.compile(r"\bnam (?P<year>20\d\d)\b")
_STRAY = frozenset({"cua", "o", "tai", "trong", "the", "nao", "bao", "nhieu", "toan", "so", "lieu"})


@dataclass(frozen=True)
class Found:
    """An indicator that the words may mean, in the interval and at the agency that they name."""

    indicator: Indicator
    cut: Cut
    agency: int | None
    score: float


def find(text: str, *, actor: Actor, at: datetime) -> list[Found]:
    """The indicators that the words may mean, the likeliest first; the interval is this month's when none is named."""
    require(actor, IndicatorPermission.READ, at=at)
    today = day_of(at)
    words = " ".join(_words(text))
    words, cut = _period(words, today)
    left, agency = _agency(words.split(), today)
    wanted = [word for word in left if word not in _STRAY] or left
    found = [
        Found(indicator, cut, agency, score)
        for indicator in catalogue.in_force().values()
        if (score := _score(indicator, wanted)) > 0
    ]
    return sorted(found, key=lambda each: (-each.score, len(each.indicator.name)))[:MOST]


def _words(text: str) -> list[str]:
    """The words in their order, without accents."""
    return re.findall(r"\w+", fold(text))


def _period(words: str, today: date) -> tuple[str, Cut]:
    """The words without those of the period, and the period; without a year the last one that has begun."""
    for pattern in (_MONTH, _QUARTER, _YEAR):
        match = pattern.search(words)
        if match is None:
            continue
        rest = (words[: match.start()] + words[match.end() :]).strip()
        named = int(match["year"]) if match["year"] else 0
        if pattern is _YEAR:
            return rest, year(named)
        if pattern is _MONTH:
            number = int(match["month"])
            return rest, month(named or _latest(number, today), number)
        number = _QUARTERS[match["quarter"]]
        return rest, quarter(named or _latest(3 * number - 2, today), number)
    return words, month(today.year, today.month)


def _latest(number: int, today: date) -> int:
    """The year of the last month of that number that has begun."""
    return today.year if number <= min(today.month, DECEMBER) else today.year - 1


def _agency(words: Sequence[str], today: date) -> tuple[list[str], int | None]:
    """The words without the longest run of them that is the name of an agency, or its end, and that agency."""
    names = [(_words(period.name), period.agency_id) for period in directory(today)]
    for length in range(min(len(words), _LONGEST_NAME), 1, -1):
        for begin in range(len(words) - length + 1):
            run = list(words[begin : begin + length])
            matching = {agency for name, agency in names if _names(name, run)}
            if len(matching) == 1:
                return [*words[:begin], *words[begin + length :]], matching.pop()
    return list(words), None


def _names(name: Sequence[str], run: Sequence[str]) -> bool:
    """Whether the words are the beginning of a name (with or without UBND)."""
    plain = name[1:] if name[:1] == ["ubnd"] else name
    return list(plain[: len(run)]) == list(run)


def _score(indicator: Indicator, wanted: Sequence[str]) -> float:
    """How much of what is wanted the names of the indicator say; words of a figure's number count whole."""
    said = set(_words_of(indicator))
    if not wanted:
        return 0
    hits = sum(any(word.startswith(each) for word in said) for each in wanted)
    share = hits / len(wanted)
    return share + hits / (10 + len(said)) if share > 1 / 2 else 0


def _words_of(indicator: Indicator) -> Iterator[str]:
    yield from tokens(f"{indicator.name} {indicator.name_en}")
    yield from indicator.code.split("-")
    yield from (figure.lower() for figure in indicator.figures)
