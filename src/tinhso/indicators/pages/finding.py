"""`/chi-dao/tim/?q=ty le ho so truc tuyen thang 9 so y te`: a figure found by words, without accents."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.shortcuts import render
from django.views.decorators.http import require_safe

from tinhso.agencies.models import AgencyKind
from tinhso.agencies.queries import directory
from tinhso.calendars.clock import day_of
from tinhso.indicators import queries as figures
from tinhso.indicators.definitions import Status
from tinhso.indicators.pages import comparing, places, tiles
from tinhso.indicators.pages.choosing import Chosen
from tinhso.indicators.pages.intervals import Interval, month_of, written
from tinhso.indicators.permissions import IndicatorPermission
from tinhso.kernel.folding import fold
from tinhso.kernel.permissions import require
from tinhso.warehouse.reading import Lake

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from django.http import HttpResponse

    from tinhso.indicators.definitions import Indicator
    from tinhso.indicators.models import Target
    from tinhso.indicators.pages.places import Place
    from tinhso.indicators.pages.tiles import Tile
    from tinhso.kernel.requests import ActedRequest

LONGEST, SUGGESTED = 200, 6
CLEAR = 1.25
"""By how much the first must be ahead of the second to be shown alone."""
ENOUGH = 0.5
"""How much of what was typed an indicator's name must answer."""
BEGINS = 3
"""Letters from which on a typed word may be the beginning of one."""
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_OF_YEAR = r"(?:\s*(?:/|-|nam)?\s*(?P<year>20\d\d))?"
_MONTH = re.compile(rf"\bthang\s+(?P<number>1[0-2]|0?[1-9])\b{_OF_YEAR}")
_SHORT = re.compile(r"\b(?P<number>1[0-2]|0?[1-9])\s*/\s*(?P<year>20\d\d)\b")
_QUARTER = re.compile(rf"\bquy\s+(?P<number>[1-4]|iv|i{{1,3}})\b{_OF_YEAR}")
_YEAR = re.compile(r"\b(?:nam\s+)?(?P<year>20\d\d)\b")
Meaning = Callable[[date], "Interval | None"]
_SAID: Mapping[str, Meaning] = {
    "thang nay": month_of,
    "thang truoc": lambda today: month_of(today).before,
    "nam nay": lambda today: written(f"{today.year}"),
    "nam ngoai": lambda today: written(f"{today.year - 1}"),
    "nam truoc": lambda today: written(f"{today.year - 1}"),
    "quy nay": lambda today: written(f"{today.year}-Q{(today.month + 2) // 3}"),
    "hom nay": lambda today: Interval(today, today),
}
_SMALL = frozenset({"cua", "tai", "o", "so", "va", "cac", "trong", "theo", "cho"})
"""Words that tell one indicator from another no better than any."""


@dataclass(frozen=True)
class Read:
    """What was understood: the days, the agency, and the words that are left for the indicator."""

    interval: Interval | None
    agency: str
    words: tuple[str, ...]


@require_safe
def find(request: ActedRequest) -> HttpResponse:
    """The figure meant, with what was understood of the question; more where it may mean several."""
    require(request.actor, IndicatorPermission.READ, at=request.at)
    typed = request.GET.get("q", "")[:LONGEST].replace("\0", "")
    today = day_of(request.at)
    read = understood(typed, today, _agencies(request, today))
    place = places.of_agency(read.agency, today) if read.agency else places.WHOLE
    chosen = Chosen(read.interval or month_of(today), today)
    ranked = rank(read.words, figures.catalogue(request.actor, request.at))[:SUGGESTED]
    shown = _shown(request, [each for each, _score in ranked], chosen, place)
    alone = 1 if is_clear([score for _each, score in ranked]) else len(shown)
    context = {
        "typed": typed,
        "read": read,
        "place": place,
        "chosen": chosen,
        "shown": shown[:alone],
        "others": shown[alone:],
    }
    return render(request, "indicators/finding.html", context)


def is_clear(scores: Sequence[float]) -> bool:
    """Whether the best is so far ahead that it is meant."""
    return len(scores) == 1 or (len(scores) > 1 and scores[0] >= scores[1] * CLEAR)


def _agencies(request: ActedRequest, today: date) -> list[tuple[str, str]]:
    """What the agencies that the reader may look at are called, each with its key."""
    scope = request.actor.scope(IndicatorPermission.READ, at=request.at)
    return [
        (name, str(period.agency.uuid))
        for period in directory(today).exclude(agency__kind=AgencyKind.PROVINCE)
        if scope.everywhere or period.agency_id in scope.agencies
        for name in called(period.name)
    ]


def _shown(
    request: ActedRequest, found: Sequence[Indicator], chosen: Chosen, place: Place
) -> list[Tile]:
    cut = chosen.cut(within=place.within)
    observed, failed = tiles.observed(found, cut, actor=request.actor, at=request.at, lake=Lake())
    targets: dict[str, list[Target]] = {}
    codes = [each.code for each in found]
    for target in figures.targets_for(codes, cut, actor=request.actor, at=request.at):
        targets.setdefault(target.indicator, []).append(target)
    return [
        tiles.tile(
            each,
            next(iter(observed.get(each.code, ())), None),
            comparing.targets_of(targets.get(each.code, []), place.agency),
            chosen,
            place,
            has_failed=each.code in failed,
        )
        for each in found
    ]


def understood(typed: str, today: date, agencies: Iterable[tuple[str, str]]) -> Read:
    """Days, then the agency with the longest name that stands in what is left, then the words for the indicator."""
    text = " ".join(re.sub(r"[^\w/\-]+", " ", fold(typed)).split())
    interval, text = _days(text, today)
    known = [(name, key) for name, key in agencies if _holds(text, name)]
    name, key = max(known, key=lambda each: len(each[0]), default=("", ""))
    if name:
        text = f" {text} ".replace(f" {name} ", " ").replace(" ubnd ", " ")
    return Read(interval, key, tuple(text.split()))


def called(name: str) -> set[str]:
    """What people call an agency: its name without marks, also without the province in it ("Sở Y tế tỉnh …")."""
    whole = fold(name)
    return {whole, whole.partition(" tinh ")[0]} if not whole.startswith("tinh ") else {whole}


def _holds(text: str, name: str) -> bool:
    return bool(name) and f" {name} " in f" {text} "


def _days(text: str, today: date) -> tuple[Interval | None, str]:
    for said, meant in _SAID.items():
        if _holds(text, said):
            return meant(today), f" {text} ".replace(f" {said} ", " ").strip()
    for pattern, code in (
        (_SHORT, "month"),
        (_MONTH, "month"),
        (_QUARTER, "quarter"),
        (_YEAR, "year"),
    ):
        found = pattern.search(text)
        if found:
            left = f"{text[: found.start()]} {text[found.end() :]}"
            return _interval(code, found.groupdict(), today), left
    return None, text


def _interval(kind: str, parts: dict[str, str | None], today: date) -> Interval | None:
    """A month or quarter without year is the latest that has begun."""
    typed = parts.get("number") or "1"
    number = _ROMAN.get(typed) or int(typed)
    year = int(parts["year"] or 0) or today.year
    code = {"month": f"{year}-{number:02d}", "quarter": f"{year}-Q{number}", "year": f"{year}"}[
        kind
    ]
    found = written(code)
    if found and not parts["year"] and found.first > today:
        return written(code.replace(str(year), str(year - 1), 1))
    return found


def rank(words: Sequence[str], indicators: Sequence[Indicator]) -> list[tuple[Indicator, float]]:
    """The indicators that answer what was typed, the best first: rare words count more, figures over names alone."""
    if not words:
        return []
    names = {each.code: _words_of(each) for each in indicators}
    weights = {word: _weight(word, names.values()) for word in dict.fromkeys(words)}
    whole = sum(weights.values())
    scored = [
        (each, _score(each, weights, names[each.code], " ".join(words)) / whole)
        for each in indicators
        if whole
    ]
    good = [(each, score) for each, score in scored if score >= ENOUGH]
    return sorted(good, key=lambda pair: (-pair[1], pair[0].code))


def _words_of(indicator: Indicator) -> str:
    said = [indicator.name, indicator.name_en, indicator.code, *indicator.figures]
    return f" {' '.join(re.split(r'[^0-9a-z]+', fold(' '.join(said))))} "


def _weight(word: str, names: Iterable[str]) -> float:
    if word in _SMALL:
        return 0.1
    return 1 / (1 + sum(_stands(word, name) for name in names)) + 0.2


def _stands(word: str, name: str) -> bool:
    """Whether a word of the name is this one; a longer word may also begin with it."""
    return f" {word}" in name if len(word) >= BEGINS else f" {word} " in name


def _score(indicator: Indicator, weights: dict[str, float], name: str, typed: str) -> float:
    found = sum(weight for word, weight in weights.items() if _stands(word, name))
    if f" {typed} " in name:
        found *= 1.3
    length = len(name.split())
    shown = 1.1 if indicator.status is Status.COMPUTED else 1.0
    return found * shown * (1 + 1 / (4 + length))
