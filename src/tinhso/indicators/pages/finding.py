"""`/chi-dao/tim/?q=ty le ho so truc tuyen thang 9 so y te`: a figure found by words, without accents."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

from django.shortcuts import render
from django.views.decorators.http import require_safe

from tinhso.agencies.models import AgencyKind
from tinhso.agencies.queries import directory
from tinhso.calendars.clock import day_of
from tinhso.indicators import queries as figures
from tinhso.indicators.definitions import Status
from tinhso.indicators.pages import asking, comparing, places, tiles
from tinhso.indicators.pages.choosing import Chosen
from tinhso.indicators.pages.intervals import month_of
from tinhso.indicators.pages.understanding import Called, called, understood
from tinhso.indicators.permissions import IndicatorPermission
from tinhso.kernel.folding import fold
from tinhso.kernel.permissions import require
from tinhso.warehouse.reading import Lake

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from django.http import HttpResponse

    from tinhso.indicators.definitions import Indicator
    from tinhso.indicators.models import Target
    from tinhso.indicators.pages.intervals import Interval
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
_SMALL = frozenset({"cua", "tai", "o", "so", "va", "cac", "trong", "theo", "cho"})
"""Words that tell one indicator from another no better than any."""


@require_safe
def find(request: ActedRequest) -> HttpResponse:
    """The figure meant, with what was understood of the question; more where it may mean several."""
    require(request.actor, IndicatorPermission.READ, at=request.at)
    typed = request.GET.get("q", "")[:LONGEST].replace("\0", "")
    today = day_of(request.at)
    read = understood(typed, today, partial(_agencies, request))
    chosen = Chosen(read.interval or month_of(today), today)
    meant = [places.of_agency(key, chosen.day) for key in read.agencies]
    named = _meant(meant, request.GET.get("co_quan", ""))
    perhaps = meant if named.is_whole else ()
    place = named if perhaps else asking.or_own(request, named, chosen.day)
    may_read = place.is_whole or request.actor.holds(
        IndicatorPermission.READ, agency=place.agency, at=request.at
    )
    context = {"typed": typed, "read": read, "place": place, "chosen": chosen, "may_read": may_read}
    context["perhaps"] = perhaps
    if may_read and not perhaps:
        context |= _answer(request, read.words, chosen, place)
    return render(request, "indicators/finding.html", context)


def _meant(found: Sequence[Place], chosen: str) -> Place:
    """The one agency, or the one chosen of several of the same name; everything where none is clear."""
    if len(found) == 1:
        return found[0]
    return next((each for each in found if str(each.uuid) == chosen), places.WHOLE)


def _answer(
    request: ActedRequest, words: Sequence[str], chosen: Chosen, place: Place
) -> dict[str, list[Tile]]:
    """The figure that is meant, alone where it is clear; and what else the words may mean."""
    ranked = rank(words, figures.catalogue(request.actor, request.at))[:SUGGESTED]
    shown = _shown(request, [each for each, _score in ranked], chosen, place)
    alone = 1 if is_clear([score for _each, score in ranked]) else len(shown)
    return {"shown": shown[:alone], "others": shown[alone:]}


def is_clear(scores: Sequence[float]) -> bool:
    """Whether the best is so far ahead that it is meant."""
    return len(scores) == 1 or (len(scores) > 1 and scores[0] >= scores[1] * CLEAR)


def _agencies(request: ActedRequest, interval: Interval | None) -> list[Called]:
    """What the agencies of those days are called; those of today besides."""
    today = day_of(request.at)
    then = min(interval.last, today) if interval else today
    found = _called(then)
    known = {each.name for each in found}
    if then != today:
        found += [each for each in _called(today) if each.name not in known]
    return found


def _called(on: date) -> list[Called]:
    return [
        Called(name, str(period.agency.uuid))
        for period in directory(on).exclude(agency__kind=AgencyKind.PROVINCE)
        for name in called(period.name, period.agency.kind)
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
    shown += 0.1 if indicator.board else 0
    return found * shown * (1 + 1 / (4 + length))
