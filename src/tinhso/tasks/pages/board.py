"""The leader's board (theo dõi nhiệm vụ): what only they can set going, late, near, by agency, group, follower."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from django.core.paginator import Paginator
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tinhso.agencies.queries import names_of
from tinhso.calendars.clock import day_of
from tinhso.kernel.permissions import require
from tinhso.tasks.models import Notice
from tinhso.tasks.pages.filtering import chosen_in, tabs
from tinhso.tasks.permissions import TaskPermission
from tinhso.tasks.queries.tasks import LATE, given_to_see, loads, matters, ordered, rows_of

if TYPE_CHECKING:
    from datetime import date

    from django.http import HttpResponse, QueryDict

    from tinhso.kernel.requests import ActedRequest
    from tinhso.tasks.models.tasks import TaskQuerySet
    from tinhso.tasks.pages.filtering import Chosen

PAGE = 20
"""So many lines, that the tables of counts stand near; the next are a page away."""
MOST = 15
"""So many lines of a table of counts; the rest is behind a link."""
VIEWS = (
    *("qua-han", "sap-den-han", "dang-mo", "cho-nhan", "tra-lai", "cho-xac-nhan", "hoan-thanh"),
)


@require_safe
def show(request: ActedRequest) -> HttpResponse:
    """What waits for the reader first, then the tasks that their agencies gave."""
    require(request.actor, TaskPermission.READ, at=request.at)
    on = day_of(request.at)
    tasks = given_to_see(request.actor, at=request.at)
    chosen = _late_first(chosen_in(request.GET), request.GET, tasks, on)
    page = Paginator(ordered(chosen.viewed(tasks, on)), PAGE).get_page(request.GET.get("trang"))
    waiting, waiting_count = matters(request.actor, at=request.at, on=on)
    by_lead = loads(chosen.of(tasks), "lead", on)
    context = {
        "page": page,
        "rows": rows_of(page, on),
        "matters": waiting,
        "matter_count": waiting_count,
        "tabs": tabs(tasks, chosen, request.GET, on, *VIEWS),
        "by_lead": by_lead if "tat-ca" in request.GET else by_lead[:MOST],
        "lead_count": len(by_lead),
        "by_group": loads(chosen.of(tasks), "group", on)[:MOST],
        "by_follower": loads(chosen.of(tasks), "follower", on)[:MOST],
        **_filters(request, chosen),
    }
    return render(request, "tasks/board.html", context)


def _late_first(chosen: Chosen, query: QueryDict, tasks: TaskQuerySet, on: date) -> Chosen:
    """What is late is shown where the address names no view, while anything is."""
    is_asked = "xem" in query or chosen.due_on is not None
    return (
        chosen if is_asked or not chosen.of(tasks).late(on).exists() else replace(chosen, view=LATE)
    )


def _filters(request: ActedRequest, chosen: object) -> dict[str, object]:
    lead = getattr(chosen, "lead", None)
    key = getattr(chosen, "notice", None)
    seen = Notice.objects.visible_to(request.actor, at=request.at)
    notice = seen.filter(uuid=key).defer("text").first() if key else None
    return {
        "chosen": chosen,
        "lead_name": names_of([lead], day_of(request.at)).get(lead, "") if lead else "",
        "notice": notice,
    }
