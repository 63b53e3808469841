"""Figures across a reform (số liệu qua sắp xếp): as it was then, and under the agencies of today."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tinhso.agencies.comparing import Comparison, Line, compare, latest_succession
from tinhso.agencies.counted_records import providers
from tinhso.agencies.pages.forms import ComparingForm
from tinhso.agencies.permissions import AgencyPermission
from tinhso.calendars.clock import day_of
from tinhso.kernel.days import days_in
from tinhso.kernel.permissions import require
from tinhso.ui import charts
from tinhso.ui.components import Tab
from tinhso.ui.figures import Chart, Point

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django_stubs_ext import StrOrPromise

    from tinhso.kernel.requests import ActedRequest

NOW, THEN = "hien-nay", "luc-do"
DRAWN = 10
"""Bars of the chart; all other agencies together are one more."""


@require_safe
def restated(request: ActedRequest) -> HttpResponse:
    """The table and the chart of the chosen view; totals and what is unallocated always."""
    require(request.actor, AgencyPermission.READ, at=request.at)
    form = _form(request)
    context: dict[str, Any] = {"form": form, "providers": providers.values()}
    if form.is_valid():
        found = _compared(form, request)
        view = THEN if request.GET.get("theo") == THEN else NOW
        context |= _shown(found, view, request)
    status = 422 if form.errors and providers.values() else 200
    return render(request, "agencies/restated.html", context, status=status)


@require_safe
def export(request: ActedRequest) -> HttpResponse:
    """Both views as CSV, one line for each agency."""
    require(request.actor, AgencyPermission.READ, at=request.at)
    form = _form(request)
    if not form.is_valid():
        context = {"form": form, "providers": providers.values()}
        return render(request, "agencies/restated.html", context, status=422)
    found = _compared(form, request)
    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="so-lieu-qua-sap-xep.csv"'
    rows = csv.writer(response)
    rows.writerow(["cach_tinh", "co_quan", "so_luong"])
    for way, lines in (
        ("nhu_luc_do", found.then),
        ("quy_doi", found.now),
        ("chua_phan_bo", found.unallocated),
    ):
        rows.writerows([way, line.name, line.count] for line in lines)
    return response


def _form(request: ActedRequest) -> ComparingForm:
    """What was asked, else the year of the latest reform up to today. Raises `DayUnreadable`."""
    days_in(request.GET)
    today = day_of(request.at)
    turned = latest_succession(today) or today
    given = {
        "so_lieu": next(iter(providers), ""),
        "tu": turned.replace(month=1, day=1).isoformat(),
        "den": min(today, turned.replace(month=12, day=31)).isoformat(),
    }
    return ComparingForm({**given, **{key: value for key, value in request.GET.items() if value}})


def _compared(form: ComparingForm, request: ActedRequest) -> Comparison:
    asked = form.cleaned_data
    records = providers[asked["so_lieu"]]
    return compare(records, first=asked["tu"], last=asked["den"], on=day_of(request.at))


def _shown(found: Comparison, view: str, request: ActedRequest) -> dict[str, Any]:
    lines = found.then if view == THEN else found.now
    unallocated = () if view == THEN else found.unallocated
    chart = _chart(lines, found.total_unallocated if unallocated else 0)
    return {
        "found": found,
        "lines": lines,
        "unallocated": unallocated,
        "tabs": [
            _tab(request, THEN, _("Như lúc đó"), view),
            _tab(request, NOW, _("Quy đổi theo đơn vị hiện nay"), view),
        ],
        "drawing": charts.bar(chart),
        "query": request.GET.urlencode(),
    }


def _tab(request: ActedRequest, code: str, label: StrOrPromise, view: str) -> Tab:
    query = request.GET.copy()
    query["theo"] = code
    return Tab(label=label, href=f"?{query.urlencode()}", is_current=view == code)


def _chart(lines: Sequence[Line], unallocated: int) -> Chart:
    """The largest agencies, the others together, and what is unallocated."""
    points = [Point(line.name, line.count) for line in lines[:DRAWN]]
    if rest := sum(line.count for line in lines[DRAWN:]):
        points.append(Point(_("Các cơ quan khác"), rest, tone="done"))
    if unallocated:
        points.append(Point(_("Chưa phân bổ"), unallocated, tone="late"))
    return Chart(sentence=_("Số bản ghi của từng cơ quan"), points=points)
