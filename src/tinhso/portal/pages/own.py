"""A signed-in citizen's own dossiers and drafts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.views import redirect_to_login
from django.core.paginator import Paginator
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tinhso.agencies.queries import names_of
from tinhso.calendars.clock import day_of
from tinhso.dossiers.models import State
from tinhso.dossiers.queries.promised import due_in_words, way_in_words, ways_of
from tinhso.dossiers.queries.telling import refused_among
from tinhso.portal import queries
from tinhso.portal.person import own_party

if TYPE_CHECKING:
    from datetime import datetime

    from django.http import HttpResponse

    from tinhso.dossiers.models import Dossier
    from tinhso.kernel.requests import ActedRequest

PER_PAGE = 20


@require_safe
def own(request: ActedRequest) -> HttpResponse:
    """Drafts to go on with, then dossiers, the newest first."""
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    dossiers = Paginator(queries.own_dossiers(request.actor, at=request.at), PER_PAGE)
    page = dossiers.get_page(request.GET.get("trang"))
    context = {
        "party": own_party(request.actor),
        "drafts": queries.own_drafts(request.actor),
        "page": page,
        "refused": refused_among(page),
        "lines": _lines(list(page.object_list), request.at),
    }
    return render(request, "portal/own.html", context)


def _lines(dossiers: list[Dossier], at: datetime) -> list[tuple[Dossier, str, str]]:
    """Each dossier with its appointed time and, until it is done, how its result comes."""
    ways = ways_of(dossiers)
    desks = names_of({dossier.returning_agency_id for dossier in dossiers}, day_of(at))
    return [
        (
            dossier,
            due_in_words(dossier),
            way_in_words(ways[dossier.pk], desks.get(dossier.returning_agency_id, ""))
            if State(dossier.state).is_open
            else "",
        )
        for dossier in dossiers
    ]
