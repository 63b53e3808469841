"""The leader's board (theo dõi nhiệm vụ): what only they can set going, late, near, by agency, group, follower."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tinhso.agencies.queries import names_of
from tinhso.calendars.clock import day_of
from tinhso.kernel.permissions import require
from tinhso.tasks.models import Committee, Notice
from tinhso.tasks.pages.filtering import chosen_in, tabs
from tinhso.tasks.permissions import TaskPermission
from tinhso.tasks.queries.committees import committees_on
from tinhso.tasks.queries.lines import line_rows, page_of_lines
from tinhso.tasks.queries.loads import loads
from tinhso.tasks.queries.tasks import (
    CLOSED,
    LATE,
    done_count,
    given_to_see,
    matters,
    ordered,
    rows_of,
)

if TYPE_CHECKING:
    from datetime import date

    from django.core.paginator import Page
    from django.http import HttpResponse, QueryDict

    from tinhso.kernel.requests import ActedRequest
    from tinhso.tasks.models.tasks import TaskQuerySet
    from tinhso.tasks.pages.filtering import Chosen
    from tinhso.tasks.queries.loads import Loads
    from tinhso.tasks.queries.tasks import Row

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
    chosen = chosen_in(request.GET)
    found = loads(chosen.of(tasks), on)
    chosen = _late_first(chosen, request.GET, found)
    told = found.counts | done_count(chosen.of(tasks))
    page, rows = _listed(chosen, tasks, on, request.GET.get("trang"))
    waiting, waiting_count = matters(request.actor, at=request.at, on=on)
    context = {
        "page": page,
        "rows": rows,
        "is_by_line": any(row.joint for row in rows),
        "matters": waiting,
        "matter_count": waiting_count,
        "tabs": tabs(told, chosen, request.GET, *VIEWS),
        **_shown(found, is_whole="tat-ca" in request.GET),
        **_filters(request, chosen),
    }
    return render(request, "tasks/board.html", context)


def _listed(
    chosen: Chosen, tasks: TaskQuerySet, on: date, number: str | None
) -> tuple[Page[Any], list[Row]]:
    """A page of lines, and its rows. What is done grows without end: it is listed task by task, as one order's are."""
    viewed = chosen.viewed(tasks, on)
    if chosen.view in CLOSED or chosen.item is not None:
        page = Paginator(ordered(viewed), PAGE).get_page(number)
        return page, rows_of(page, on)
    grouped = page_of_lines(viewed, number, PAGE)
    return grouped, line_rows(list(grouped), viewed, on, among=tasks)


def _shown(found: Loads, *, is_whole: bool) -> dict[str, object]:
    return {
        "by_lead": found.by_lead if is_whole else found.by_lead[:MOST],
        "lead_count": len(found.by_lead),
        "by_group": found.by_group[:MOST],
        "by_follower": found.by_follower[:MOST],
    }


def _late_first(chosen: Chosen, query: QueryDict, found: Loads) -> Chosen:
    """What is late is shown where the address names no view, while anything is."""
    is_asked = "xem" in query or chosen.due_on is not None
    return chosen if is_asked or not found.counts[LATE] else replace(chosen, view=LATE)


def _filters(request: ActedRequest, chosen: Chosen) -> dict[str, object]:
    today, lead = day_of(request.at), chosen.lead
    seen = Notice.objects.visible_to(request.actor, at=request.at)
    known = committees_on(today)
    ban = chosen.committee
    return {
        "chosen": chosen,
        "lead_name": names_of([lead], today).get(lead, "") if lead else "",
        "notice": seen.filter(uuid=chosen.notice).defer("text").first() if chosen.notice else None,
        "committee": Committee.objects.filter(uuid=ban).first() if ban else None,
        "committees": known,
        "committee_options": [("", _("Tất cả")), *((str(one.uuid), one.name) for one in known)],
    }
