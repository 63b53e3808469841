"""How procedures are really worked (phân tích quy trình), for who oversees agencies."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tinhso.agencies.queries import names_of
from tinhso.calendars.clock import day_of
from tinhso.dossiers.permissions import DossierPermission
from tinhso.dossiers.queries.insight import (
    Asked,
    asked_by,
    insight,
    labels_of,
    newest_version,
    worked_procedures,
)
from tinhso.kernel.days import days_in
from tinhso.kernel.errors import Unavailable
from tinhso.kernel.permissions import require
from tinhso.ui import charts, formatting
from tinhso.ui.components import Tab
from tinhso.ui.figures import Chart, Point
from tinhso.ui.formatting import number

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from django.http import HttpResponse

    from tinhso.dossiers.queries.insight import Edge, Insight, NodeTime, Path
    from tinhso.kernel.requests import ActedRequest

SHOWN = 15
"""Steps of the chart, pairs and agencies of a table: what weighs most."""
HOUR = 60
SOURCE, OURS, IMPORTED = "nguon", "nen-tang", "lich-su"
"""Whose dossiers, in the address: those of this platform, or of another system's log."""
UNDER, THEN, NOW = "theo", "luc-do", "hien-nay"
"""Under which agencies, in the address: as they were, or as they are."""
NAMED = 5
"""Agencies that have ended which are named; of the others how many."""


@require_safe
def choose(request: ActedRequest) -> HttpResponse:
    """The procedures that were worked, the busiest first."""
    require(request.actor, DossierPermission.READ_OVERVIEW, at=request.at)
    context: dict[str, Any] = {}
    try:
        context["procedures"] = worked_procedures(request.actor, at=request.at)
    except Unavailable as refusal:
        context["unavailable"] = str(refusal)
    return render(request, "dossiers/insight_choice.html", context)


@require_safe
def show(request: ActedRequest, code: str) -> HttpResponse:
    """One procedure: paths taken, time of each step, rework, load, and what differs from the workflow."""
    require(request.actor, DossierPermission.READ_OVERVIEW, at=request.at)
    asked, version, today = _asked(request, code), newest_version(code), day_of(request.at)
    context = {"version": version, "asked": asked} | _choices(request, asked)
    try:
        found = insight(asked, on=today)
    except Unavailable as refusal:
        return render(request, "dossiers/insight.html", context | {"unavailable": str(refusal)})
    context |= {"unplaced": found.unplaced}
    if found.dossiers:
        context |= _shown(found, labels_of(version.pk), today)
    return render(request, "dossiers/insight.html", context)


def _asked(request: ActedRequest, code: str) -> Asked:
    first, last = days_in(request.GET)
    return asked_by(
        request.actor,
        code,
        at=request.at,
        is_restated=request.GET.get(UNDER) == NOW,
        first=first,
        last=last,
        is_imported=request.GET.get(SOURCE) == IMPORTED,
    )


def _choices(request: ActedRequest, asked: Asked) -> dict[str, Any]:
    """Whose dossiers, and for who does not read them all under which agencies; what is chosen goes along."""
    source, under = IMPORTED if asked.is_imported else OURS, NOW if asked.under else THEN
    sources = ((OURS, _("Hồ sơ của nền tảng")), (IMPORTED, _("Lịch sử nhập")))
    ways = ((THEN, _("Cơ quan lúc tiếp nhận")), (NOW, _("Cơ quan hiện nay")))
    return {
        "source": source,
        "under": under,
        "tabs": _tabs(request, SOURCE, sources, source),
        "ways": _tabs(request, UNDER, ways, under) if asked.agencies is not None else [],
    }


def _tabs(
    request: ActedRequest, name: str, choices: Iterable[tuple[str, str]], chosen: str
) -> list[Tab]:
    tabs = []
    for code, label in choices:
        query = request.GET.copy()
        query[name] = code
        tabs.append(Tab(label=label, href=f"?{query.urlencode()}", is_current=code == chosen))
    return tabs


def _shown(found: Insight, labels: Mapping[str, str], today: date) -> dict[str, Any]:
    names = found.names | {node: label for node, label in labels.items() if node in found.names}
    agencies = names_of({load.agency for load in found.loads} | found.inherited.keys(), today)
    chart = _chart(found.nodes, names)
    return {
        "found": found,
        "chart": charts.bar(chart),
        "sentence": chart.sentence,
        "nodes": [_node(node, names) for node in found.nodes],
        "paths": [_path(path, names, found.dossiers) for path in found.paths],
        "edges": [_edge(edge, names) for edge in found.edges[:SHOWN]],
        "undeclared": [_edge(edge, names) for edge in found.undeclared],
        "loads": [(agencies.get(load.agency, ""), load) for load in found.loads[:SHOWN]],
        "inherited": _inherited(found, agencies),
    }


def _inherited(found: Insight, names: Mapping[int, str]) -> dict[str, Any]:
    """What came from agencies that have ended: how many dossiers, the first of these by name, how many more."""
    named = [(names.get(agency, ""), n) for agency, n in list(found.inherited.items())[:NAMED]]
    return {
        "dossiers": sum(found.inherited.values()),
        "named": named,
        "more": len(found.inherited) - len(named),
    }


def _hours(minutes: float | None) -> str:
    return "–" if minutes is None else number(round(minutes / HOUR, 1))


def _chart(nodes: list[NodeTime], names: Mapping[str, str]) -> Chart:
    """The steps that take longest, and the sentence that says which does."""
    timed = sorted(
        (node for node in nodes if node.median is not None),
        key=lambda node: -(node.median or 0),
    )[:SHOWN]
    points = [Point(names[node.node], round((node.median or 0) / HOUR, 1)) for node in timed]
    sentence = _("Chưa bước nào mất tới một phút làm việc trong quá nửa số lần.")
    if timed and timed[0].median:
        told = {"step": names[timed[0].node], "hours": _hours(timed[0].median)}
        sentence = (
            _("Bước lâu nhất là “%(step)s”: một nửa số lần mất từ %(hours)s giờ làm việc.") % told
        )
    return Chart(sentence=sentence, points=points, unit=" " + _("giờ"))


def _node(node: NodeTime, names: Mapping[str, str]) -> dict[str, Any]:
    known = node.waiting + node.handling
    return {
        "name": names[node.node],
        "times": node.times,
        "repeated": node.repeated,
        "median": _hours(node.median),
        "p95": _hours(node.p95),
        "waiting": formatting.share(node.waiting, known),
    }


def _path(path: Path, names: Mapping[str, str], dossiers: int) -> dict[str, Any]:
    return {
        "steps": [names[node] for node in path.nodes],
        "dossiers": path.dossiers,
        "share": formatting.share(path.dossiers, dossiers),
    }


def _edge(edge: Edge, names: Mapping[str, str]) -> dict[str, Any]:
    return {"source": names[edge.source], "target": names[edge.target], "edge": edge}
