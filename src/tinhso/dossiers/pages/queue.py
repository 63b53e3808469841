"""The queue (hồ sơ chờ xử lý)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.core.paginator import Paginator
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from tinhso.agencies.queries import names_of
from tinhso.calendars.clock import day_of
from tinhso.calendars.queries import working_calendar
from tinhso.dossiers.acts import ACT_NAMES
from tinhso.dossiers.models import ProcedureVersion, State, WorkItem
from tinhso.dossiers.pace import Pace, pace_of
from tinhso.dossiers.permissions import DossierPermission
from tinhso.dossiers.queries.worklist import (
    MINE,
    TO_SIGN,
    QueueCounts,
    QueueFilter,
    WhoseCounts,
    count,
    count_whose,
    in_order,
    queue,
)
from tinhso.dossiers.rights import RIGHT_AT
from tinhso.kernel.permissions import require
from tinhso.parties.services import note_read
from tinhso.ui.components import Tab

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from django.core.paginator import Page
    from django.http import HttpResponse, QueryDict

    from tinhso.calendars.working_time import WorkingCalendar
    from tinhso.kernel.actors import Actor
    from tinhso.kernel.requests import ActedRequest

ROWS = 20


@dataclass(frozen=True)
class QueueRow:
    """One line of the queue, as it is shown."""

    item: WorkItem
    pace: Pace
    agency: str
    may_take: bool = False


def chosen_in(query: QueryDict) -> QueueFilter:
    """The filters that the address carries."""
    return QueueFilter(
        search=query.get("tim", "")[:200],
        tab=query.get("tab", ""),
        whose=query.get("cua", ""),
        procedure=query.get("thu-tuc", ""),
        act=query.get("buoc", ""),
        person=query.get("nguoi", ""),
        agency=query.get("co-quan", ""),
    )


@require_GET
def show(request: ActedRequest) -> HttpResponse:
    """The queue of the actor's agencies, under the tab and filters of the address."""
    actor, at = request.actor, request.at
    require(actor, DossierPermission.READ_QUEUE, at=at)
    chosen = chosen_in(request.GET)
    page = Paginator(in_order(queue(actor, chosen, at=at)), ROWS).get_page(request.GET.get("trang"))
    lines = rows_of(page, at=at, calendar=working_calendar())
    rows = [replace(row, may_take=may_take(actor, row.item, at)) for row in lines]
    applicants = [row.item.dossier.applicant for row in rows if row.item.dossier.applicant]
    note_read(applicants, purpose="queue", actor=actor, at=at)
    context = {
        "rows": rows,
        "page": page,
        "may_file": actor.holds(DossierPermission.SUBMIT_FOR, at=at),
        "chosen": chosen,
        "whose_tabs": whose_of(count_whose(actor, chosen, at=at), chosen, request.GET),
        "tabs": tabs_of(count(actor, chosen, at=at), chosen, request.GET),
        **choices(),
    }
    return render(request, "dossiers/queue.html", context)


def rows_of(page: Page[WorkItem], *, at: datetime, calendar: WorkingCalendar) -> list[QueueRow]:
    """The lines of a page of the queue."""
    items = list(page)
    names = names_of({item.agency_id for item in items}, day_of(at))
    return [
        QueueRow(
            item,
            _pace(item, at, calendar),
            names.get(item.agency_id, "") if len(names) > 1 else "",
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


def whose_of(counts: WhoseCounts, chosen: QueueFilter, query: QueryDict) -> list[Tab]:
    """Whose work it is, with exact counts: the tabs by time below keep to the one that is chosen."""

    def tab(label: str, whose: str, number: int) -> Tab:
        kept = query.copy()
        kept.pop("trang", None)
        kept.pop("tab", None)
        kept["cua"] = whose
        return Tab(label, f"?{kept.urlencode()}", number, "", chosen.whose == whose)

    return [
        tab(_("Chờ tôi"), MINE, counts.mine),
        tab(_("Chờ tôi ký"), TO_SIGN, counts.to_sign),
        tab(_("Của đơn vị"), "", counts.everything),
    ]


def tabs_of(counts: QueueCounts, chosen: QueueFilter, query: QueryDict) -> list[Tab]:
    """The tabs with their exact counts; the other filters stay in the address."""

    def href(tab: str) -> str:
        kept = query.copy()
        kept.pop("trang", None)
        kept["tab"] = tab
        return f"?{kept.urlencode()}"

    return [
        Tab(_("Tất cả"), href(""), counts.everything, "", not chosen.tab),
        Tab(_("Quá hạn"), href("qua-han"), counts.late, "late", chosen.tab == "qua-han"),
        Tab(
            _("Sắp đến hạn"), href("sap-den-han"), counts.near, "near", chosen.tab == "sap-den-han"
        ),
        Tab(_("Trong hạn"), href("trong-han"), counts.on_time, "ok", chosen.tab == "trong-han"),
        Tab(_("Tạm dừng"), href("cho-bo-sung"), counts.paused, "", chosen.tab == "cho-bo-sung"),
    ]


def choices() -> dict[str, Iterable[tuple[str, object]]]:
    """The choices of the filters."""
    versions = ProcedureVersion.objects.select_related("procedure").order_by("procedure__name")
    procedures = {version.procedure.code: version.title for version in versions}
    return {
        "procedures": [("", _("Tất cả thủ tục")), *procedures.items()],
        "acts": [("", _("Tất cả bước")), *ACT_NAMES.items()],
        "people": [
            ("", _("Cả đơn vị")),
            ("me", _("Việc của tôi")),
            ("nobody", _("Chưa phân công")),
        ],
    }
