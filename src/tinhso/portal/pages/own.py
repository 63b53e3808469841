"""A signed-in citizen's own dossiers and drafts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.views import redirect_to_login
from django.core.paginator import Paginator
from django.shortcuts import render
from django.views.decorators.http import require_GET

from tinhso.dossiers.queries.telling import refused_among
from tinhso.portal import queries
from tinhso.portal.person import own_party

if TYPE_CHECKING:
    from django.http import HttpResponse

    from tinhso.kernel.requests import ActedRequest

PER_PAGE = 20


@require_GET
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
    }
    return render(request, "portal/own.html", context)
