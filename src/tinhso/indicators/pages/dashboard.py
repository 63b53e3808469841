"""`/chi-dao/`: the board of the province, of one agency, of one commune; and what changed on it lately."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import condition, require_safe

from tinhso.indicators import changes, restating, rights
from tinhso.indicators.pages import board as composing
from tinhso.indicators.pages import intervals, places
from tinhso.indicators.pages.board import Board
from tinhso.indicators.pages.choosing import NOW, THEN, chosen_in
from tinhso.indicators.permissions import IndicatorPermission
from tinhso.kernel.permissions import require
from tinhso.ui.components import Tab

if TYPE_CHECKING:
    from tinhso.indicators.pages.choosing import Chosen
    from tinhso.indicators.pages.places import Place
    from tinhso.kernel.requests import ActedRequest


@require_safe
def province(request: ActedRequest) -> HttpResponse:
    """Everything that the reader may see, or the one agency; a chosen agency leads to its own board."""
    require(request.actor, IndicatorPermission.READ, at=request.at)
    if asked := request.GET.get("co_quan", ""):
        query = {key: value for key, value in request.GET.items() if value and key != "co_quan"}
        chosen_place = places.of_agency(asked, chosen_in(request).day)
        return HttpResponseRedirect(f"{chosen_place.address}?{urlencode(query)}")
    scope = request.actor.scope(IndicatorPermission.READ, at=request.at)
    return _shown(request, places.own(chosen_in(request).day, scope))


@require_safe
def agency(request: ActedRequest, key: str) -> HttpResponse:
    """One agency with all below it."""
    require(request.actor, IndicatorPermission.READ, at=request.at)
    place = places.of_agency(key, chosen_in(request).day)
    require(request.actor, IndicatorPermission.READ, agency=place.agency, at=request.at)
    return _shown(request, place)


@require_safe
def commune(request: ActedRequest, code: str) -> HttpResponse:
    """One commune by its code, as it was on the day shown."""
    require(request.actor, IndicatorPermission.READ, at=request.at)
    place = places.of_commune(code, chosen_in(request).day)
    require(request.actor, IndicatorPermission.READ, agency=place.agency, at=request.at)
    return _shown(request, place)


def _shown(request: ActedRequest, place: Place) -> HttpResponse:
    shown = Board(chosen_in(request), place, request.actor, request.at)
    return render(request, "indicators/board.html", _context(request, shown))


def _context(request: ActedRequest, board: Board) -> dict[str, Any]:
    chosen, place = board.chosen, board.place
    scope = request.actor.scope(IndicatorPermission.READ, at=request.at)
    return {
        "board": board,
        "chosen": chosen,
        "closing": restating.closing_on(chosen.interval.first, chosen.interval.last),
        "place": place,
        "intervals": intervals.offered(chosen.today),
        "agencies": places.choices(chosen.day, scope),
        "reads_everything": rights.is_whole(scope, chosen.day),
        "ways": _ways(chosen, place),
        "all_agencies": chosen.on(reverse("indicators:agencies")),
        "order": composing.worse_first(board.lead) if board.lead else "",
        "changes": changes.latest(request.actor, at=request.at, within=place.within),
        "poll": _poll(board),
        "at": request.at,
    }


def _ways(chosen: Chosen, place: Place) -> list[Tab]:
    """As was, or restated."""
    query = {key: value for key, value in chosen.query.items() if key != "theo"}
    return [
        Tab(
            label,
            f"{place.address}?{urlencode({**query, 'theo': way})}",
            is_current=chosen.is_restated == (way == NOW),
        )
        for way, label in (
            (THEN, _("Theo cơ quan lúc đó")),
            (NOW, _("Quy đổi theo cơ quan hiện nay")),
        )
    ]


def _poll(board: Board) -> str:
    """The address that tells what changed since this page was made."""
    mark = composing.mark_of(board.leads, board.lake)
    more = {"so": mark} | ({"pham_vi": str(board.place.uuid)} if board.place.uuid else {})
    return board.chosen.on(reverse("indicators:changes"), **more)


def _place_of(request: ActedRequest) -> Place:
    """The place that the poll speaks of."""
    try:
        key = str(UUID(request.GET.get("pham_vi", "")))
    except ValueError:
        return places.WHOLE
    place = places.of_agency(key, chosen_in(request).day)
    require(request.actor, IndicatorPermission.READ, agency=place.agency, at=request.at)
    return place


def _etag(request: ActedRequest) -> str:
    """What the answer depends on: the newest event told, the snapshots, the choice, the language, the minute."""
    require(request.actor, IndicatorPermission.READ, at=request.at)
    place = _place_of(request)
    board = Board(chosen_in(request), place, request.actor, request.at)
    newest = changes.newest(request.actor, at=request.at, within=place.within)
    mark = composing.mark_of(board.leads, board.lake)
    return f'"{newest}-{mark}-{get_language()}-{request.at:%d%H%M}"'


@require_safe
@condition(etag_func=_etag)
def changed(request: ActedRequest) -> HttpResponse:
    """The lines of what changed; and the tiles where the page has older figures."""
    board = Board(chosen_in(request), _place_of(request), request.actor, request.at)
    mark = composing.mark_of(board.leads, board.lake)
    context = {
        "board": board,
        "has_newer": request.GET.get("so") != mark,
        "changes": changes.latest(request.actor, at=request.at, within=board.place.within),
        "poll": _poll(board),
        "at": request.at,
    }
    response = render(request, "indicators/changed.html", context)
    patch_cache_control(response, no_cache=True, private=True)
    return response
