"""Hand all work that a colleague holds over to another (bàn giao việc), with the count before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tinhso.accounts.models import User
from tinhso.accounts.queries import with_duties
from tinhso.agencies.queries import names_of
from tinhso.calendars.clock import day_of
from tinhso.dossiers import services
from tinhso.dossiers.permissions import DossierPermission
from tinhso.dossiers.queries.officers import held_by, officers_at
from tinhso.kernel.errors import DomainError, NotFound
from tinhso.kernel.permissions import require

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse

    from tinhso.kernel.requests import ActedRequest

NOBODY = "nobody"
Holdings = list[tuple[int, int]]
"""Agency keys with how many pieces of work are held there."""


@require_http_methods(["GET", "HEAD", "POST"])
def hand_over(request: ActedRequest, key: UUID) -> HttpResponse:
    """How much the colleague holds at each agency, and to whom it shall go.

    Not found: whoever holds no open work where the actor may hand it over, so that nobody leafs through the accounts.
    """
    require(request.actor, DossierPermission.HAND_WORK_OVER, at=request.at)
    source = User.objects.filter(uuid=key).first()
    held = held_by(source.pk, request.actor, at=request.at) if source else []
    if source is None or not held:
        raise NotFound
    if request.method != "POST":
        return _page(request, source, held, None)
    try:
        agency, target = _chosen(request, source, held)
    except LookupError:
        return _page(request, source, held, None, status=422)
    try:
        moved = services.hand_work_over(
            agency, source=source, target=target, actor=request.actor, at=request.at
        )
    except DomainError as refusal:
        return _page(request, source, held, refusal, status=refusal.status)
    messages.success(request, _("Đã chuyển %(n)s việc.") % {"n": moved})
    return redirect("dossiers:overview")


def _chosen(request: ActedRequest, source: User, held: Holdings) -> tuple[int, User | None]:
    """The agency and who shall have its work, out of those whom the page offers; `LookupError` for anything else."""
    typed, chosen = request.POST.get("co-quan", ""), request.POST.get("cho", "")
    agency = {str(key): key for key, _count in held}[typed]
    if chosen == NOBODY:
        return agency, None
    people = officers_at(agency, at=request.at).exclude(pk=source.pk)
    return agency, {str(one.uuid): one for one in people}[chosen]


def _page(
    request: ActedRequest,
    source: User,
    held: Holdings,
    refusal: DomainError | None,
    *,
    status: int = 200,
) -> HttpResponse:
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
                with_duties(
                    officers_at(agency, at=request.at).exclude(pk=source.pk), at=request.at
                ),
            )
            for agency, count in held
        ],
    }
    return render(request, "dossiers/handing.html", context, status=status)
