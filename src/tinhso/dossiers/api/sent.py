"""What partner systems send: one shape for each act. Names that nobody declared are refused."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Field, StrictBool, StringConstraints

from tinhso.accounts.api.sent import Code, Line, Sent, Text

MOST_PAPERS = 100
MOST_ITEMS = 50


class SentAct(Sent):
    """An act on a dossier, and the version that the sender has seen (instead of `If-Match`)."""

    expected_version: int | None = Field(
        default=None,
        ge=1,
        le=2**31 - 1,
        description="Refused with 409 when the dossier has moved on.",
    )


class SentPaper(Sent):
    """One file for one required paper (thành phần hồ sơ)."""

    code: Code = Field(description="Code of the paper, as in `papers` of the procedure.")
    file: UUID = Field(description="Key that `POST /files` answered.")


class SentCorrection(SentAct):
    """The whole form again (nộp lại), and the papers that are added."""

    channel: Literal["api", "national"] = "api"
    answers: dict[str, Any]
    papers: list[SentPaper] = Field(default_factory=list, max_length=MOST_PAPERS)


class SentAnswered(Sent):
    """What answers one item that was asked for (mục được yêu cầu): its files, or why there is none."""

    item: int = Field(
        ge=1,
        le=MOST_ITEMS,
        description="Its place in `items` of the last of `supplement_requests`, from 1.",
    )
    files: list[UUID] = Field(
        default_factory=list,
        max_length=MOST_PAPERS,
        description="Keys that `POST /files` answered.",
    )
    why: Annotated[str, StringConstraints(strip_whitespace=True, max_length=500)] = Field(
        default="", description="Why no file comes, or which answer was corrected."
    )


class SentSupplement(SentCorrection):
    """What was missing (bổ sung hồ sơ): the form again, the papers that are added, and what answers which item."""

    asked: list[SentAnswered] = Field(default_factory=list, max_length=MOST_ITEMS)


class SentReason(SentAct):
    """The reason of a refusal (lý do)."""

    reason: Text


class SentReceipt(SentAct):
    """Receiving (tiếp nhận): as what each paper was seen; filed on line, one that is left out stays unconfirmed."""

    seen: dict[Code, Literal["original", "certified", "copy", "electronic"]] = Field(
        default_factory=dict, max_length=MOST_PAPERS, description="By the code of the paper."
    )


class SentSeen(SentAct):
    """As what one paper was seen (xác nhận giấy tờ)."""

    seen_as: Literal["original", "certified", "copy", "electronic"]


class SentSupplementRequest(SentAct):
    """What is missing, all at once (yêu cầu bổ sung)."""

    items: list[Line] = Field(min_length=1, max_length=MOST_ITEMS)
    reason: Text
    anyway: Annotated[str, StringConstraints(strip_whitespace=True, max_length=1000)] = Field(
        default="", description="Why a paper that the platform holds will not do."
    )


class SentQuestion(SentAct):
    """A question to another agency (lấy ý kiến)."""

    agency: Code = Field(description="Code of the agency that is asked.")
    question: Text
    working_days: int = Field(default=5, ge=1, le=60)
    again: bool = Field(
        default=False,
        description="Ask something else of an agency that has not answered yet; refused otherwise.",
    )


class SentAssignment(SentAct):
    """To whom a step is given (phân công); null takes it from everybody."""

    person: UUID | None


class SentForward(SentAct):
    """The outcome of a step (chuyển bước)."""

    outcome: Code = Field(examples=["agree", "propose_rejection"])
    note: str = Field(default="", max_length=4000)
    unheard: bool = Field(
        default=False,
        description="Go on although an agency that was asked has not answered yet; refused otherwise.",
    )


class SentAnswer(SentAct):
    """An answer that a step of the workflow waits for (trả lời từ bên ngoài)."""

    message: Code = Field(description="Name of the message, as the workflow declares it.")
    outcome: Literal["answered", "agree", "disagree"] = "answered"
    note: str = Field(default="", max_length=4000)


class SentBack(SentAct):
    """To which earlier step of the branch, and why (trả lại bước trước)."""

    to: Code = Field(description="`node` of the earlier step.")
    note: Text


class SentOpinion(SentAct):
    """The opinion of the asked agency (ý kiến)."""

    agrees: StrictBool
    content: Text


class SentDecision(SentAct):
    """A decision (quyết định giải quyết); a rejection gives its reason."""

    approves: StrictBool
    reason: str = Field(default="", max_length=4000)
    unheard: bool = Field(
        default=False,
        description="Go on although an agency that was asked has not answered yet; refused otherwise.",
    )


class SentResult(SentAct):
    """The result as a document (kết quả giải quyết)."""

    code: Code
    title: Line
    document_number: Code
    signer: Line
    signed_on: date
    valid_until: date | None = None
    why_early: str = Field(
        default="",
        max_length=500,
        description="Why it was signed before the dossier was handed in; needed then.",
    )
    file: UUID | None = Field(default=None, description="Key that `POST /files` answered.")


class SentHandOver(SentAct):
    """How the result reached the applicant (trả kết quả)."""

    way: Literal["counter", "post", "online"]
    receiver: str = Field(default="", max_length=200)
    file: UUID | None = Field(
        default=None,
        description="Key that `POST /files` answered, for a result without a file; `online` needs one.",
    )
