"""A form of a dossier as PDF (in phiếu)."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from tinhso.dossiers.models import Dossier
from tinhso.dossiers.printing.papers import FORMS, printed
from tinhso.kernel.errors import NotFound
from tinhso.parties.services import note_read
from tinhso.ui import verifying

if TYPE_CHECKING:
    from uuid import UUID

    from tinhso.kernel.requests import ActedRequest


@require_safe
def show(request: ActedRequest, key: UUID, slug: str) -> HttpResponse:
    """The paper, to be printed or saved; whoever may see the dossier may print it, officers alone what is internal."""
    form = FORMS.get(slug)
    if form is None:
        raise NotFound
    actor, at = request.actor, request.at
    seen = Dossier.objects.in_office if form.is_internal else Dossier.objects.visible_to
    found = seen(actor, at=at).select_related("applicant", "procedure__procedure")
    dossier = found.get_or_refuse(key)
    if dossier.applicant is not None:
        note_read([dossier.applicant], purpose="printing", actor=request.actor, at=request.at)
    body = printed(dossier, form, address=partial(verifying.address_of, request))
    response = HttpResponse(body, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{slug}-{dossier}.pdf"'
    return response
