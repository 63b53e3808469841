"""The lists of reports (báo cáo định kỳ): what one owes, what was sent, what came in, who is late."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.paginator import Paginator
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tinhso.calendars.clock import day_of
from tinhso.indicators.reports import queries, regimes
from tinhso.indicators.reports.permissions import ReportPermission
from tinhso.kernel.permissions import require
from tinhso.ui.components import Tab

if TYPE_CHECKING:
    from django.http import HttpResponse

    from tinhso.kernel.requests import ActedRequest

PAGE = 50


@require_safe
def show(request: ActedRequest) -> HttpResponse:
    """One view of the lists, and below it the periods that are made to the reader's agencies."""
    require(request.actor, ReportPermission.READ, at=request.at)
    view = request.GET.get("xem", queries.TO_DO)
    view = view if view in queries.LISTS else queries.TO_DO
    found = queries.listed(view, request.actor, at=request.at)
    page = Paginator(found, PAGE).get_page(request.GET.get("trang"))
    context = {
        "page": page,
        "rows": queries.rows_of(page, day_of(request.at)),
        "view": view,
        "empty": _empty(view),
        "tabs": _tabs(request, view),
        "stands": queries.stands(request.actor, at=request.at),
        "has_regimes": bool(regimes.in_force()),
    }
    return render(request, "indicators/reports/lists.html", context)


def _empty(view: str) -> str:
    return {
        queries.TO_DO: _("Không có báo cáo nào phải lập. Kỳ mới được mở khi kỳ số liệu kết thúc."),
        queries.SENT: _("Chưa gửi báo cáo nào."),
        queries.INCOMING: _("Không có báo cáo nào chờ nhận."),
        queries.LATE: _("Không có báo cáo nào quá hạn mà chưa gửi."),
    }[view]


def _tabs(request: ActedRequest, view: str) -> list[Tab]:
    labels = {
        queries.TO_DO: _("Phải lập"),
        queries.SENT: _("Đã gửi"),
        queries.INCOMING: _("Chờ nhận"),
        queries.LATE: _("Quá hạn chưa gửi"),
    }
    made = []
    for name, label in labels.items():
        count = queries.listed(name, request.actor, at=request.at).count()
        state = "late" if name == queries.LATE and count else ""
        made.append(Tab(label, f"?xem={name}", count, state, is_current=name == view))  # type: ignore[arg-type]
    return made
