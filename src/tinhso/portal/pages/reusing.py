"""`…/lay-lai/`: a signed-in applicant uses what the platform holds of them instead of handing it in again."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tinhso.dossiers.errors_of_papers import HeldUnknown
from tinhso.dossiers.pages import drafts
from tinhso.dossiers.services import drafting, reusing
from tinhso.parties.queries import stood_for

if TYPE_CHECKING:
    from django.http import HttpResponse

    from tinhso.kernel.requests import ActedRequest

PAPERS = "giay-to"


@require_POST
def reuse(request: ActedRequest, key: UUID) -> HttpResponse:
    """Take one held paper into the draft, and back to the papers."""
    draft = drafting.find(key, actor=request.actor, held=drafts.held(request))
    try:
        chosen = UUID(request.POST.get("held", ""))
    except ValueError:
        raise HeldUnknown from None
    holders = stood_for(request.actor)
    reusing.take(draft, chosen, holders, actor=request.actor, at=request.at)
    messages.success(request, _("Đã lấy giấy tờ vào hồ sơ."))
    return redirect("portal:step", key, PAPERS)
