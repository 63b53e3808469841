"""Hand the form in again as the desk has guided, before receipt."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tinhso.dossiers import definitions
from tinhso.dossiers.errors import DossierNotFound
from tinhso.dossiers.filing import Posted, take_in
from tinhso.dossiers.models import Dossier
from tinhso.dossiers.queries.telling import guidance_of
from tinhso.dossiers.services import drafting, guiding
from tinhso.forms import rendering
from tinhso.kernel.errors import DomainError
from tinhso.parties.services import note_read
from tinhso.portal.channels import require_filing_channel
from tinhso.portal.pages import proofs

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse

    from tinhso.dossiers.models import Draft
    from tinhso.kernel.requests import ActedRequest


@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: ActedRequest, key: UUID) -> HttpResponse:
    """The guidance on top, the form below as it was handed in."""
    reader = proofs.reader_of(request, key)
    channel = require_filing_channel(request.at)
    shown = request.method != "POST"
    try:
        draft = guiding.open_correction(
            key, channel=channel, actor=reader, at=request.at, only_shown=shown
        )
    except DossierNotFound:
        return redirect("portal:look_up")
    if request.method != "POST":
        return _page(request, draft, None, None)
    posted = take_in(request, draft, step=None, actor=reader, at=request.at)
    if posted.errors or posted.asks_again:
        return _page(request, draft, posted, None)
    try:
        guiding.hand_in_correction(draft, channel=channel, actor=reader, at=request.at)
    except DomainError as refusal:
        return _page(request, draft, posted, refusal)
    messages.success(request, _("Đã nộp lại. Hồ sơ chờ tiếp nhận."))
    return redirect("portal:dossier", key)


def _page(
    request: ActedRequest, draft: Draft, posted: Posted | None, refusal: DomainError | None
) -> HttpResponse:
    dossier = Dossier.objects.select_related("applicant").get(uuid=draft.uuid)
    if dossier.applicant is not None:
        note_read([dossier.applicant], purpose="correction", actor=request.actor, at=request.at)
    form = definitions.of_version(draft.procedure_id).form
    answers = posted.answers if posted else drafting.answers_of(draft, at=request.at)
    errors = posted.errors if posted else {}
    context = {
        "dossier": dossier,
        "version": draft.procedure,
        "guidance": guidance_of(dossier),
        "steps": [
            (step, rendering.fields(form, step, answers, errors)) for step in form.steps_of(answers)
        ],
        "summary": rendering.error_summary(form, answers, errors),
        "is_wrong": bool(errors),
        "refusal": refusal,
    }
    status = refusal.status if refusal else 422 if errors else 200
    return render(request, "portal/correct.html", context, status=status)
