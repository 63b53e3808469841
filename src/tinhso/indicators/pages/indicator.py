"""`/chi-tieu/<code>/`: one indicator: its definition in words, its figure divided every way, what others told of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tinhso.agencies.queries import names_of
from tinhso.indicators import queries as figures
from tinhso.indicators import rights
from tinhso.indicators.cutting import AGENCY, COMMUNE, MONTH, PROCEDURE
from tinhso.indicators.definitions import Status
from tinhso.indicators.observing import observed
from tinhso.indicators.pages import asking, comparing, intervals, mapping, places, showing, wording
from tinhso.indicators.permissions import IndicatorPermission
from tinhso.indicators.restating import closed_figures, closing_on
from tinhso.kernel.actors import EVERYWHERE
from tinhso.ui import formatting
from tinhso.ui.components import Tab
from tinhso.warehouse.reading import Lake, table_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from django.http import HttpResponse

    from tinhso.indicators.models import ReportedFigure, Target
    from tinhso.indicators.observing import Observation
    from tinhso.indicators.pages.asking import Asked
    from tinhso.indicators.pages.comparing import Line
    from tinhso.kernel.requests import ActedRequest

AT_ONCE, AT_MOST = 25, 400
"""Rows of a table that stand open, and rows that a page has at all."""


@dataclass(frozen=True)
class Beside:
    """A figure that somebody else told, or that was closed, beside what the records say now."""

    name: str
    interval: str
    told: str
    computed: str
    difference: str
    source: str = ""
    quotation: str = ""
    kind: str = ""
    is_unclear: bool = False
    href: str = ""


@require_safe
def show(request: ActedRequest, code: str) -> HttpResponse:
    """The indicator for the days and the place of the address."""
    asked = asking.asked_in(request, code)
    lake = Lake()
    context = _definition(asked) | {"asked": asked, "chosen": asked.chosen, "place": asked.place}
    if asked.indicator.status is Status.COMPUTED:
        context |= _figures(asked, request.GET.get("chia", ""), lake)
    context |= {
        "reported": _reported(asked, lake),
        "closed": _closed(asked, lake),
        "closing": closing_on(asked.chosen.interval.first, asked.chosen.interval.last),
        "may_assign": request.actor.holds(IndicatorPermission.ASSIGN, at=request.at),
        "intervals": intervals.offered(asked.chosen.today),
        "agencies": places.choices(
            asked.chosen.day, request.actor.scope(IndicatorPermission.READ, at=request.at)
        ),
    }
    return render(request, "indicators/indicator.html", context)


def _definition(asked: Asked) -> dict[str, Any]:
    indicator = asked.indicator
    return {
        "indicator": indicator,
        "definition": wording.told(indicator),
        "laws": indicator.legal_basis,
        "states": STATES[indicator.status],
    }


SEVERAL = 2
STATES = {
    Status.COMPUTED: "computed",
    Status.ESTIMATE: "estimate",
    Status.NO_SOURCE: "no_source",
}


def _figures(asked: Asked, by: str, lake: Lake) -> dict[str, Any]:
    """The figure as it was and restated, its targets, and one division of it."""
    targets = _targets(asked)
    by = by if by in asked.indicator.by else next(iter(_divisions(asked)), "")
    lines = _lines(asked, by, targets, lake) if by else []
    return {
        "counted": showing.records_of(asked.indicator, SEVERAL),
        "figure": _line(asked, _observed(asked, None, lake), targets, asked.place.name),
        "restated": _restated(asked, by, lake),
        "targets": _target_rows(asked, targets),
        "divisions": [_tab(asked, each, by) for each in _divisions(asked)],
        "division": by,
        "lines": lines[:AT_ONCE],
        "more": lines[AT_ONCE:AT_MOST],
        "of": _titles(asked).get(by, ""),
        "trend": _trend(asked, targets, lake) if by == MONTH else None,
        "map": _map(asked, lake) if by == COMMUNE else None,
    }


def _targets(asked: Asked) -> list[Target]:
    found = figures.targets_for(
        [asked.indicator.code], asked.chosen.cut(), actor=asked.actor, at=asked.at
    )
    return list(found)


def _target_rows(asked: Asked, targets: Sequence[Target]) -> list[dict[str, Any]]:
    """The targets as a table shows them: the value, to whom, when, by whom."""
    keys = {target.agency_id for target in targets if target.agency_id is not None}
    names = names_of(keys, asked.chosen.day)
    return [
        {
            "target": target,
            "value": showing.value_of(asked.indicator, target.value),
            "whom": names.get(target.agency_id or 0, "") or _("Toàn tỉnh"),
        }
        for target in targets
    ]


def _observed(asked: Asked, by: str | None, lake: Lake) -> list[Observation]:
    cut = asked.chosen.cut(by, asked.place.within)
    if by == MONTH:
        cut = asked.chosen.months(asked.place.within)
    code = asked.indicator.code
    return figures.observe([code], cut, actor=asked.actor, at=asked.at, lake=lake)[code]


def _line(
    asked: Asked, found: Sequence[Observation], targets: Sequence[Target], name: str
) -> Line | None:
    if not found:
        return None
    own = comparing.targets_of(targets, asked.place.agency)
    records = asked.part_address("denominator")
    return comparing.line(asked.indicator, found[0], own, name=name, records=records)


@dataclass(frozen=True)
class Way:
    """The figure under the agencies of one day: of how many it is, and the page that has all of it so."""

    name: str
    value: str
    parts: str
    agencies: int
    href: str
    is_current: bool


def _restated(asked: Asked, by: str, lake: Lake) -> list[Way]:
    """The figure under the agencies of then and of today.

    A place that is no more has none of today.
    """
    ways = ((False, _("Như lúc đó")), (True, _("Quy đổi về cơ quan hiện nay")))
    if AGENCY not in asked.indicator.by:
        return []
    rows = []
    for is_restated, name in ways:
        chosen = replace(asked.chosen, is_restated=is_restated)
        place = places.as_of(asked.place, chosen.day)
        if place is None:
            continue
        meant = replace(asked, chosen=chosen, place=place)
        agencies = sum(isinstance(each.group, int) for each in _observed(meant, AGENCY, lake))
        for whole in _observed(meant, None, lake):
            value = showing.figure_of(asked.indicator, whole)
            href = chosen.on("", **(_kept(asked) | {"chia": by}))
            is_current = is_restated == asked.chosen.is_restated
            parts = showing.parts_of(whole)
            rows.append(Way(name, value, parts, agencies, href, is_current))
    return rows


def _divisions(asked: Asked) -> list[str]:
    first = [AGENCY, MONTH, COMMUNE, PROCEDURE]
    return sorted(asked.indicator.by, key=lambda by: first.index(by) if by in first else len(first))


def _titles(asked: Asked) -> dict[str, str]:
    columns = table_of(asked.indicator.fact).by_name
    known = {
        AGENCY: _("Cơ quan"),
        MONTH: _("Tháng"),
        COMMUNE: _("Xã, phường, đặc khu"),
        PROCEDURE: _("Thủ tục"),
    }
    return {by: str(columns[by].title) for by in asked.indicator.by if by in columns} | known


def _tab(asked: Asked, by: str, current: str) -> Tab:
    address = asked.chosen.on("", **(_kept(asked) | {"chia": by}))
    return Tab(_titles(asked)[by], address, is_current=by == current)


def _kept(asked: Asked) -> dict[str, str]:
    """What of the question its other divisions and ways keep: the agency."""
    return {key: value for key, value in asked.query.items() if key == "co_quan"}


def _lines(asked: Asked, by: str, targets: Sequence[Target], lake: Lake) -> list[Line]:
    found = _observed(asked, by, lake)
    if by == AGENCY:
        return comparing.by_agency(asked.indicator, found, targets, asked.chosen, asked.place)
    ordered = found if by == MONTH else comparing.worst_first(asked.indicator, found)
    own = comparing.targets_of(targets, asked.place.agency)
    groups = [each.group for each in ordered]
    names = asking.group_names(asked.indicator, by, groups, asked.chosen.day)
    return [
        comparing.line(
            asked.indicator,
            each,
            own,
            name=names[each.group],
            records=comparing.records_of_group(
                asked.indicator, by, each.group, asked.chosen, asked.place
            ),
        )
        for each in ordered
    ]


def _trend(asked: Asked, targets: Sequence[Target], lake: Lake) -> comparing.Drawn | None:
    own = comparing.targets_of(targets, asked.place.agency)
    return comparing.trend(asked.indicator, _observed(asked, MONTH, lake), own, asked.chosen)


def _map(asked: Asked, lake: Lake) -> mapping.CommuneMap | None:
    return mapping.commune_map(
        asked.indicator, _observed(asked, COMMUNE, lake), asked.chosen, asked.place
    )


def _reported(asked: Asked, lake: Lake) -> list[Beside]:
    """What others told of this indicator, each beside what the records say of the same days."""
    found = figures.reported([asked.indicator.code], actor=asked.actor, at=asked.at)
    newest = found.order_by("-last", "-pk")[:AT_MOST]
    return [_told(asked, each, lake) for each in newest]


def _told(asked: Asked, told: ReportedFigure, lake: Lake) -> Beside:
    interval = intervals.Interval(told.first, told.last)
    now = None if told.place else _now(asked, interval, told.agency_id, lake)
    value = showing.value_of(asked.indicator, told.value)
    parts = [
        formatting.number(part) for part in (told.numerator, told.denominator) if part is not None
    ]
    words = [_("hơn %(value)s") % {"value": value} if told.at_least else value]
    if len(parts) == 2:  # noqa: PLR2004
        words.append(f"({' / '.join(parts)})")
    return Beside(
        name=told.place,
        interval=interval.name,
        told=" ".join(words),
        computed=showing.figure_of(asked.indicator, now),
        difference="" if told.is_unclear else _difference(asked, told.value, now),
        source=told.source,
        quotation=told.quotation,
        kind=told.kind,
        is_unclear=told.is_unclear,
    )


def _now(
    asked: Asked, interval: intervals.Interval, agency: int | None, lake: Lake
) -> Observation | None:
    """What the records say today of the same days and agency; of the province nothing to who reads a part of it."""
    if asked.indicator.status is not Status.COMPUTED:
        return None
    scope = asked.actor.scope(IndicatorPermission.READ, at=asked.at)
    cut = figures.Cut(
        interval.first, interval.last, within=None if agency is None else frozenset({agency})
    )
    if agency is None:
        if not rights.is_whole(scope, asked.chosen.today):
            return None
        scope = EVERYWHERE
    found = observed([asked.indicator], cut, scope, at=asked.at, lake=lake)
    return next(iter(found[asked.indicator.code]), None)


def _difference(asked: Asked, told: Decimal | None, now: Observation | None) -> str:
    if told is None or now is None or now.value is None:
        return ""
    return showing.gap_of(asked.indicator, now.value, told)


def _closed(asked: Asked, lake: Lake) -> list[Beside]:
    """The closed periods of this indicator for the place, each beside what the records say now."""
    found = (
        closed_figures(actor=asked.actor, at=asked.at)
        .filter(indicator=asked.indicator.code, agency=asked.place.agency)
        .select_related("closing")
        .order_by("-closing__last")
    )
    rows = []
    for each in found[:AT_MOST]:
        interval = intervals.Interval(each.closing.first, each.closing.last)
        now = _now(asked, interval, asked.place.agency, lake)
        rows.append(
            Beside(
                name="" if each.closing.title == interval.name else each.closing.title,
                interval=interval.name,
                told=showing.figure_of(asked.indicator, each),
                computed=showing.figure_of(asked.indicator, now),
                difference=""
                if now is not None and now.value == each.value
                else _difference(asked, each.value, now),
                href=reverse("indicators:period", args=[interval.key]),
            )
        )
    return rows
