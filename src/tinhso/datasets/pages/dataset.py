"""One data set: what stands in it, who owes it, its deliveries; and one delivery with the lines given back."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.core.paginator import Paginator
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tinhso.agencies.queries import names_of
from tinhso.calendars.clock import day_of
from tinhso.datasets import catalogue, services
from tinhso.datasets.models import Delivery, Instalment
from tinhso.datasets.owners import mine, owing
from tinhso.datasets.pages.sources import owners_told, standing
from tinhso.datasets.permissions import DatasetPermission
from tinhso.datasets.queries import delivered_source
from tinhso.events.naming import names_of as people_of
from tinhso.kernel.permissions import require
from tinhso.ui import spreadsheets

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from django.http import HttpResponse
    from django.http.response import HttpResponseBase

    from tinhso.kernel.requests import ActedRequest

PAGE = 30
LINES = 100


@require_safe
def show(request: ActedRequest, code: str) -> HttpResponse:
    """The declaration and the deliveries that the reader may see, the latest first."""
    require(request.actor, DatasetPermission.READ, at=request.at)
    dataset, on = catalogue.dataset(code), day_of(request.at)
    source = delivered_source(dataset, at=request.at)
    seen = Delivery.objects.visible_to(request.actor, at=request.at)
    found = seen.filter(instalment__dataset=code).select_related("instalment").order_by("-pk")
    page = Paginator(found, PAGE).get_page(request.GET.get("trang"))
    context = {
        "dataset": dataset,
        "source": source,
        "owners": owners_told(tuple(owing(dataset, on)), on),
        "standing": standing(source),
        "page": page,
        "rows": told(page, request),
        "may_deliver": bool(mine(dataset, on, request.actor, at=request.at)),
    }
    return render(request, "datasets/dataset.html", context)


def told(found: Iterable[Delivery], request: ActedRequest) -> list[tuple[Delivery, str, str, str]]:
    """Deliveries with the names of the agency, of whoever delivered, and of the period."""
    rows = list(found)
    names = names_of({row.instalment.agency_id for row in rows}, day_of(request.at))
    actors = people_of({row.actor for row in rows})
    return [
        (
            row,
            names.get(row.instalment.agency_id, ""),
            actors.get(row.actor, ""),
            _title(row.instalment),
        )
        for row in rows
    ]


def _title(instalment: Instalment) -> str:
    dataset = catalogue.in_force().get(instalment.dataset)
    period = dataset and dataset.period(instalment.period)
    return period.title if period else instalment.period


@require_safe
def show_delivery(request: ActedRequest, key: UUID) -> HttpResponse:
    """One delivery: its file, what stands, and line by line what was given back."""
    require(request.actor, DatasetPermission.READ, at=request.at)
    delivery = Delivery.objects.visible_to(request.actor, at=request.at).get_or_refuse(key)
    ((_row, agency, person, period),) = told([delivery], request)
    context = {
        "delivery": delivery,
        "dataset": catalogue.dataset(delivery.instalment.dataset),
        "agency": agency,
        "person": person,
        "period": period,
        "returned": delivery.returned.order_by("line")[:LINES],
        "is_cut": delivery.bad > LINES,
    }
    return render(request, "datasets/delivery.html", context)


@require_safe
def bad_rows(request: ActedRequest, key: UUID) -> HttpResponseBase:
    """The lines that were given back, as they came, each with its reason behind."""
    delivery = services.take_bad_rows(key, actor=request.actor, at=request.at)
    name = f"dong-loi-{delivery.instalment.dataset}-{delivery.instalment.period}"
    return spreadsheets.answer(spreadsheets.CSV, name, name, _lines(delivery))


def _lines(delivery: Delivery) -> Iterator[Sequence[str]]:
    yield ["dong", "cot_loi", "can_ghi", *delivery.heads]
    for row in delivery.returned.order_by("line").iterator():
        yield [str(row.line), row.column, row.expected, *row.cells]
