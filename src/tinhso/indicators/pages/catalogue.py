"""`/chi-tieu/`: every indicator with its state; `/chi-dao/co-quan/`, `/chi-dao/xa/`: all agencies, communes by one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from tinhso.indicators import queries as figures
from tinhso.indicators.definitions import Status
from tinhso.indicators.models import ReportedFigure
from tinhso.indicators.pages import board as composing
from tinhso.indicators.pages import intervals, mapping, places
from tinhso.indicators.pages.board import Board
from tinhso.indicators.pages.choosing import chosen_in
from tinhso.indicators.permissions import IndicatorPermission
from tinhso.kernel.folding import alphabetical, fold
from tinhso.kernel.permissions import require
from tinhso.packs import queries as packs
from tinhso.ui.components import Tab
from tinhso.ui.languages import worded

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from django.http import HttpResponse
    from django_stubs_ext import StrOrPromise

    from tinhso.indicators.definitions import Indicator
    from tinhso.kernel.requests import ActedRequest

LONGEST = 100
COMPUTED, PARTLY, REPORTED, ESTIMATE, NO_SOURCE = (
    *("tinh-duoc", "mot-phan", "bao-cao", "uoc-tinh", "chua-co-nguon"),
)
STATES: Mapping[str, tuple[str, StrOrPromise]] = {
    COMPUTED: ("ok", gettext_lazy("Tự tính")),
    PARTLY: ("near", gettext_lazy("Tính được một phần")),
    REPORTED: ("wait", gettext_lazy("Chỉ có số báo cáo")),
    ESTIMATE: ("plain", gettext_lazy("Ước tính nội bộ")),
    NO_SOURCE: ("plain", gettext_lazy("Chưa có nguồn")),
}
"""Shape and word of each state."""


@dataclass(frozen=True)
class Entry:
    """An indicator in the list, with its state."""

    indicator: Indicator
    state: str
    shape: str
    word: StrOrPromise


@require_safe
def show(request: ActedRequest) -> HttpResponse:
    """The catalogue by packs, narrowed by words and by state."""
    require(request.actor, IndicatorPermission.READ, at=request.at)
    typed = request.GET.get("tim", "")[:LONGEST].replace("\0", "")
    entries = entries_of(figures.catalogue(request.actor, request.at))
    state = request.GET.get("tinh_trang", "")
    found = [each for each in entries if matches(each.indicator, typed)]
    context = {
        "typed": typed,
        "state": state,
        "tabs": _tabs(found, state, typed),
        "groups": _groups([each for each in found if state in {"", each.state}]),
        "total": len(entries),
    }
    return render(request, "indicators/catalogue.html", context)


def entries_of(indicators: Sequence[Indicator]) -> list[Entry]:
    """The indicators with their states."""
    told = set(ReportedFigure.objects.values_list("indicator", flat=True))
    found = []
    for each in indicators:
        state = _state(each, told)
        shape, word = STATES[state]
        found.append(Entry(each, state, shape, word))
    return found


def _state(indicator: Indicator, told: set[str]) -> str:
    match indicator.status:
        case Status.ESTIMATE:
            return ESTIMATE
        case Status.COMPUTED:
            return PARTLY if indicator.needs else COMPUTED
        case _:
            return REPORTED if indicator.code in told else NO_SOURCE


def matches(indicator: Indicator, typed: str) -> bool:
    """Whether every word begins a word of its name, its code or its number in the source."""
    said = " ".join([indicator.name, indicator.name_en, indicator.code, *indicator.figures])
    words = fold(said).replace("_", " ").replace("-", " ").split()
    return all(any(word.startswith(part) for word in words) for part in fold(typed).split())


def _tabs(found: Sequence[Entry], state: str, typed: str) -> list[Tab]:
    counts = {code: sum(each.state == code for each in found) for code in STATES}
    tabs = [Tab(_("Tất cả"), f"?tim={typed}", len(found), is_current=not state)]
    return tabs + [
        Tab(word, f"?tim={typed}&tinh_trang={code}", counts[code], is_current=state == code)
        for code, (_shape, word) in STATES.items()
        if counts[code]
    ]


def _groups(found: Sequence[Entry]) -> list[tuple[str, list[Entry]]]:
    titles = {
        each.version.pack: worded(
            str(each.version.content.get("name", each.version.pack)),
            str(each.version.content.get("name_en", "")),
        )
        for each in packs.in_force()
    }
    by_pack: dict[str, list[Entry]] = {}
    for each in sorted(found, key=lambda each: alphabetical(each.indicator.title)):
        by_pack.setdefault(each.indicator.pack, []).append(each)
    return [(titles.get(pack, pack), members) for pack, members in by_pack.items()]


@require_safe
def agencies(request: ActedRequest) -> HttpResponse:
    """All agencies by one indicator, worst first."""
    require(request.actor, IndicatorPermission.READ, at=request.at)
    board = Board(chosen_in(request), places.WHOLE, request.actor, request.at)
    context = {
        "board": board,
        "chosen": board.chosen,
        "intervals": intervals.offered(board.chosen.today),
        "order": composing.worse_first(board.lead) if board.lead else "",
    }
    return render(request, "indicators/agencies.html", context)


@require_safe
def communes(request: ActedRequest) -> HttpResponse:
    """All communes of the day shown by one indicator: the map, then each by its name."""
    require(request.actor, IndicatorPermission.READ, at=request.at)
    board = Board(chosen_in(request), places.WHOLE, request.actor, request.at)
    context = {
        "board": board,
        "chosen": board.chosen,
        "intervals": intervals.offered(board.chosen.today),
        "named": mapping.named(board.chosen),
    }
    return render(request, "indicators/communes.html", context)
