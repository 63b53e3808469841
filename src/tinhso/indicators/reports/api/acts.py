"""What a partner system may do to a report: the services behind the pages, once per `Idempotency-Key`."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from ninja import Path, Router

from tinhso.accounts.api.partners import PartnerRequest
from tinhso.accounts.api.refusing import ACT_REFUSALS
from tinhso.accounts.api.sending import sending_of
from tinhso.accounts.services.sendings import once
from tinhso.indicators.models.reports import Decision
from tinhso.indicators.reports import services
from tinhso.indicators.reports.api.reading import told
from tinhso.indicators.reports.api.sent import (
    SentConfirmation,
    SentFigureCorrection,
    SentReportAct,
    SentReportReason,
    SentSentence,
    SentSentenceDecision,
)
from tinhso.indicators.reports.api.shown import ShownReportWhole
from tinhso.indicators.reports.figures import Numbers
from tinhso.indicators.reports.services import Signing

router = Router(tags=["reports"])
ANSWERS = {200: ShownReportWhole, **ACT_REFUSALS}


def carry_out(
    request: PartnerRequest,
    response: HttpResponse,
    key: UUID,
    service: Callable[..., object],
    *more: Any,
    **facts: Any,
) -> ShownReportWhole:
    """Do one act on a report, once per key, and tell how the report stands after."""
    act = partial(service, key, *more, **facts, actor=request.actor, at=request.at)
    once(act, sending=sending_of(request), actor=request.actor, at=request.at)
    return told(request, response, key)


@router.put(
    "/figures/{uuid:figure}/correction",
    response=ANSWERS,
    url_name="api-report-correction",
    summary="Correct a figure",
)
def correct(
    request: PartnerRequest,
    response: HttpResponse,
    key: Path[UUID],
    figure: Path[UUID],
    body: SentFigureCorrection,
) -> ShownReportWhole:
    """Say another number than the records do, and why (sửa số liệu); both stand in the report."""
    said = Numbers(body.value, body.numerator, body.denominator)
    facts = {"reason": body.reason, "expected": body.expected_version}
    return carry_out(request, response, key, services.correct, figure, said, **facts)


@router.post(
    "/figures/{uuid:figure}/correction-withdrawal",
    response=ANSWERS,
    url_name="api-report-correction-withdrawal",
    summary="Hold to the records again",
)
def withdraw(
    request: PartnerRequest,
    response: HttpResponse,
    key: Path[UUID],
    figure: Path[UUID],
    body: SentReportReason,
) -> ShownReportWhole:
    """Take a correction back, and why (bỏ số đã sửa)."""
    facts = {"reason": body.reason, "expected": body.expected_version}
    return carry_out(request, response, key, services.withdraw_correction, figure, **facts)


@router.put(
    "/sentences/{uuid:sentence}",
    response=ANSWERS,
    url_name="api-report-sentence",
    summary="Decide on a sentence",
)
def decide(
    request: PartnerRequest,
    response: HttpResponse,
    key: Path[UUID],
    sentence: Path[UUID],
    body: SentSentenceDecision,
) -> ShownReportWhole:
    """Keep, change or drop it (giữ, sửa, bỏ câu)."""
    facts = {
        "decision": Decision(body.decision),
        "words": body.words or "",
        "expected": body.expected_version,
    }
    return carry_out(request, response, key, services.decide, sentence, **facts)


@router.post(
    "/sections/{str:section}/sentences",
    response=ANSWERS,
    url_name="api-report-writing",
    summary="Write a paragraph",
)
def write(
    request: PartnerRequest,
    response: HttpResponse,
    key: Path[UUID],
    section: str,
    body: SentSentence,
) -> ShownReportWhole:
    """Add a paragraph of one's own to a section (viết thêm)."""
    return carry_out(request, response, key, services.write, section, words=body.words)


@router.post(
    "/confirmation",
    response=ANSWERS,
    url_name="api-report-confirm",
    summary="Confirm a report",
)
def confirm(
    request: PartnerRequest, response: HttpResponse, key: Path[UUID], body: SentConfirmation
) -> ShownReportWhole:
    """The head stands for it (thủ trưởng xác nhận); every offered sentence was decided on before."""
    signing = Signing(body.number, body.capacity, body.post, name=body.signer)
    facts = {"signing": signing, "expected": body.expected_version}
    return carry_out(request, response, key, services.confirm, **facts)


PLAIN: tuple[tuple[str, str, str, Callable[..., object]], ...] = (
    ("opening", "Open a report", "Open it half written (lập báo cáo): figures observed, sentences offered.",
     services.open_report),
    ("recount", "Take the figures anew", "Take figures and offers anew (lấy lại số liệu); what was decided stays.",
     services.recount),
    ("submission", "Send a report", "Send what the head confirmed (gửi báo cáo); after a return as a new version.",
     services.submit),
    ("receipt", "Receive a report", "Take it (nhận báo cáo): it counts in the consolidated one.", services.receive),
)  # fmt: skip
REASONED: tuple[tuple[str, str, str, Callable[..., object]], ...] = (
    ("reopening", "Reopen a report", "Take a confirmed report back to its writers (mở lại để sửa) before it is sent.",
     services.reopen),
    ("return", "Return a report", "Send it back with the reason (trả lại báo cáo), also one that was received.",
     services.return_report),
)  # fmt: skip


def _handler(service: Callable[..., object], sends: type[SentReportAct]) -> Callable[..., Any]:
    def handle(
        request: PartnerRequest, response: HttpResponse, key: Path[UUID], *, body: Any
    ) -> ShownReportWhole:
        facts = {} if sends is SentReportAct else {"reason": body.reason}
        return carry_out(request, response, key, service, expected=body.expected_version, **facts)

    handle.__annotations__["body"] = sends
    return handle


for rows, shape in ((PLAIN, SentReportAct), (REASONED, SentReportReason)):
    for path, summary, meaning, service in rows:
        router.post(
            f"/{path}",
            response=ANSWERS,
            url_name=f"api-report-{path}",
            operation_id=f"report_{path}",
            summary=summary,
            description=meaning,
        )(_handler(service, shape))
