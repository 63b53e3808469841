"""What the applicant says of a dossier, passed on by partner systems: complaints, answers, ratings."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from ninja import Path, Router

from tinhso.dossiers import services
from tinhso.dossiers.api.answering import IfMatch, carry_out
from tinhso.dossiers.api.partners import PartnerRequest
from tinhso.dossiers.api.refusing import ACT_REFUSALS
from tinhso.dossiers.api.sent_interruptions import SentComplaint, SentComplaintAnswer, SentRating
from tinhso.dossiers.api.shown import ShownDossierWhole

router = Router(tags=["voices"])
ANSWERS = {200: ShownDossierWhole, **ACT_REFUSALS}


@router.post("/complaints", response=ANSWERS, url_name="api-complain", summary="Complain")
def complain(
    request: PartnerRequest,
    key: Path[UUID],
    *,
    response: HttpResponse,
    body: SentComplaint,
    if_match: IfMatch = None,
) -> ShownDossierWhole:
    """Complain for the applicant (khiếu nại); the competent agency owes an answer."""
    return carry_out(
        services.complain,
        key,
        request=request,
        response=response,
        body=body,
        if_match=if_match,
        content=body.content,
    )


@router.post(
    "/steps/{uuid:step}/complaint-answer",
    response=ANSWERS,
    url_name="api-answer-complaint",
    summary="Answer a complaint",
)
def answer_complaint(
    request: PartnerRequest,
    key: Path[UUID],
    step: Path[UUID],
    *,
    response: HttpResponse,
    body: SentComplaintAnswer,
    if_match: IfMatch = None,
) -> ShownDossierWhole:
    """Answer a complaint (trả lời khiếu nại)."""
    return carry_out(
        services.answer_complaint,
        key,
        step,
        request=request,
        response=response,
        body=body,
        if_match=if_match,
        is_right=body.is_right,
        content=body.content,
    )


@router.post("/rating", response=ANSWERS, url_name="api-rate", summary="Rate")
def rate(
    request: PartnerRequest,
    key: Path[UUID],
    *,
    response: HttpResponse,
    body: SentRating,
    if_match: IfMatch = None,
) -> ShownDossierWhole:
    """Say how content the applicant was (đánh giá), once, after hand-over."""
    return carry_out(
        services.rate,
        key,
        request=request,
        response=response,
        body=body,
        if_match=if_match,
        score=body.score,
        words=body.words,
    )
