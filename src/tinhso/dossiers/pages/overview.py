"""The head's page (tình hình giải quyết): what is late and near, where, with whom."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.shortcuts import render
from django.views.decorators.http import require_GET

from tinhso.calendars.queries import working_calendar
from tinhso.dossiers.pages.queue import rows_of
from tinhso.dossiers.permissions import DossierPermission
from tinhso.dossiers.queries.lateness import unexcused
from tinhso.dossiers.queries.overview import by_agency, by_person, late_dossiers, longest_late
from tinhso.kernel.permissions import require

if TYPE_CHECKING:
    from datetime import datetime

    from django.http import HttpResponse

    from tinhso.kernel.actors import Actor
    from tinhso.kernel.requests import ActedRequest

WORST = 10


@require_GET
def show(request: ActedRequest) -> HttpResponse:
    """Late dossiers with their number, the load of agencies worst first, and of people."""
    actor, at = request.actor, request.at
    require(actor, DossierPermission.READ_OVERVIEW, at=at)
    agencies = by_agency(actor, at=at)
    everything = "tat-ca" in request.GET
    worst = longest_late(actor, at=at, most=WORST)
    context = {
        **_owed(actor, at),
        "agencies": agencies if everything else agencies[:WORST],
        "people": by_person(actor, at=at)[: None if everything else WORST],
        "may_hand_over": actor.holds(DossierPermission.HAND_WORK_OVER, at=at),
        "is_cut": not everything and len(agencies) > WORST,
        "agency_count": len(agencies),
        "late": late_dossiers(actor, at=at),
        "near": sum(load.near for load in agencies),
        "everything": sum(load.everything for load in agencies),
        "unheld": sum(load.unheld for load in agencies),
        "rows": rows_of(worst, at=at, calendar=working_calendar(), names_all=True),
    }
    return render(request, "dossiers/overview.html", context)


def _owed(actor: Actor, at: datetime) -> dict[str, Any]:
    """What is late without an apology."""
    found = unexcused(actor, at=at)
    return {"unexcused": list(found[:WORST]), "unexcused_count": found.count()}
