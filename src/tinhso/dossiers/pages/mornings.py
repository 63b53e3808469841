"""The day's page by mail (thư mỗi sáng): on, off, and what it says now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tinhso.accounts.actors import OfficerActor
from tinhso.dossiers.permissions import DossierPermission
from tinhso.dossiers.queries.mornings import figures_of, wants_morning
from tinhso.dossiers.services.mornings import choose_morning
from tinhso.kernel.errors import NotAllowed
from tinhso.kernel.permissions import require

if TYPE_CHECKING:
    from django.http import HttpResponse

    from tinhso.kernel.requests import ActedRequest


@require_http_methods(["GET", "HEAD", "POST"])
def choose(request: ActedRequest) -> HttpResponse:
    """One box, and the mail as it would be now."""
    actor = request.actor
    require(actor, DossierPermission.READ_OVERVIEW, at=request.at)
    if not isinstance(actor, OfficerActor):
        raise NotAllowed
    if request.method == "POST":
        choose_morning(wants="wants" in request.POST, actor=actor, at=request.at)
        messages.success(request, _("Đã lưu."))
        return redirect("dossiers:mornings")
    context = {
        "wants": wants_morning(actor.user),
        "figures": figures_of(actor, at=request.at),
        "address": settings.PUBLIC_ADDRESS,
        "is_mail_on": settings.MAIL_IS_ON,
    }
    return render(request, "dossiers/mornings.html", context)
