"""Take one's own dossier back: on one's own page, or after a look-up with proof."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tinhso.dossiers import services
from tinhso.dossiers.errors import DossierNotFound
from tinhso.dossiers.models import Dossier
from tinhso.kernel.errors import DomainError
from tinhso.parties.queries import stood_for
from tinhso.parties.services import note_read
from tinhso.portal.pages import proofs

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse

    from tinhso.kernel.requests import ActedRequest

LONGEST_REASON = 2000


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: ActedRequest, key: UUID) -> HttpResponse:
    """What withdrawing means; the word “rút” is a button, and nothing is asked but, if one likes, why."""
    reader = proofs.reader_of(request, key)
    own = Dossier.objects.visible_to(reader, at=request.at).filter(applicant__in=stood_for(reader))
    try:
        dossier = own.select_related("applicant", "procedure__procedure").get_or_refuse(key)
    except DossierNotFound:
        return redirect("portal:look_up")
    if dossier.applicant is not None:
        note_read([dossier.applicant], purpose="withdrawal", actor=request.actor, at=request.at)
    reason = request.POST.get("ly-do", "")[:LONGEST_REASON]
    if request.method != "POST":
        return render(request, "portal/withdraw.html", {"dossier": dossier})
    try:
        services.withdraw(key, actor=reader, reason=reason, at=request.at)
    except DomainError as refusal:
        context = {"dossier": dossier, "refusal": refusal, "reason": reason}
        return render(request, "portal/withdraw.html", context, status=refusal.status)
    messages.success(request, _("Đã rút hồ sơ."))
    return redirect("portal:dossier", key)
