"""Acts on a whole dossier: receive, refuse, ask for a supplement, hand one in, ask an opinion."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from ninja import Path, Router

from tinhso.calendars.deadlines import Term, Unit
from tinhso.dossiers import definitions, services
from tinhso.dossiers.api.answering import IfMatch, carry_out
from tinhso.dossiers.api.applying import agency_named, answers_of, files_of
from tinhso.dossiers.api.partners import PartnerRequest
from tinhso.dossiers.api.refusing import ACT_REFUSALS
from tinhso.dossiers.api.sent import (
    SentAct,
    SentQuestion,
    SentReason,
    SentSupplement,
    SentSupplementRequest,
)
from tinhso.dossiers.api.shown import ShownDossierWhole
from tinhso.dossiers.judging import answers_so_far
from tinhso.dossiers.models import Channel, Dossier

router = Router(tags=["acts"])
ANSWERS = {200: ShownDossierWhole, **ACT_REFUSALS}


@router.post("/receive", response=ANSWERS, url_name="api-receive", summary="Receive")
def receive(
    request: PartnerRequest,
    key: Path[UUID],
    *,
    response: HttpResponse,
    body: SentAct,
    if_match: IfMatch = None,
) -> ShownDossierWhole:
    """Receive a complete dossier (tiếp nhận): it gets its number and its appointed time."""
    return carry_out(
        services.receive,
        key,
        request=request,
        response=response,
        body=body,
        if_match=if_match,
    )


@router.post("/refuse", response=ANSWERS, url_name="api-refuse", summary="Refuse receipt")
def refuse(
    request: PartnerRequest,
    key: Path[UUID],
    *,
    response: HttpResponse,
    body: SentReason,
    if_match: IfMatch = None,
) -> ShownDossierWhole:
    """Refuse receipt (từ chối tiếp nhận), with the reason."""
    return carry_out(
        services.refuse,
        key,
        request=request,
        response=response,
        body=body,
        if_match=if_match,
        reason=body.reason,
    )


@router.post(
    "/supplement-requests",
    response=ANSWERS,
    url_name="api-supplement-requests",
    summary="Ask for a supplement",
)
def request_supplement(
    request: PartnerRequest,
    key: Path[UUID],
    *,
    response: HttpResponse,
    body: SentSupplementRequest,
    if_match: IfMatch = None,
) -> ShownDossierWhole:
    """Ask for everything that is missing (yêu cầu bổ sung); the clock stops by the procedure's rule."""
    return carry_out(
        services.request_supplement,
        key,
        request=request,
        response=response,
        body=body,
        if_match=if_match,
        items=body.items,
        reason=body.reason,
    )


@router.post(
    "/supplements", response=ANSWERS, url_name="api-supplements", summary="Hand in a supplement"
)
def supplement(
    request: PartnerRequest,
    key: Path[UUID],
    *,
    response: HttpResponse,
    body: SentSupplement,
    if_match: IfMatch = None,
) -> ShownDossierWhole:
    """Hand in what was missing (bổ sung hồ sơ); papers that were there stay, those sent now are added."""
    dossier = Dossier.objects.visible_to(request.actor, at=request.at).get_or_refuse(key)
    definition = definitions.of_version(dossier.procedure_id)
    before = answers_so_far(dossier, definition).attached
    return carry_out(
        services.relay_supplement,
        key,
        request=request,
        response=response,
        body=body,
        if_match=if_match,
        files=files_of(body.papers),
        answers=answers_of(definition, body.answers, body.papers, at=request.at, before=before),
        channel=Channel(body.channel),
    )


@router.post("/stop", response=ANSWERS, url_name="api-stop", summary="Stop for silence")
def stop(
    request: PartnerRequest,
    key: Path[UUID],
    *,
    response: HttpResponse,
    body: SentReason,
    if_match: IfMatch = None,
) -> ShownDossierWhole:
    """Stop a dossier whose applicant did not answer in time (dừng xử lý), with the reason."""
    return carry_out(
        services.stop,
        key,
        request=request,
        response=response,
        body=body,
        if_match=if_match,
        reason=body.reason,
    )


@router.post("/opinions", response=ANSWERS, url_name="api-opinions", summary="Ask an opinion")
def ask_opinion(
    request: PartnerRequest,
    key: Path[UUID],
    *,
    response: HttpResponse,
    body: SentQuestion,
    if_match: IfMatch = None,
) -> ShownDossierWhole:
    """Ask another agency for its opinion (lấy ý kiến)."""
    return carry_out(
        services.ask_opinion,
        key,
        request=request,
        response=response,
        body=body,
        if_match=if_match,
        agency=agency_named(body.agency, at=request.at),
        question=body.question,
        term=Term(body.working_days, Unit.WORKING_DAYS),
    )
