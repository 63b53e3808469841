"""The queue (hồ sơ chờ xử lý)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from tinhso.agencies.queries import names_of
from tinhso.calendars.clock import day_of
from tinhso.calendars.queries import working_calendar
from tinhso.dossiers import definitions
from tinhso.dossiers.models import State, WorkItem
from tinhso.dossiers.pace import Pace, pace_of
from tinhso.dossiers.pages.density import is_dense
from tinhso.dossiers.pages.filtering import (
    FURTHER,
    choices,
    chosen_in,
    is_narrowed,
    parameters_of,
    time_tabs,
    views_of,
    whose_tabs,
)
from tinhso.dossiers.pages.many import offered
from tinhso.dossiers.permissions import DossierPermission
from tinhso.dossiers.queries.worklist import keys_of_page, queue, shown, totals
from tinhso.dossiers.rights import RIGHT_AT
from tinhso.kernel.permissions import require
from tinhso.parties.services import note_read

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from django.http import HttpResponse

    from tinhso.calendars.working_time import WorkingCalendar
    from tinhso.dossiers.models import SavedView
    from tinhso.kernel.actors import Actor
    from tinhso.kernel.requests import ActedRequest

ROWS = 20


@dataclass(frozen=True)
class QueueRow:
    """One line of the queue, as it is shown."""

    item: WorkItem
    pace: Pace
    title: str
    code: str
    agency: str
    may_take: bool = False


@require_GET
def show(request: ActedRequest) -> HttpResponse:
    """The queue of the actor's agencies, under the tab and filters of the address."""
    actor, at = request.actor, request.at
    require(actor, DossierPermission.READ_QUEUE, at=at)
    views = views_of(actor)
    usual = next((view for view in views if view.is_default), None)
    if usual is not None and not request.GET:
        return redirect(f"{request.path}?{urlencode({'cua': '', **usual.filters})}")
    return render(request, "dossiers/queue.html", _context(request, views))


def _context(request: ActedRequest, views: list[SavedView]) -> dict[str, Any]:
    actor, at = request.actor, request.at
    chosen = chosen_in(request.GET)
    counts = totals(actor, chosen, at=at)
    # the total is known already: the paginator is given as many numbers, and nobody counts twice
    total = counts.tabs.under(chosen.tab)
    page = Paginator(range(total), ROWS).get_page(request.GET.get("trang"))
    first = (page.number - 1) * ROWS
    keys = keys_of_page(queue(actor, chosen, at=at), first=first, rows=ROWS) if total else []
    lines = rows_of(shown(keys), at=at, calendar=working_calendar())
    kept = parameters_of(replace(chosen, search=""))
    applicants = [line.item.dossier.applicant for line in lines]
    note_read([who for who in applicants if who], purpose="queue", actor=actor, at=at)
    return {
        "rows": [replace(line, may_take=may_take(actor, line.item, at)) for line in lines],
        "page": page,
        "may_file": actor.holds(DossierPermission.SUBMIT_FOR, at=at),
        "chosen": chosen,
        "is_narrowed": is_narrowed(chosen),
        "shows_further": any(getattr(chosen, name) for name in FURTHER),
        "is_dense": is_dense(request),
        "bulk": offered(actor, at),
        "views": [(view, urlencode({"cua": "", **view.filters})) for view in views],
        "view_now": next((view for view in views if kept and view.filters == kept), None),
        "query": request.GET.urlencode(),
        "whose_tabs": whose_tabs(counts.whose, chosen, request.GET),
        "tabs": time_tabs(counts.tabs, chosen, request.GET),
        **choices(actor, chosen, at),
    }


def rows_of(
    items: Sequence[WorkItem], *, at: datetime, calendar: WorkingCalendar, names_all: bool = False
) -> list[QueueRow]:
    """The lines of a page of the queue; agencies are named where there are several, or all with `names_all`."""
    names = names_of({item.agency_id for item in items}, day_of(at)) if items else {}
    is_named = names_all or len(names) > 1
    versions = {item.procedure_id: definitions.of_version(item.procedure_id) for item in items}
    return [
        QueueRow(
            item,
            _pace(item, at, calendar),
            versions[item.procedure_id].title,
            versions[item.procedure_id].code,
            names.get(item.agency_id, "") if is_named else "",
        )
        for item in items
    ]


def _pace(item: WorkItem, at: datetime, calendar: WorkingCalendar) -> Pace:
    state = State(item.dossier.state)
    if item.is_paused and state.is_standing_still:
        return Pace("wait", str(state.label))
    return pace_of(
        due_at=item.due_at,
        near_at=item.near_at,
        is_paused=item.is_paused,
        act=item.act,
        at=at,
        calendar=calendar,
    )


def may_take(actor: Actor, item: WorkItem, at: datetime) -> bool:
    """Whether the row offers its step: nobody holds it, and the actor may take and do it."""
    wanted = (DossierPermission.TAKE, RIGHT_AT[item.act])
    free = item.person_id is None and item.act != "receive"
    return free and all(actor.holds(right, agency=item.agency_id, at=at) for right in wanted)
