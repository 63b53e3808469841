"""`/ho-so/tiep-nhan/ban-nhap/`: an officer goes on with what somebody began on line, with their consent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods

from tinhso.calendars.clock import day_of
from tinhso.dossiers.errors_of_drafts import DraftCodeUnknown, HelpNotAgreed
from tinhso.dossiers.models import Channel
from tinhso.dossiers.pages import drafts
from tinhso.dossiers.pages.bringing import ways_open
from tinhso.dossiers.permissions import DossierPermission
from tinhso.dossiers.services import opening
from tinhso.kernel.permissions import require

if TYPE_CHECKING:
    from django.http import HttpResponse

    from tinhso.dossiers.models import Draft
    from tinhso.kernel.requests import ActedRequest

LONGEST_CODE = 60


@require_http_methods(["GET", "HEAD", "POST"])
def help_on(request: ActedRequest) -> HttpResponse:
    """Ask for the code and whether the person agrees; then the form of the counter, with what was typed."""
    require(request.actor, DossierPermission.SUBMIT_FOR, at=request.at)
    if request.method != "POST":
        return render(request, "dossiers/helping.html", {"errors": {}})
    code = request.POST.get("ma", "").strip()[:LONGEST_CODE]
    agreed = bool(request.POST.get("dong-y"))
    try:
        draft = opening.help_with(code, agreed=agreed, actor=request.actor, at=request.at)
    except (DraftCodeUnknown, HelpNotAgreed) as refusal:
        field = "ma" if isinstance(refusal, DraftCodeUnknown) else "dong-y"
        errors = {field: [str(refusal)]}
        given = {"code": code, "agreed": agreed, "agreement": errors.get("dong-y")}
        return render(
            request, "dossiers/helping.html", {**given, "errors": errors}, status=refusal.status
        )
    drafts.hold(request.session, draft)
    return redirect(_form_of(draft, request))


def _form_of(draft: Draft, request: ActedRequest) -> str:
    ways = ways_open(day_of(request.at))
    way = Channel.HELPER if Channel.HELPER in ways else Channel.COUNTER
    address = reverse("dossiers:counter_form", args=[draft.procedure.procedure.code])
    return f"{address}?{urlencode({'nhap': str(draft.uuid), 'kenh': way.value})}"
