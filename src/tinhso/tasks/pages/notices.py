"""The notices of the agencies for which one prepares or issues tasks (văn bản giao việc)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.paginator import Paginator
from django.db.models import Count, F, Q
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tinhso.agencies.queries import names_of
from tinhso.calendars.clock import day_of
from tinhso.kernel.permissions import require
from tinhso.tasks.models import Notice, State
from tinhso.tasks.permissions import TaskPermission

if TYPE_CHECKING:
    from django.http import HttpResponse

    from tinhso.kernel.requests import ActedRequest

PAGE = 30


@require_safe
def show(request: ActedRequest) -> HttpResponse:
    """Those under review first, then by the day of the text, the latest first."""
    require(request.actor, TaskPermission.BRING_IN, at=request.at)
    seen = Notice.objects.visible_to(request.actor, at=request.at).select_related("end")
    counted = seen.defer("text").annotate(
        given=Count("tasks"), done=Count("tasks", filter=Q(tasks__state=State.DONE))
    )
    ordered = counted.order_by(F("end__at").desc(nulls_first=True), "-at")
    page = Paginator(ordered, PAGE).get_page(request.GET.get("trang"))
    names = names_of({notice.agency_id for notice in page}, day_of(request.at))
    rows = [(notice, names.get(notice.agency_id, "")) for notice in page]
    return render(request, "tasks/notices.html", {"page": page, "rows": rows})
