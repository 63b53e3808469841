"""`/chi-tieu/ky/<ky>/<code>/`: the records that make a closed figure another today, each as it counted and counts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tinhso.agencies.queries import names_of
from tinhso.calendars.clock import day_of
from tinhso.indicators import restating, rights
from tinhso.indicators.definitions import Direction
from tinhso.indicators.errors import NothingToList
from tinhso.indicators.listing import Record
from tinhso.indicators.pages import asking, intervals, records
from tinhso.indicators.permissions import IndicatorPermission
from tinhso.indicators.tracing import trace
from tinhso.indicators.visibility import visible_subjects
from tinhso.kernel.permissions import PermissionMissing, require
from tinhso.ui import formatting
from tinhso.ui.components import Tab
from tinhso.warehouse.reading import table_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from django.http import HttpResponse

    from tinhso.indicators.definitions import Indicator
    from tinhso.indicators.models import PeriodClosing
    from tinhso.indicators.pages.places import Place
    from tinhso.indicators.tracing import Cause, Changed, Side
    from tinhso.kernel.requests import ActedRequest
    from tinhso.warehouse.reading import Lake

PAGE = 50


@require_safe
def show(request: ActedRequest, key: str, code: str) -> HttpResponse:
    """The records of one cause, as far as the reader may open them."""
    require(request.actor, IndicatorPermission.READ, at=request.at)
    interval = intervals.named(key)
    closing = restating.closing_of(interval.first, interval.last)
    place = _place(request, closing)
    former = restating.former_of(closing, [code] if code in closing.versions else []).get(code)
    if former is None:
        raise NothingToList(indicator=code)
    context = _listed(request, former, closing, place) | {
        "interval": interval,
        "indicator": former,
        "place": place,
        "back": reverse("indicators:period", args=[interval.key]),
    }
    return render(request, "indicators/differing.html", context)


def _listed(
    request: ActedRequest, former: Indicator, closing: PeriodClosing, place: Place
) -> dict[str, Any]:
    """The causes as tabs, and a page of the records of the one that is asked for."""
    lakes = restating.lakes_of(closing)
    causes = trace(former, closing, lakes, at=request.at).of(place.agency)
    asked = next((each for each in causes if each.value == request.GET.get("vi_sao")), None)
    cause = asked or next(iter(causes), None)
    changed = causes[cause] if cause else []
    seen = _seen(request, former, changed)
    page = Paginator(seen, PAGE).get_page(asking.page_number(request))
    return {
        "tabs": _tabs(causes, cause, place),
        "hidden": len(changed) - len(seen),
        "heads": [title for title, _column in records.heads(former)],
        "rows": _rows(former, list(page), lakes, closing),
        "page": page,
    }


def _place(request: ActedRequest, closing: PeriodClosing) -> Place:
    """Whose figure: an agency's, for who reads there; the province's, for who reads in all of it."""
    place = asking.place_in(request, closing.last)
    scope = request.actor.scope(IndicatorPermission.READ, at=request.at)
    if place.agency is None and not rights.is_whole(scope, day_of(request.at)):
        raise PermissionMissing(permission=IndicatorPermission.READ.label, agency=None)
    return place


def _tabs(
    causes: Mapping[Cause, Sequence[Changed]], current: Cause | None, place: Place
) -> list[Tab]:
    more = {"co_quan": str(place.uuid)} if place.uuid else {}
    return [
        Tab(
            cause.label,
            f"?{urlencode({'vi_sao': cause.value, **more})}",
            len(found),
            is_current=cause is current,
        )
        for cause, found in causes.items()
    ]


def _seen(request: ActedRequest, former: Indicator, changed: Sequence[Changed]) -> list[Changed]:
    scope = request.actor.scope(IndicatorPermission.READ, at=request.at)
    open_to = visible_subjects(
        former.fact,
        {each.subject for each in changed},
        actor=request.actor,
        at=request.at,
        everywhere=scope.everywhere,
    )
    return [each for each in changed if each.subject in open_to]


def _rows(
    former: Indicator, changed: Sequence[Changed], lakes: tuple[Lake, Lake], closing: PeriodClosing
) -> list[dict[str, Any]]:
    """Each record by its row of today, else by the one of then; how it counted and how it counts."""
    declared = table_of(former.fact)
    known: dict[str, Mapping[str, Any]] = {}
    for lake in lakes:
        table = lake.table(former.fact)
        keys = [each.key for each in changed]
        found = table.filter(table[declared.key].isin(keys)).to_pyarrow().to_pylist()
        known |= {row[declared.key]: row for row in found}
    pages = declared.pages_of(known.keys())
    here = [each for each in changed if each.key in known]
    listed = records.rows_of(
        former, [Record(each.key, pages.get(each.key, ""), known[each.key]) for each in here]
    )
    names = names_of(_agencies(here), closing.last)
    return [
        {
            "row": row,
            "before": _words(former, each.before, names),
            "after": _words(former, each.after, names),
        }
        for row, each in zip(listed, here, strict=True)
    ]


def _agencies(changed: Sequence[Changed]) -> set[int]:
    sides = [side for each in changed for side in (each.before, each.after) if side]
    return {agency for agency, _hit, _value in sides if agency is not None}


def _words(former: Indicator, side: Side | None, names: Mapping[int, str]) -> str:
    """How a record counts: good or not, its value, or not at all; with its agency."""
    if side is None:
        return _("không tính")
    agency, is_hit, value = side
    word = _("có tính")
    if former.is_ratio:
        word = _hit_words(former, is_hit=bool(is_hit))
    elif former.measure and former.measure.column and isinstance(value, int | float):
        word = formatting.number(value)
    name = names.get(agency or 0, "")
    return f"{word} · {name}" if name else word


def _hit_words(former: Indicator, *, is_hit: bool) -> str:
    """How a record stands to the numerator: good or not by which way is better."""
    if former.direction is Direction.NONE:
        return _("trong tử số") if is_hit else _("ngoài tử số")
    is_good = is_hit == (former.direction is Direction.HIGHER)
    return _("đạt") if is_good else _("chưa đạt")
