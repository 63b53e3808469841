"""What partner systems send with the acts beside the workflow."""

from __future__ import annotations

from datetime import date

from pydantic import Field, StrictBool

from tinhso.accounts.api.sent import Code, Line, Text
from tinhso.dossiers.api.sent import SentAct


class SentExtension(SentAct):
    """The apology and the further days (xin lỗi và gia hạn)."""

    reason: Text
    working_days: int = Field(ge=1, le=60, description="Counted on from the appointed day.")


class SentNote(SentAct):
    """A word on why the work goes on (ghi chú)."""

    note: str = Field(default="", max_length=2000)


class SentDuty(SentAct):
    """A financial duty in đồng (nghĩa vụ tài chính), and what it is for."""

    amount: int = Field(ge=1, le=10**12)
    reason: Text


class SentVoucher(SentAct):
    """The voucher that shows that the duty was done (chứng từ)."""

    voucher: Line


class SentReopening(SentAct):
    """The decision by which a concluded dossier is taken up again (quyết định mở lại)."""

    decision_number: Code
    decided_on: date
    reason: Text
    working_days: int = Field(ge=1, le=60, description="Counted from now.")


class SentTransfer(SentAct):
    """Which agency should take the dossier over, and why (đề nghị chuyển)."""

    agency: Code = Field(description="Code of the agency that is asked.")
    reason: Text


class SentTransferAnswer(SentAct):
    """Whether the agency takes the dossier over; a refusal gives its reason."""

    accepts: StrictBool
    reason: str = Field(default="", max_length=2000)


class SentApology(SentAct):
    """Why it is late, and the day that is promised now (xin lỗi khi đã quá hạn)."""

    reason: Text
    promised_on: date


class SentGuidance(SentAct):
    """What the applicant should put right (hướng dẫn)."""

    content: Text


class SentComplaint(SentAct):
    """What the applicant complains of (khiếu nại)."""

    content: Text


class SentComplaintAnswer(SentAct):
    """Whether the complaint is right, and the answer (trả lời khiếu nại)."""

    is_right: StrictBool
    content: Text


class SentRating(SentAct):
    """How content the applicant was (đánh giá), from 1 to 5."""

    score: int = Field(ge=1, le=5)
    words: str = Field(default="", max_length=4000)
