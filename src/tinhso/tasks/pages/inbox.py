"""The inbox of an agency (nhiệm vụ được giao): to accept, late, near, being done; parts; one's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.paginator import Paginator
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tinhso.calendars.clock import day_of
from tinhso.kernel.permissions import require
from tinhso.tasks.pages.filtering import chosen_in, tabs
from tinhso.tasks.permissions import TaskPermission
from tinhso.tasks.queries.tasks import (
    counts,
    led_to_see,
    mine_to_see,
    ordered,
    rows_of,
    with_part_to_see,
)
from tinhso.ui.components import Tab

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from django.http import HttpResponse

    from tinhso.kernel.requests import ActedRequest
    from tinhso.tasks.models.tasks import TaskQuerySet
    from tinhso.tasks.pages.filtering import Chosen

PAGE = 50
WITH_PART, MINE = "phoi-hop", "cua-toi"
VIEWS = ("dang-mo", "cho-nhan", "qua-han", "sap-den-han", "cho-xac-nhan", "hoan-thanh")


@require_safe
def show(request: ActedRequest) -> HttpResponse:
    """The tasks that the reader's agencies lead, the nearest day first; their parts; the reader's own."""
    require(request.actor, TaskPermission.READ, at=request.at)
    on = day_of(request.at)
    led, chosen = led_to_see(request.actor, at=request.at), chosen_in(request.GET)
    others = _others(request)
    tasks = chosen_tasks(request, chosen, on)
    page = Paginator(ordered(tasks), PAGE).get_page(request.GET.get("trang"))
    rows = rows_of(page, on)
    told = counts(chosen.of(led), on)
    context = {
        "page": page,
        "chosen": chosen,
        "rows": rows,
        "tabs": [*tabs(told, chosen, request.GET, *VIEWS), *_tabs(others, chosen.view)],
        "is_own": chosen.view not in others and len({row.task.lead_id for row in rows}) <= 1,
    }
    return render(request, "tasks/inbox.html", context)


def chosen_tasks(request: ActedRequest, chosen: Chosen, on: date) -> TaskQuerySet:
    """What the filters of the address choose: of the tasks led, of those with a part, or of the reader's own."""
    others = _others(request)
    if chosen.view in others:
        return chosen.of(others[chosen.view])
    return chosen.viewed(led_to_see(request.actor, at=request.at), on)


def _others(request: ActedRequest) -> dict[str, TaskQuerySet]:
    return {
        WITH_PART: with_part_to_see(request.actor, at=request.at).open(),
        MINE: mine_to_see(request.actor, at=request.at).open(),
    }


def _tabs(others: Mapping[str, TaskQuerySet], view: str) -> list[Tab]:
    labels = {WITH_PART: _("Phối hợp"), MINE: _("Việc của tôi")}
    return [
        Tab(labels[each], f"?xem={each}", tasks.count(), is_current=each == view)
        for each, tasks in others.items()
    ]
