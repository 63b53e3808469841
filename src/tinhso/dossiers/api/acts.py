"""Every act that partner systems may do, on a whole dossier or at one step, as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ninja import Router

from tinhso.accounts.models import User
from tinhso.calendars.deadlines import Term, Unit
from tinhso.dossiers import definitions, services
from tinhso.dossiers.api import sent, sent_interruptions
from tinhso.dossiers.api.applying import agency_named, answering, answers_of, files_of
from tinhso.dossiers.api.table import ApiAct, Facts, as_sent, mount
from tinhso.dossiers.asked import form_asking, open_request_of
from tinhso.dossiers.errors import OfficerNotThere
from tinhso.dossiers.judging import answers_so_far
from tinhso.dossiers.models import Channel, Dossier
from tinhso.dossiers.permissions import DossierPermission
from tinhso.dossiers.plans.working import ResultDocument
from tinhso.kernel.permissions import require

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from tinhso.accounts.api.partners import PartnerRequest
    from tinhso.dossiers.models import SupplementRequest
    from tinhso.kernel.permissions import Permission


def _form(
    body: sent.SentCorrection,
    request: PartnerRequest,
    key: UUID,
    *,
    asked: SupplementRequest | None = None,
    answered: Sequence[sent.SentAnswered] = (),
) -> Facts:
    """The whole form again, with the papers that were there before and those sent now."""
    dossier = Dossier.objects.visible_to(request.actor, at=request.at).get_or_refuse(key)
    definition = definitions.of_version(dossier.procedure_id)
    before = answers_so_far(dossier, definition).attached
    answers = answers_of(
        definition,
        body.answers,
        body.papers,
        at=request.at,
        before=before,
        form=form_asking(dossier.procedure_id, asked, needs_reason=False),
        beside=answering(asked, answered),
    )
    files = [*files_of(body.papers), *(file for one in answered for file in one.files)]
    return {"files": files, "answers": answers, "channel": Channel(body.channel)}


def _supplement(body: sent.SentSupplement, request: PartnerRequest, key: UUID) -> Facts:
    """The same, with what answers each item that was asked for in its slot."""
    Dossier.objects.visible_to(request.actor, at=request.at).get_or_refuse(key)
    return _form(body, request, key, asked=open_request_of(key), answered=body.asked)


def _may(request: PartnerRequest, key: UUID, right: Permission) -> None:
    """Nothing is looked up for who does not see the dossier or holds the right nowhere; the service judges again."""
    Dossier.objects.visible_to(request.actor, at=request.at).get_or_refuse(key)
    require(request.actor, right, at=request.at)


def _question(body: sent.SentQuestion, request: PartnerRequest, key: UUID) -> Facts:
    _may(request, key, DossierPermission.ASK_OPINION)
    return {
        "agency": agency_named(body.agency, at=request.at),
        "question": body.question,
        "term": Term(body.working_days, Unit.WORKING_DAYS),
        "again": body.again,
    }


def _with_term(body: Any, request: PartnerRequest, key: UUID) -> Facts:
    facts = as_sent(body, request, key)
    term = Term(facts.pop("working_days"), Unit.WORKING_DAYS)
    return {**facts, "term": term}


def _with_agency(body: Any, request: PartnerRequest, key: UUID) -> Facts:
    _may(request, key, DossierPermission.TRANSFER)
    return {**as_sent(body, request, key), "agency": agency_named(body.agency, at=request.at)}


def _officer(body: sent.SentAssignment, request: PartnerRequest, key: UUID) -> Facts:
    _may(request, key, DossierPermission.ASSIGN)
    if body.person is None:
        return {"person": None}
    found = User.objects.filter(uuid=body.person, is_active=True).first()
    if found is None:
        raise OfficerNotThere
    return {"person": found}


def _document(body: sent.SentResult, request: PartnerRequest, key: UUID) -> Facts:
    facts = as_sent(body, request, key)
    file = facts.pop("file")
    return {"document": ResultDocument(**facts), "file": file}


def _deliver(key: UUID, *, message: str, **facts: Any) -> Dossier:
    return services.deliver(key, message, **facts)


ON_DOSSIER = (
    ApiAct("receive", "receive", "Receive",
           "Receive a complete dossier (tiếp nhận): it gets its number and its appointed time.",
           services.receive, sent.SentReceipt),
    ApiAct("refuse", "refuse", "Refuse receipt", "Refuse receipt (từ chối tiếp nhận), with the reason.",
           services.refuse, sent.SentReason),
    ApiAct("supplement-requests", "supplement-requests", "Ask for a supplement",
           "Ask for everything that is missing (yêu cầu bổ sung); the clock stops by the procedure's rule.",
           services.request_supplement, sent.SentSupplementRequest),
    ApiAct("supplements", "supplements", "Hand in a supplement",
           "Hand in what was missing (bổ sung hồ sơ); papers that were there stay, those sent now are added; `asked`"
           " says what answers which item.",
           services.relay_supplement, sent.SentSupplement, _supplement),
    ApiAct("stop", "stop", "Stop for silence",
           "Stop a dossier whose applicant did not answer in time (dừng xử lý), with the reason.",
           services.stop, sent.SentReason),
    ApiAct("opinions", "opinions", "Ask an opinion", "Ask another agency for its opinion (lấy ý kiến).",
           services.ask_opinion, sent.SentQuestion, _question),
    ApiAct("answers", "answers", "Bring an answer",
           "Bring the answer that a step of the workflow waits for (trả lời từ bên ngoài).",
           _deliver, sent.SentAnswer),
)  # fmt: skip

BESIDE = (
    ApiAct("extension", "extend", "Extend",
           "Extend the appointed time once, with the apology (xin lỗi và gia hạn).",
           services.extend, sent_interruptions.SentExtension, _with_term),
    ApiAct("apology", "apologise", "Apologise",
           "Say sorry for a missed appointment (xin lỗi khi đã quá hạn); the appointed time stays.",
           services.apologise, sent_interruptions.SentApology),
    ApiAct("suspension", "suspend", "Suspend", "Suspend the work (tạm dừng giải quyết); the clock stands still.",
           services.suspend, sent.SentReason),
    ApiAct("resumption", "resume", "Resume", "Go on with suspended work (tiếp tục giải quyết).",
           services.resume, sent_interruptions.SentNote),
    ApiAct("financial-duty", "require-payment", "Ask for a financial duty",
           "Ask the applicant for a financial duty (nghĩa vụ tài chính); the clock stands still.",
           services.require_payment, sent_interruptions.SentDuty),
    ApiAct("financial-duty/confirmation", "confirm-payment", "Confirm the duty",
           "The duty is done (đã nộp); the clock goes on.",
           services.confirm_payment, sent_interruptions.SentVoucher),
    ApiAct("withdrawal", "withdraw", "Withdraw",
           "Withdraw the dossier for its applicant (rút hồ sơ), until it is decided.",
           services.withdraw, sent.SentReason),
    ApiAct("receipt-cancellation", "cancel-receipt", "Cancel the receipt",
           "Cancel a receipt made by mistake (hủy tiếp nhận nhầm); its number is never given again.",
           services.cancel_receipt, sent.SentReason),
    ApiAct("reopening", "reopen", "Reopen", "Take a concluded dossier up again by decision (mở lại hồ sơ).",
           services.reopen, sent_interruptions.SentReopening, _with_term),
    ApiAct("transfer-requests", "ask-transfer", "Ask another agency to take over",
           "Ask another agency to take the dossier over (đề nghị chuyển).",
           services.ask_transfer, sent_interruptions.SentTransfer, _with_agency),
    ApiAct("guidance", "guide", "Guide the applicant",
           "Say before receipt what to put right (hướng dẫn hoàn thiện hồ sơ).",
           services.guide, sent_interruptions.SentGuidance),
    ApiAct("corrections", "correct", "Hand in again as guided",
           "Hand the form in again as guided (nộp lại theo hướng dẫn), before receipt.",
           services.relay_correction, sent.SentCorrection, _form),
)  # fmt: skip

VOICES = (
    ApiAct("complaints", "complain", "Complain",
           "Complain for the applicant (khiếu nại); the competent agency owes an answer.",
           services.complain, sent_interruptions.SentComplaint),
    ApiAct("rating", "rate", "Rate", "Say how content the applicant was (đánh giá), once, after hand-over.",
           services.rate, sent_interruptions.SentRating),
)  # fmt: skip

AT_STEP = (
    ApiAct("assign", "assign", "Assign",
           "Give a step to an officer of the agency where it lies, or take it from one (phân công).",
           services.assign, sent.SentAssignment, _officer),
    ApiAct("take", "take", "Take", "Take a step that nobody holds (nhận xử lý).", services.take, sent.SentAct),
    ApiAct("forward", "forward", "Forward", "Finish a step of appraisal with one of its outcomes (chuyển bước).",
           services.forward, sent.SentForward),
    ApiAct("send-back", "send-back", "Send back",
           "Send work back to an earlier step of the same branch (trả lại bước trước).",
           services.send_back, sent.SentBack),
    ApiAct("opinion", "opinion", "Give an opinion", "Answer as the asked agency (cho ý kiến).",
           services.give_opinion, sent.SentOpinion),
    ApiAct("decision", "decision", "Decide", "Decide (quyết định giải quyết).",
           services.decide, sent.SentDecision),
    ApiAct("result", "result", "Add the result",
           "Add the result (kết quả giải quyết); with it the work of the administration ends.",
           services.relay_result, sent.SentResult, _document),
    ApiAct("hand-over", "hand-over", "Hand over", "Hand the result over (trả kết quả); the dossier is closed.",
           services.relay_hand_over, sent.SentHandOver),
    ApiAct("transfer-answer", "answer-transfer", "Answer a transfer",
           "Take the dossier over, or refuse it (nhận, không nhận hồ sơ chuyển).",
           services.answer_transfer, sent_interruptions.SentTransferAnswer),
    ApiAct("complaint-answer", "answer-complaint", "Answer a complaint", "Answer a complaint (trả lời khiếu nại).",
           services.answer_complaint, sent_interruptions.SentComplaintAnswer),
)  # fmt: skip

on_dossier, beside = Router(tags=["acts"]), Router(tags=["interruptions"])
voices, at_step = Router(tags=["voices"]), Router(tags=["steps"])
mount(on_dossier, ON_DOSSIER)
mount(beside, BESIDE)
mount(voices, VOICES)
mount(at_step, AT_STEP, on_step=True)
