"""An application whose first sending arrived though its answer was lost, and that was changed before the next.

The province keeps what came first. The applicant is told what that is, and what they typed since stays a draft, which
they may hand in as another dossier.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tinhso.agencies.queries import names_of
from tinhso.calendars.clock import day_of
from tinhso.dossiers import definitions
from tinhso.dossiers.judging import answers_so_far
from tinhso.dossiers.pages import drafts
from tinhso.dossiers.services import drafting
from tinhso.forms import showing
from tinhso.parties.services import note_read
from tinhso.portal import national
from tinhso.portal.errors import ArrivedBefore
from tinhso.portal.pages import proofs
from tinhso.portal.pages.applying import filling_in

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse

    from tinhso.dossiers.models import Dossier
    from tinhso.kernel.requests import ActedRequest
    from tinhso.portal.filling import Filling


@dataclass(frozen=True)
class Difference:
    """One answer: as it was received, and as it stands in the draft; empty where there is none."""

    label: str
    received: str
    typed: str


def differences(filling: Filling, dossier: Dossier) -> list[Difference]:
    """What the draft says otherwise than what the province received, in the order of the form."""
    definition = definitions.of_version(dossier.procedure_id)
    came = {
        row.path: row for row in showing.rows(definition.form, answers_so_far(dossier, definition))
    }
    now = {row.path: row for row in showing.rows(filling.form, filling.answers)}
    return [
        Difference(
            (now.get(path) or came[path]).label,
            came[path].shown if path in came else "",
            now[path].shown if path in now else "",
        )
        for path in [*now, *(path for path in came if path not in now)]
        if (came[path].shown if path in came else "") != (now[path].shown if path in now else "")
    ]


def page(request: ActedRequest, filling: Filling) -> HttpResponse:
    """What was received the first time and what is not in it; how to go on. Nothing typed is lost."""
    dossier = national.handed_over(filling.draft.uuid)
    if dossier is None:
        raise Http404
    proofs.remember(request, dossier)
    if dossier.applicant is not None:
        note_read([dossier.applicant], purpose="arrived", actor=request.actor, at=request.at)
    places = [filling.draft.agency_id, dossier.competent_agency_id]
    names = names_of({place for place in places if place}, day_of(request.at))
    context = {
        "filling": filling,
        "dossier": dossier,
        "reference": dossier.shown_reference,
        "differing": differences(filling, dossier),
        "places": [names.get(place or 0, "") for place in places] if filling.needs_place else [],
    }
    return render(request, "portal/arrived.html", context, status=ArrivedBefore.status)


@require_POST
def anew(request: ActedRequest, key: UUID) -> HttpResponse:
    """Keep what was typed as a draft of its own, to be handed in as another dossier."""
    filling = filling_in(request, key)
    if national.handed_over(key) is None:
        raise Http404
    draft = drafting.begin_anew(filling.draft, at=request.at)
    drafts.hold(request.session, draft)
    messages.success(request, _("Những gì bạn đã khai nay là một bản nháp mới, chưa gửi đi."))
    return redirect("portal:check", draft.uuid)
