"""The queue (hồ sơ chờ xử lý)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode
from uuid import UUID

from django.core.paginator import Paginator
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tinhso.agencies.queries import names_of
from tinhso.calendars.clock import day_of, local
from tinhso.calendars.queries import working_calendar
from tinhso.dossiers import definitions
from tinhso.dossiers.models import WAIT, State
from tinhso.dossiers.naming import work_named
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
from tinhso.dossiers.pages.lines import Lines
from tinhso.dossiers.pages.many import offered
from tinhso.dossiers.permissions import DossierPermission
from tinhso.dossiers.queries.waiting import answers_awaited_until
from tinhso.dossiers.queries.worklist import see
from tinhso.dossiers.rights import RIGHT_AT
from tinhso.dossiers.workflow.elements import AWAITED
from tinhso.kernel.identifiers import read_number
from tinhso.kernel.permissions import require
from tinhso.parties.models import Party
from tinhso.parties.services import note_read
from tinhso.ui import formatting

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from django.http import HttpResponse

    from tinhso.calendars.working_time import WorkingCalendar
    from tinhso.dossiers.models import SavedView
    from tinhso.dossiers.queries.worklist import Listed
    from tinhso.kernel.actors import Actor
    from tinhso.kernel.requests import ActedRequest

ROWS = 20
NO_KEY = UUID(int=0)


@dataclass(frozen=True, slots=True)
class QueueRow:
    """One line of the queue, as it is shown: nothing but text is left to be worked out."""

    work: Listed
    pace: Pace
    title: str
    code: str
    agency: str
    step: str
    href: str
    when: str
    received: str
    waits: str = ""
    take: str = ""


@require_safe
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
    seen = see(actor, chosen, at=at, page=read_number(request.GET.get("trang", "")) or 1, rows=ROWS)
    counts, found = seen.totals, seen.listed
    # the total is known already: the paginator is given as many numbers, and nobody counts twice
    page = Paginator(range(counts.tabs.under(chosen.tab)), ROWS).get_page(seen.page)
    note_read(applicants_of(found), purpose="queue", actor=actor, at=at)
    rows = rows_of(found, at=at, calendar=working_calendar(), taker=actor)
    bulk = offered(actor, at)
    kept = parameters_of(replace(chosen, search=""))
    return {
        "rows": Lines(has_boxes=bool(bulk), token=get_token(request)).draw(rows),
        "page": page,
        "may_file": actor.holds(DossierPermission.SUBMIT_FOR, at=at),
        "has_book": actor.holds(DossierPermission.READ, at=at),
        "chosen": chosen,
        "is_narrowed": is_narrowed(chosen),
        "shows_further": any(getattr(chosen, name) for name in FURTHER),
        "is_dense": is_dense(request),
        "bulk": bulk,
        "views": [(view, urlencode({"cua": "", **view.filters})) for view in views],
        "view_now": next((view for view in views if kept and view.filters == kept), None),
        "query": request.GET.urlencode(),
        "whose_tabs": whose_tabs(counts.whose, chosen, request.GET),
        "tabs": time_tabs(counts.tabs, chosen, request.GET),
        **choices(actor, chosen, at),
    }


def applicants_of(found: Iterable[Listed]) -> list[Party]:
    """The applicants of the work, each as a party of which nothing but its keys is known."""
    return [Party(pk=one.applicant, uuid=one.applicant_uuid) for one in found if one.applicant_uuid]


def rows_of(
    found: Sequence[Listed],
    *,
    at: datetime,
    calendar: WorkingCalendar,
    names_all: bool = False,
    taker: Actor | None = None,
) -> list[QueueRow]:
    """The lines of a page of the queue; agencies are named where there are several, or all with `names_all`.

    A line offers its step to a `taker` who may take and do it.
    """
    names = names_of({one.agency for one in found}, day_of(at)) if found else {}
    is_named = names_all or len(names) > 1
    versions = {one.procedure: definitions.of_version(one.procedure) for one in found}
    titles = {key: version.title for key, version in versions.items()}
    before, after = _address("dossiers:dossier")
    says = _times()
    not_received = _("chưa nhận")
    elsewhere = [one.key for one in found if one.act == AWAITED]
    ends = answers_awaited_until(elsewhere) if elsewhere else {}
    return [
        QueueRow(
            one,
            _pace(one, at, calendar),
            titles[one.procedure],
            versions[one.procedure].code,
            names.get(one.agency, "") if is_named else "",
            work_named(one.node, one.procedure),
            f"{before}{one.dossier}{after}",
            _when(one, says),
            formatting.day(one.received_at) if one.received_at else not_received,
            _waits(one, one.waits_until or ends.get(one.key)),
            _taking(one) if taker is not None and may_take(taker, one, at) else "",
        )
        for one in found
    ]


@lru_cache(maxsize=8)
def _address(name: str) -> tuple[str, str]:
    """What stands before and behind the key of a dossier in the address of its page."""
    before, _key, after = reverse(name, args=[NO_KEY]).partition(str(NO_KEY))
    return before, after


def _taking(one: Listed) -> str:
    return reverse("dossiers:taking", args=[one.dossier, one.key])


def _times() -> tuple[str, str, str]:
    return _("Tạm dừng tính hạn"), _("có kết quả"), _("nộp")


def _when(one: Listed, says: tuple[str, str, str]) -> str:
    """What stands under the state: the appointed time, or since when it waits for what has none."""
    paused, has_result, handed_in = says
    if one.is_paused:
        return paused
    if one.due_at:
        return formatting.moment(one.due_at)
    begun = has_result if one.act == "hand_over" else handed_in
    return f"{begun} {formatting.moment(one.since)}"


def _waits(one: Listed, until: datetime | None) -> str:
    """Till when it waits, for a timer or for others to answer; nothing where somebody here has to work."""
    if until is None:
        return _("chờ trả lời từ nơi khác") if one.act == AWAITED else ""
    last = local(until - timedelta(microseconds=1))
    is_whole = day_of(last) != day_of(until)
    when = formatting.day(last) if is_whole else formatting.moment(until)
    if one.act == AWAITED and is_whole:
        return _("chờ trả lời từ nơi khác đến hết %(when)s") % {"when": when}
    if one.act == AWAITED:
        return _("chờ trả lời từ nơi khác đến %(when)s") % {"when": when}
    if is_whole:
        return _("chờ hết ngày %(day)s") % {"day": when}
    return _("chờ đến %(when)s") % {"when": when}


def _pace(one: Listed, at: datetime, calendar: WorkingCalendar) -> Pace:
    state = State(one.state)
    if one.is_paused and state.is_standing_still:
        return Pace("wait", str(state.label))
    return pace_of(
        due_at=one.due_at,
        near_at=one.near_at,
        is_paused=one.is_paused,
        act=one.act,
        at=at,
        calendar=calendar,
    )


def may_take(actor: Actor, one: Listed, at: datetime) -> bool:
    """Whether the row offers its step: nobody holds it, and the actor may take and do it."""
    if one.person is not None or one.act in {"receive", WAIT}:
        return False
    wanted = (DossierPermission.TAKE, RIGHT_AT[one.act])
    return all(actor.holds(right, agency=one.agency, at=at) for right in wanted)
