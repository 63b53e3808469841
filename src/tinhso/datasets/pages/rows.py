"""Rows of a data set by agency and period, an indicator of the platform beside them; on the screen or as CSV."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING
from uuid import UUID

from django.core.paginator import Paginator
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tinhso.agencies.models import Agency
from tinhso.agencies.queries import names_of
from tinhso.datasets import catalogue, services
from tinhso.datasets.definitions import ValueType
from tinhso.datasets.permissions import DatasetPermission
from tinhso.datasets.queries import beside, figures, periods_held, rows_of
from tinhso.indicators.pages.showing import value_of
from tinhso.kernel.folding import alphabetical
from tinhso.kernel.permissions import require
from tinhso.ui import formatting, spreadsheets

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from django.http.response import HttpResponseBase

    from tinhso.datasets.definitions import DataColumn, Dataset
    from tinhso.datasets.models import DataRow
    from tinhso.indicators.definitions import Indicator
    from tinhso.indicators.reports.periods import Period
    from tinhso.kernel.requests import ActedRequest

PAGE = 50
SHOWN = "html"


@dataclass(frozen=True)
class Chosen:
    """What the address asks: a period, an agency or all, and the indicator beside the rows."""

    dataset: Dataset
    period: Period | None
    agency: Agency | None
    offered: Sequence[Indicator]
    indicator: Indicator | None


@require_safe
def show(request: ActedRequest, code: str) -> HttpResponseBase:
    """A page of rows with the figure of the same agency and period."""
    chosen = _chosen(request, code)
    found = _found(chosen, request)
    page = Paginator(found, PAGE).get_page(request.GET.get("trang"))
    _note(chosen, len(page), SHOWN, request)
    context = {
        "chosen": chosen,
        "periods": _periods(chosen.dataset),
        "agencies": _agencies(_found(chosen, request, whole=True), chosen),
        "heads": heads(chosen),
        "rows": [
            list(zip(heads(chosen), cells, strict=True))
            for cells in _cells(chosen, list(page), request)
        ],
        "page": page,
    }
    return render(request, "datasets/rows.html", context)


@require_safe
def export(request: ActedRequest, code: str) -> HttpResponseBase:
    """The same rows, all of them, as CSV."""
    chosen = _chosen(request, code)
    found = _found(chosen, request)
    _note(chosen, len(found), spreadsheets.CSV, request)
    period = chosen.period.code if chosen.period else ""
    lines = [heads(chosen), *_cells(chosen, found, request)]
    return spreadsheets.answer(spreadsheets.CSV, f"{code}-{period}", code, lines)


def _chosen(request: ActedRequest, code: str) -> Chosen:
    require(request.actor, DatasetPermission.READ, at=request.at)
    dataset, asked = catalogue.dataset(code), request.GET
    held = periods_held(dataset)
    wanted = asked.get("ky") if asked.get("ky") in held else next(iter(held), "")
    offered = beside(dataset, request.actor, at=request.at)
    known = {each.code: each for each in offered}
    first = known.get(next(iter(dataset.beside), ""))
    indicator = known.get(asked["chi_tieu"]) if "chi_tieu" in asked else first
    period = dataset.period(wanted or "")
    return Chosen(dataset, period, _agency(asked.get("co_quan", "")), offered, indicator)


def _agency(typed: str) -> Agency | None:
    try:
        return Agency.objects.filter(uuid=UUID(typed)).first()
    except ValueError:
        return None


def _found(chosen: Chosen, request: ActedRequest, *, whole: bool = False) -> list[DataRow]:
    if chosen.period is None:
        return []
    agency = None if whole or chosen.agency is None else chosen.agency.pk
    return rows_of(chosen.dataset, chosen.period.code, agency, request.actor, at=request.at)


def _note(chosen: Chosen, rows: int, form: str, request: ActedRequest) -> None:
    if chosen.period is None or not rows:
        return
    services.note_reading(
        chosen.dataset.code,
        chosen.period.code,
        indicator=chosen.indicator.code if chosen.indicator else "",
        rows=rows,
        form=form,
        actor=request.actor,
        at=request.at,
    )


def _periods(dataset: Dataset) -> list[tuple[str, str]]:
    found = [(code, dataset.period(code)) for code in periods_held(dataset)]
    return [(code, period.title) for code, period in found if period]


def _agencies(found: Sequence[DataRow], chosen: Chosen) -> list[tuple[UUID, str]]:
    """The agencies of which the visible rows speak."""
    keys = {row.about_id for row in found}
    if chosen.period is None or not keys:
        return []
    names = names_of(keys, chosen.period.last)
    uuids = dict(Agency.objects.filter(pk__in=keys).values_list("pk", "uuid"))
    told = [(uuids[key], names.get(key, "")) for key in keys]
    return sorted(told, key=lambda pair: alphabetical(pair[1]))


def heads(chosen: Chosen) -> list[str]:
    """The heads of the columns: whom a row speaks of, what was delivered, the figure beside it."""
    columns = [each.title for each in shown(chosen.dataset)]
    figure = [chosen.indicator.title] if chosen.indicator else []
    return [_("Cơ quan"), *columns, *figure]


def shown(dataset: Dataset) -> list[DataColumn]:
    """The columns beside the agency of which a row speaks."""
    return [each for each in dataset.columns if each.name != dataset.agency_column]


def _cells(chosen: Chosen, found: Sequence[DataRow], request: ActedRequest) -> Iterator[list[str]]:
    if chosen.period is None:
        return
    columns = shown(chosen.dataset)
    named = {row.about_id for row in found} | _named(columns, found)
    names = names_of(named, chosen.period.last)
    told = _figures(chosen, chosen.period, request)
    for row in found:
        cells = [cell(row.values.get(each.name), each, names) for each in columns]
        figure = [_figure(chosen.indicator, told, row.about_id)] if chosen.indicator else []
        yield [names.get(row.about_id, ""), *cells, *figure]


def _figures(
    chosen: Chosen, period: Period, request: ActedRequest
) -> Mapping[int, Decimal | None] | None:
    if chosen.indicator is None:
        return None
    return figures(chosen.indicator, period, request.actor, at=request.at)


def _named(columns: Sequence[DataColumn], found: Sequence[DataRow]) -> set[int]:
    agencies = [each.name for each in columns if each.type is ValueType.AGENCY]
    return {row.values[name] for row in found for name in agencies if row.values.get(name)}


def _figure(indicator: Indicator, told: Mapping[int, Decimal | None] | None, agency: int) -> str:
    if told is None:
        return _("không tính được")
    return value_of(indicator, told[agency]) if agency in told else _("không có số liệu")


def cell(value: object, column: DataColumn, names: Mapping[int, str]) -> str:
    """What stands in a cell, as the page writes it."""
    match value:
        case None:
            return ""
        case bool():
            return _("có") if value else _("không")
        case int():
            return names.get(value, "") if column.type is ValueType.AGENCY else _number(value)
        case str() if column.type is ValueType.DATE:
            return formatting.day(date.fromisoformat(value))
        case str() if column.type is ValueType.DECIMAL:
            return _number(Decimal(value))
    return str(value)


def _number(value: int | Decimal) -> str:
    return formatting.number(value)
