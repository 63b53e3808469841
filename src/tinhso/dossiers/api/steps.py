"""Acts at one step: assign, take, forward, send back, opinion, decision, result, hand over."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from ninja import Path, Router

from tinhso.accounts.models import User
from tinhso.dossiers import services
from tinhso.dossiers.api.answering import IfMatch, carry_out
from tinhso.dossiers.api.partners import PartnerRequest
from tinhso.dossiers.api.refusing import ACT_REFUSALS
from tinhso.dossiers.api.sent import (
    SentAct,
    SentAssignment,
    SentBack,
    SentDecision,
    SentForward,
    SentHandOver,
    SentOpinion,
    SentResult,
)
from tinhso.dossiers.api.shown import ShownDossierWhole
from tinhso.dossiers.errors import OfficerNotThere
from tinhso.dossiers.plans.working import ResultDocument

router = Router(tags=["steps"])
ANSWERS = {200: ShownDossierWhole, **ACT_REFUSALS}


@router.post("/assign", response=ANSWERS, url_name="api-assign", summary="Assign")
def assign(
    request: PartnerRequest,
    key: Path[UUID],
    step: Path[UUID],
    *,
    response: HttpResponse,
    body: SentAssignment,
    if_match: IfMatch = None,
) -> ShownDossierWhole:
    """Give a step to an officer of the agency where it lies, or take it from one (phân công)."""
    return carry_out(
        services.assign,
        key,
        step,
        request=request,
        response=response,
        body=body,
        if_match=if_match,
        person=_officer(body.person) if body.person else None,
    )


def _officer(key: UUID) -> User:
    found: User | None = User.objects.filter(uuid=key, is_active=True).first()
    if found is None:
        raise OfficerNotThere(person=key)
    return found


@router.post("/take", response=ANSWERS, url_name="api-take", summary="Take")
def take(
    request: PartnerRequest,
    key: Path[UUID],
    step: Path[UUID],
    *,
    response: HttpResponse,
    body: SentAct,
    if_match: IfMatch = None,
) -> ShownDossierWhole:
    """Take a step that nobody holds (nhận xử lý)."""
    return carry_out(
        services.take,
        key,
        step,
        request=request,
        response=response,
        body=body,
        if_match=if_match,
    )


@router.post("/forward", response=ANSWERS, url_name="api-forward", summary="Forward")
def forward(
    request: PartnerRequest,
    key: Path[UUID],
    step: Path[UUID],
    *,
    response: HttpResponse,
    body: SentForward,
    if_match: IfMatch = None,
) -> ShownDossierWhole:
    """Finish a step of appraisal with one of its outcomes (chuyển bước)."""
    return carry_out(
        services.forward,
        key,
        step,
        request=request,
        response=response,
        body=body,
        if_match=if_match,
        outcome=body.outcome,
        note=body.note,
    )


@router.post("/send-back", response=ANSWERS, url_name="api-send-back", summary="Send back")
def send_back(
    request: PartnerRequest,
    key: Path[UUID],
    step: Path[UUID],
    *,
    response: HttpResponse,
    body: SentBack,
    if_match: IfMatch = None,
) -> ShownDossierWhole:
    """Send work back to an earlier step of the same branch (trả lại bước trước)."""
    return carry_out(
        services.send_back,
        key,
        step,
        request=request,
        response=response,
        body=body,
        if_match=if_match,
        to=body.to,
        note=body.note,
    )


@router.post("/opinion", response=ANSWERS, url_name="api-opinion", summary="Give an opinion")
def give_opinion(
    request: PartnerRequest,
    key: Path[UUID],
    step: Path[UUID],
    *,
    response: HttpResponse,
    body: SentOpinion,
    if_match: IfMatch = None,
) -> ShownDossierWhole:
    """Answer as the asked agency (cho ý kiến)."""
    return carry_out(
        services.give_opinion,
        key,
        step,
        request=request,
        response=response,
        body=body,
        if_match=if_match,
        agrees=body.agrees,
        content=body.content,
    )


@router.post("/decision", response=ANSWERS, url_name="api-decision", summary="Decide")
def decide(
    request: PartnerRequest,
    key: Path[UUID],
    step: Path[UUID],
    *,
    response: HttpResponse,
    body: SentDecision,
    if_match: IfMatch = None,
) -> ShownDossierWhole:
    """Decide (quyết định giải quyết)."""
    return carry_out(
        services.decide,
        key,
        step,
        request=request,
        response=response,
        body=body,
        if_match=if_match,
        approves=body.approves,
        reason=body.reason,
    )


@router.post("/result", response=ANSWERS, url_name="api-result", summary="Add the result")
def attach_result(
    request: PartnerRequest,
    key: Path[UUID],
    step: Path[UUID],
    *,
    response: HttpResponse,
    body: SentResult,
    if_match: IfMatch = None,
) -> ShownDossierWhole:
    """Add the result (kết quả giải quyết); with it the work of the administration ends."""
    document = ResultDocument(
        code=body.code,
        title=body.title,
        document_number=body.document_number,
        signer=body.signer,
        signed_on=body.signed_on,
        valid_until=body.valid_until,
    )
    return carry_out(
        services.relay_result,
        key,
        step,
        request=request,
        response=response,
        body=body,
        if_match=if_match,
        document=document,
        file=body.file,
    )


@router.post("/hand-over", response=ANSWERS, url_name="api-hand-over", summary="Hand over")
def hand_over(
    request: PartnerRequest,
    key: Path[UUID],
    step: Path[UUID],
    *,
    response: HttpResponse,
    body: SentHandOver,
    if_match: IfMatch = None,
) -> ShownDossierWhole:
    """Hand the result over (trả kết quả); the dossier is closed."""
    return carry_out(
        services.hand_over,
        key,
        step,
        request=request,
        response=response,
        body=body,
        if_match=if_match,
        way=body.way,
        receiver=body.receiver,
    )
