"""Acts of the law beside the workflow: extend, suspend, duty, withdraw, cancel a receipt, reopen, transfer, guide."""

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
from tinhso.dossiers.api.sent import SentReason, SentSupplement
from tinhso.dossiers.api.sent_interruptions import (
    SentDuty,
    SentExtension,
    SentGuidance,
    SentNote,
    SentReopening,
    SentTransfer,
    SentTransferAnswer,
    SentVoucher,
)
from tinhso.dossiers.api.shown import ShownDossierWhole
from tinhso.dossiers.judging import answers_so_far
from tinhso.dossiers.models import Channel, Dossier

router = Router(tags=["interruptions"])
ANSWERS = {200: ShownDossierWhole, **ACT_REFUSALS}


@router.post("/extension", response=ANSWERS, url_name="api-extend", summary="Extend")
def extend(
    request: PartnerRequest,
    key: Path[UUID],
    *,
    response: HttpResponse,
    body: SentExtension,
    if_match: IfMatch = None,
) -> ShownDossierWhole:
    """Extend the appointed time once, with the apology (xin lỗi và gia hạn)."""
    return carry_out(
        services.extend,
        key,
        request=request,
        response=response,
        body=body,
        if_match=if_match,
        reason=body.reason,
        term=Term(body.working_days, Unit.WORKING_DAYS),
    )


@router.post("/suspension", response=ANSWERS, url_name="api-suspend", summary="Suspend")
def suspend(
    request: PartnerRequest,
    key: Path[UUID],
    *,
    response: HttpResponse,
    body: SentReason,
    if_match: IfMatch = None,
) -> ShownDossierWhole:
    """Suspend the work (tạm dừng giải quyết); the clock stands still."""
    return carry_out(
        services.suspend,
        key,
        request=request,
        response=response,
        body=body,
        if_match=if_match,
        reason=body.reason,
    )


@router.post("/resumption", response=ANSWERS, url_name="api-resume", summary="Resume")
def resume(
    request: PartnerRequest,
    key: Path[UUID],
    *,
    response: HttpResponse,
    body: SentNote,
    if_match: IfMatch = None,
) -> ShownDossierWhole:
    """Go on with suspended work (tiếp tục giải quyết)."""
    return carry_out(
        services.resume,
        key,
        request=request,
        response=response,
        body=body,
        if_match=if_match,
        note=body.note,
    )


@router.post(
    "/financial-duty",
    response=ANSWERS,
    url_name="api-require-payment",
    summary="Ask for a financial duty",
)
def require_payment(
    request: PartnerRequest,
    key: Path[UUID],
    *,
    response: HttpResponse,
    body: SentDuty,
    if_match: IfMatch = None,
) -> ShownDossierWhole:
    """Ask the applicant for a financial duty (nghĩa vụ tài chính); the clock stands still."""
    return carry_out(
        services.require_payment,
        key,
        request=request,
        response=response,
        body=body,
        if_match=if_match,
        amount=body.amount,
        reason=body.reason,
    )


@router.post(
    "/financial-duty/confirmation",
    response=ANSWERS,
    url_name="api-confirm-payment",
    summary="Confirm the duty",
)
def confirm_payment(
    request: PartnerRequest,
    key: Path[UUID],
    *,
    response: HttpResponse,
    body: SentVoucher,
    if_match: IfMatch = None,
) -> ShownDossierWhole:
    """The duty is done (đã nộp); the clock goes on."""
    return carry_out(
        services.confirm_payment,
        key,
        request=request,
        response=response,
        body=body,
        if_match=if_match,
        voucher=body.voucher,
    )


@router.post("/withdrawal", response=ANSWERS, url_name="api-withdraw", summary="Withdraw")
def withdraw(
    request: PartnerRequest,
    key: Path[UUID],
    *,
    response: HttpResponse,
    body: SentReason,
    if_match: IfMatch = None,
) -> ShownDossierWhole:
    """Withdraw the dossier for its applicant (rút hồ sơ), until it is decided."""
    return carry_out(
        services.withdraw,
        key,
        request=request,
        response=response,
        body=body,
        if_match=if_match,
        reason=body.reason,
    )


@router.post(
    "/receipt-cancellation",
    response=ANSWERS,
    url_name="api-cancel-receipt",
    summary="Cancel the receipt",
)
def cancel_receipt(
    request: PartnerRequest,
    key: Path[UUID],
    *,
    response: HttpResponse,
    body: SentReason,
    if_match: IfMatch = None,
) -> ShownDossierWhole:
    """Cancel a receipt made by mistake (hủy tiếp nhận nhầm); its number is never given again."""
    return carry_out(
        services.cancel_receipt,
        key,
        request=request,
        response=response,
        body=body,
        if_match=if_match,
        reason=body.reason,
    )


@router.post("/reopening", response=ANSWERS, url_name="api-reopen", summary="Reopen")
def reopen(
    request: PartnerRequest,
    key: Path[UUID],
    *,
    response: HttpResponse,
    body: SentReopening,
    if_match: IfMatch = None,
) -> ShownDossierWhole:
    """Take a concluded dossier up again by decision (mở lại hồ sơ)."""
    return carry_out(
        services.reopen,
        key,
        request=request,
        response=response,
        body=body,
        if_match=if_match,
        decision_number=body.decision_number,
        decided_on=body.decided_on,
        reason=body.reason,
        term=Term(body.working_days, Unit.WORKING_DAYS),
    )


@router.post(
    "/transfer-requests",
    response=ANSWERS,
    url_name="api-ask-transfer",
    summary="Ask another agency to take over",
)
def ask_transfer(
    request: PartnerRequest,
    key: Path[UUID],
    *,
    response: HttpResponse,
    body: SentTransfer,
    if_match: IfMatch = None,
) -> ShownDossierWhole:
    """Ask another agency to take the dossier over (đề nghị chuyển)."""
    return carry_out(
        services.ask_transfer,
        key,
        request=request,
        response=response,
        body=body,
        if_match=if_match,
        agency=agency_named(body.agency, at=request.at),
        reason=body.reason,
    )


@router.post(
    "/steps/{uuid:step}/transfer-answer",
    response=ANSWERS,
    url_name="api-answer-transfer",
    summary="Answer a transfer",
)
def answer_transfer(
    request: PartnerRequest,
    key: Path[UUID],
    step: Path[UUID],
    *,
    response: HttpResponse,
    body: SentTransferAnswer,
    if_match: IfMatch = None,
) -> ShownDossierWhole:
    """Take the dossier over, or refuse it (nhận, không nhận hồ sơ chuyển)."""
    return carry_out(
        services.answer_transfer,
        key,
        step,
        request=request,
        response=response,
        body=body,
        if_match=if_match,
        accepts=body.accepts,
        reason=body.reason,
    )


@router.post("/guidance", response=ANSWERS, url_name="api-guide", summary="Guide the applicant")
def guide(
    request: PartnerRequest,
    key: Path[UUID],
    *,
    response: HttpResponse,
    body: SentGuidance,
    if_match: IfMatch = None,
) -> ShownDossierWhole:
    """Say before receipt what to put right (hướng dẫn hoàn thiện hồ sơ)."""
    return carry_out(
        services.guide,
        key,
        request=request,
        response=response,
        body=body,
        if_match=if_match,
        content=body.content,
    )


@router.post(
    "/corrections", response=ANSWERS, url_name="api-correct", summary="Hand in again as guided"
)
def correct(
    request: PartnerRequest,
    key: Path[UUID],
    *,
    response: HttpResponse,
    body: SentSupplement,
    if_match: IfMatch = None,
) -> ShownDossierWhole:
    """Hand the form in again as guided (nộp lại theo hướng dẫn), before receipt."""
    dossier = Dossier.objects.visible_to(request.actor, at=request.at).get_or_refuse(key)
    definition = definitions.of_version(dossier.procedure_id)
    before = answers_so_far(dossier, definition).attached
    return carry_out(
        services.relay_correction,
        key,
        request=request,
        response=response,
        body=body,
        if_match=if_match,
        files=files_of(body.papers),
        answers=answers_of(definition, body.answers, body.papers, at=request.at, before=before),
        channel=Channel(body.channel),
    )
