"""The head's page (tình hình giải quyết): what is late and near, where, with whom; and the list of what is late."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.paginator import Paginator
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tinhso.agencies.queries import names_of
from tinhso.calendars.clock import day_of
from tinhso.calendars.queries import working_calendar
from tinhso.dossiers.pages.queue import rows_of
from tinhso.dossiers.permissions import DossierPermission
from tinhso.dossiers.queries.lateness import LATE_LISTS, listed_late
from tinhso.dossiers.queries.mornings import figures_of
from tinhso.dossiers.queries.overview import by_agency, by_person, longest_late
from tinhso.kernel.identifiers import read_number
from tinhso.kernel.permissions import require
from tinhso.ui.components import Tab

if TYPE_CHECKING:
    from django.http import HttpResponse

    from tinhso.kernel.requests import ActedRequest

WORST = 10
ROWS = 20


@require_safe
def show(request: ActedRequest) -> HttpResponse:
    """Late dossiers with their number, the load of agencies worst first, and of people."""
    actor, at = request.actor, request.at
    require(actor, DossierPermission.READ_OVERVIEW, at=at)
    agencies = by_agency(actor, at=at)
    everything = "tat-ca" in request.GET
    worst = longest_late(actor, at=at, most=WORST)
    context = {
        "agencies": agencies if everything else agencies[:WORST],
        "people": by_person(actor, at=at)[: None if everything else WORST],
        "may_hand_over": actor.holds(DossierPermission.HAND_WORK_OVER, at=at),
        "is_cut": not everything and len(agencies) > WORST,
        "agency_count": len(agencies),
        "figures": figures_of(actor, at=at),
        "rows": rows_of(worst, at=at, calendar=working_calendar(), names_all=True),
    }
    return render(request, "dossiers/overview.html", context)


@require_safe
def late(request: ActedRequest) -> HttpResponse:
    """What is late where the actor oversees it, a page at a time: all, or what the applicant is owed an apology for."""
    actor, at = request.actor, request.at
    require(actor, DossierPermission.READ_OVERVIEW, at=at)
    asked = request.GET.get("xem", "")
    chosen = asked if asked in LATE_LISTS else ""
    asked_of = map(read_number, request.GET.getlist("co-quan"))
    agencies = [each for each in asked_of if each is not None]
    lists = {name: listed_late(name, actor, at=at) for name in LATE_LISTS}
    if agencies:
        lists = {name: found.filter(competent_agency__in=agencies) for name, found in lists.items()}
    page = Paginator(lists[chosen], ROWS).get_page(request.GET.get("trang"))
    kept = "".join(f"&co-quan={each}" for each in agencies)
    tabs = [
        Tab(words, f"?xem={name}{kept}", lists[name].count(), "late", name == chosen)
        for name, words in _words().items()
    ]
    names = names_of({dossier.competent_agency_id for dossier in page}, day_of(at))
    rows = [(dossier, names.get(dossier.competent_agency_id, "")) for dossier in page]
    context = {"page": page, "rows": rows, "tabs": tabs, "chosen": chosen}
    return render(request, "dossiers/late.html", context)


def _words() -> dict[str, str]:
    """What each list of late dossiers is called, in their order."""
    return {
        "": _("Đang quá hạn"),
        "chua-xin-loi": _("Chưa xin lỗi"),
        "tre": _("Quyết định trễ trong tháng, chưa xin lỗi"),
    }
