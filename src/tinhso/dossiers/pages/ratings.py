"""What applicants said of the agencies that a head oversees (mức độ hài lòng)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.paginator import Paginator
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tinhso.dossiers.permissions import DossierPermission
from tinhso.dossiers.queries.ratings import mean, ratings
from tinhso.kernel.permissions import require

if TYPE_CHECKING:
    from django.http import HttpResponse

    from tinhso.kernel.requests import ActedRequest

ROWS = 20


@require_safe
def show(request: ActedRequest) -> HttpResponse:
    """The mean, and the list with the applicants' words; no names."""
    require(request.actor, DossierPermission.READ_OVERVIEW, at=request.at)
    found = ratings(request.actor, at=request.at)
    score, count = mean(found)
    context = {
        "mean": f"{score:.1f}".replace(".", ",") if score is not None else "",
        "count": count,
        "page": Paginator(found, ROWS).get_page(request.GET.get("trang")),
    }
    return render(request, "dossiers/ratings.html", context)
