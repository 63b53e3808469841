"""The last page of an application: all answers, the declaration, handing in; then the confirmation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from tinhso.agencies.queries import names_of
from tinhso.calendars.clock import day_of
from tinhso.dossiers import definitions
from tinhso.dossiers.models import Channel, Dossier
from tinhso.dossiers.services import drafting
from tinhso.forms import rendering
from tinhso.kernel.errors import DomainError, Invalid
from tinhso.portal import national
from tinhso.portal.channels import filing_channel, require_filing_channel
from tinhso.portal.costs import costs_of, costs_of_dossier
from tinhso.portal.errors import ArrivedBefore
from tinhso.portal.pages import arriving, proofs
from tinhso.portal.pages.applying import filling_in, handed_in_goes_on
from tinhso.portal.pages.person import unsaid
from tinhso.ui import qr

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse

    from tinhso.kernel.requests import ActedRequest
    from tinhso.portal.filling import Filling

DECLARED = "cam_doan"


@require_http_methods(["GET", "HEAD", "POST"])
@handed_in_goes_on
def check(request: ActedRequest, key: UUID) -> HttpResponse:
    """All answers with links to change them; handed in once the declaration is ticked."""
    filling = filling_in(request, key)
    if request.method != "POST":
        return _page(request, filling, {})
    elsewhere = unsaid(request, onward=request.path)
    if elsewhere is not None:
        return elsewhere
    if not request.POST.get(DECLARED):
        return _page(request, filling, {DECLARED: [_("Hãy đánh dấu vào lời cam đoan.")]})
    try:
        dossier = _hand_in(request, filling)
    except ArrivedBefore:
        return arriving.page(request, filling)
    except DomainError as refusal:
        return _page(request, filling, _sentences(refusal), status=refusal.status)
    proofs.remember(request, dossier)
    return redirect("portal:submitted", dossier.uuid)


def _hand_in(request: ActedRequest, filling: Filling) -> Dossier:
    """Into the province's own books; where these pages play the national portal, by its API."""
    channel = require_filing_channel(request.at)
    if channel is Channel.NATIONAL:
        return national.hand_over(filling.draft, actor=request.actor, at=request.at)
    return drafting.hand_in(filling.draft, channel=channel, actor=request.actor, at=request.at)


def _sentences(refusal: DomainError) -> dict[str, list[str]]:
    """What was refused, without what stands beside each step already."""
    details = refusal.errors.values() if isinstance(refusal, Invalid) else ()
    return {"": [str(refusal), *(text for sentences in details for text in sentences)]}


def _page(
    request: ActedRequest, filling: Filling, errors: dict[str, list[str]], *, status: int = 422
) -> HttpResponse:
    agency, missing = filling.draft.agency_id, _missing(filling)
    channel, day = filing_channel(request.at), day_of(request.at)
    context: dict[str, Any] = {
        "filling": filling,
        "position": len(filling.stages),
        "total": len(filling.stages),
        "back": filling.stages[-2],
        "place": names_of([agency], day).get(agency, "") if agency else "",
        "missing": missing,
        "costs": costs_of(filling, channel=channel, day=day, is_complete=not missing),
        "answers": rendering.check_answers(
            filling.form, filling.answers, change_url=lambda step: f"{filling.step_url(step)}?sua"
        ),
        "errors": errors,
        "declared": DECLARED,
    }
    return render(request, "portal/check.html", context, status=status if errors else 200)


def _missing(filling: Filling) -> list[tuple[str, str, list[str]]]:
    """Steps that are not right yet: label, address, sentences."""
    found = []
    if filling.needs_place and filling.draft.agency_id is None:
        place = filling.stages[0]
        found.append((str(place.label), place.url, [_("Hãy chọn nơi giải quyết hồ sơ.")]))
    for step in filling.form.steps_of(filling.answers):
        wrong = filling.form.validate(filling.answers, step)
        if wrong:
            sentences = [text for texts in wrong.values() for text in texts]
            found.append((step.label, filling.step_url(step), sentences))
    return found


@require_safe
def submitted(request: ActedRequest, key: UUID) -> HttpResponse:
    """The confirmation, for the applicant or for whoever handed it in, half an hour long; else the look-up."""
    reader = proofs.reader_of(request, key)
    shown = Dossier.objects.visible_to(reader, at=request.at).filter(reference__isnull=False)
    dossier = shown.filter(uuid=key).first()
    if dossier is None or reader.party is None:
        return redirect("portal:look_up")
    address = request.build_absolute_uri(f"{reverse('portal:look_up')}?ma={dossier.reference}")
    agency = dossier.receiving_agency_id
    context = {
        "dossier": dossier,
        "reference": dossier.shown_reference,
        "definition": definitions.of_version(dossier.procedure_id),
        "desk": names_of([agency], day_of(request.at)).get(agency, ""),
        "address": address,
        "costs": costs_of_dossier(dossier),
        "qr": qr.svg(address, label=_("Mã QR mở trang tra cứu hồ sơ")),
    }
    return render(request, "portal/submitted.html", context)
