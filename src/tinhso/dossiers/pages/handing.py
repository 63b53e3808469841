"""Hand all work that a colleague holds over to another (bàn giao việc), with the count before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tinhso.accounts.models import User
from tinhso.agencies.queries import names_of
from tinhso.calendars.clock import day_of
from tinhso.dossiers import services
from tinhso.dossiers.permissions import DossierPermission
from tinhso.dossiers.queries.officers import held_by, officers_at
from tinhso.kernel.errors import DomainError
from tinhso.kernel.identifiers import read_number
from tinhso.kernel.permissions import require

if TYPE_CHECKING:
    from django.http import HttpResponse

    from tinhso.kernel.requests import ActedRequest

NOBODY = "nobody"


@require_http_methods(["GET", "POST"])
def hand_over(request: ActedRequest, person: int) -> HttpResponse:
    """How much the colleague holds at each agency, and to whom it shall go."""
    require(request.actor, DossierPermission.HAND_WORK_OVER, at=request.at)
    source = get_object_or_404(User, pk=person)
    if request.method == "GET":
        return _page(request, source, None)
    agency = read_number(request.POST.get("co-quan", ""))
    chosen = request.POST.get("cho", "")
    if agency is None or (chosen != NOBODY and read_number(chosen) is None):
        return _page(request, source, None, status=422)
    target = None if chosen == NOBODY else get_object_or_404(User, pk=read_number(chosen))
    try:
        moved = services.hand_work_over(
            agency, source=source, target=target, actor=request.actor, at=request.at
        )
    except DomainError as refusal:
        return _page(request, source, refusal, status=refusal.status)
    messages.success(request, _("Đã chuyển %(n)s việc.") % {"n": moved})
    return redirect("dossiers:overview")


def _page(
    request: ActedRequest, source: User, refusal: DomainError | None, *, status: int = 200
) -> HttpResponse:
    held = held_by(source.pk, request.actor, at=request.at)
    names = names_of({agency for agency, _count in held}, day_of(request.at))
    context = {
        "source": source,
        "refusal": refusal,
        "is_incomplete": status == 422,  # noqa: PLR2004  (nothing chosen)
        "holdings": [
            (
                agency,
                names.get(agency, ""),
                count,
                officers_at(agency, at=request.at).exclude(pk=source.pk),
            )
            for agency, count in held
        ],
    }
    return render(request, "dossiers/handing.html", context, status=status)
