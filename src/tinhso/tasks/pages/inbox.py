"""The inbox of an agency (nhiệm vụ được giao): to accept, late, near, being done; parts in tasks of others."""

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
from tinhso.tasks.queries.tasks import led_to_see, ordered, rows_of, with_part_to_see
from tinhso.ui.components import Tab

if TYPE_CHECKING:
    from django.http import HttpResponse

    from tinhso.kernel.requests import ActedRequest

PAGE = 50
WITH_PART = "phoi-hop"
VIEWS = ("dang-mo", "cho-nhan", "qua-han", "sap-den-han", "cho-xac-nhan", "hoan-thanh")


@require_safe
def show(request: ActedRequest) -> HttpResponse:
    """The tasks that the reader's agencies lead, the nearest day first; or those in which they have a part."""
    require(request.actor, TaskPermission.READ, at=request.at)
    on = day_of(request.at)
    led, chosen = led_to_see(request.actor, at=request.at), chosen_in(request.GET)
    parts = with_part_to_see(request.actor, at=request.at).open()
    is_part = chosen.view == WITH_PART
    tasks = parts if is_part else chosen.viewed(led, on)
    page = Paginator(ordered(tasks), PAGE).get_page(request.GET.get("trang"))
    part_tab = Tab(_("Phối hợp"), f"?xem={WITH_PART}", parts.count(), is_current=is_part)
    rows = rows_of(page, on)
    context = {
        "page": page,
        "chosen": chosen,
        "rows": rows,
        "tabs": [*tabs(led, chosen, request.GET, on, *VIEWS), part_tab],
        "is_part": is_part,
        "is_own": not is_part and len({row.task.lead_id for row in rows}) <= 1,
    }
    return render(request, "tasks/inbox.html", context)
