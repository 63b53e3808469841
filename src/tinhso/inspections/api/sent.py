"""What partner systems send about inspections: one shape for each act."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import Field, StringConstraints

from tinhso.accounts.api.sent import Sent, Text
from tinhso.inspections.models import FindingKind, Judgement

Words = Annotated[str, StringConstraints(strip_whitespace=True, max_length=4000)]


class SentWords(Sent):
    """What goes with the act, or nothing."""

    words: Words = ""


class SentNothing(Sent):
    """An act that needs no words."""


class SentReturn(Sent):
    """What the unit wants changed in the minutes."""

    words: Text


class SentNote(Sent):
    """What was noted of a criterion (ghi phiếu), and on which version it was written."""

    text: Words = ""
    judgement: Judgement = Judgement.NONE
    expected: int = Field(
        ge=0, description="`version` of the item that was seen; 0 when nothing stood there."
    )


class SentFinding(Sent):
    """A result, a weakness, a cause or a good practice (nhận định), perhaps of a criterion."""

    kind: FindingKind
    text: Text
    ordinal: int | None = Field(default=None, ge=1, description="Of the item.")


class SentRecommendation(Sent):
    """What the unit is to put right, and by when (kiến nghị)."""

    text: Text
    deadline_on: Annotated[date, Field(ge=date(2000, 1, 1), le=date(2100, 12, 31))] | None = None
