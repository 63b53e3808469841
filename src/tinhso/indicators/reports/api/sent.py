"""What partner systems send about reports: one shape for each act."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from tinhso.accounts.api.sent import Line, Sent, Text

Reason = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=1000)]
Short = Annotated[str, StringConstraints(strip_whitespace=True, max_length=200)]
Count = Annotated[int, Field(ge=0, le=2**53)]


class SentReportAct(Sent):
    """An act on a report, a figure or a sentence of it."""

    expected_version: int | None = Field(
        default=None,
        ge=0,
        le=2**31 - 1,
        description="`version` as the sender saw it; refused with 409 when it has moved on.",
    )


class SentReportReason(SentReportAct):
    """Why (lý do)."""

    reason: Reason


class SentFigureCorrection(SentReportReason):
    """What the agency says in place of the records (sửa số liệu): of a ratio part and whole, else the value."""

    value: Annotated[Decimal | None, Field(max_digits=16, decimal_places=4, ge=0)] = None
    numerator: Count | None = None
    denominator: Count | None = None


class SentSentenceDecision(SentReportAct):
    """What becomes of an offered sentence (giữ, sửa, bỏ câu)."""

    decision: Literal["kept", "changed", "dropped"]
    words: Text | None = Field(default=None, description="In its place; only when `changed`.")

    @model_validator(mode="after")
    def _a_change_has_words(self) -> Self:
        if (self.decision == "changed") != (self.words is not None):
            raise PydanticCustomError("words", "words with a change, and with a change alone")
        return self


class SentSentence(Sent):
    """A paragraph of one's own (viết thêm)."""

    words: Text


class SentConfirmation(SentReportAct):
    """Who stands for the report, and how its paper is signed (thủ trưởng xác nhận)."""

    signer: Line = Field(description="Name of the head who confirmed it in the sending system.")
    number: Short = Field(default="", description="Number of the paper, where a clerk gave one.")
    capacity: Short = Field(default="", examples=["TM. ỦY BAN NHÂN DÂN"])
    post: Short = Field(default="", examples=["CHỦ TỊCH"])
