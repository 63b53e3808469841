"""What partner systems send about inspections: one shape for each act."""

from __future__ import annotations

from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import AwareDatetime, Field, StringConstraints

from tinhso.accounts.api.agencies import Named
from tinhso.accounts.api.sent import Line, Sent, Text
from tinhso.inspections.models import FindingKind, Judgement, Outcome, TeamPost

Day = Annotated[date, Field(ge=date(2000, 1, 1), le=date(2100, 12, 31))]
Ordinal = Annotated[int, Field(ge=1, le=10_000)]
Words = Annotated[str, StringConstraints(strip_whitespace=True, max_length=4000)]


class SentMinutesWords(Sent):
    """What goes with the act, or nothing."""

    words: Words = ""


class SentNothing(Sent):
    """An act that needs no words."""


class SentReturn(Sent):
    """What the unit wants changed in the minutes."""

    words: Text


class SentItemNote(Sent):
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
    deadline_on: Day | None = None


class SentFindingDropped(Sent):
    """A finding that stands in no minutes: it is known by its words."""

    kind: FindingKind
    text: Text


class SentRecommendationDropped(Sent):
    """A recommendation that stands in no minutes."""

    ordinal: Ordinal


class SentSelfSaid(Sent):
    """What the unit says of a criterion; both empty says nothing."""

    ordinal: Ordinal
    judgement: Judgement = Judgement.NONE
    text: Annotated[str, StringConstraints(strip_whitespace=True, max_length=5000)] = ""


class SentSelfReport(Sent):
    """What the unit says of itself before the visit (tự báo cáo)."""

    said: Annotated[list[SentSelfSaid], Field(min_length=1, max_length=500)]
    expected: int = Field(ge=0, description="`self_report_version` as it was told last.")


class SentPresent(Sent):
    """Somebody of the unit who took part."""

    name: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
    office: Annotated[str, StringConstraints(strip_whitespace=True, max_length=300)] = ""


class SentSitting(Sent):
    """The sitting at the unit (buổi làm việc); without `ends_at` it still goes on."""

    place: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=300)]
    begins_at: AwareDatetime
    ends_at: AwareDatetime | None = None
    attendees: Annotated[list[SentPresent], Field(max_length=100)] = Field(
        description="Who speaks for the unit first."
    )
    unit_opinion: Words = ""
    team_opinion: Words = ""
    expected: int = Field(ge=0, description="`sitting_version` as it was told last.")


class SentHindering(Sent):
    """A weakness or a cause that holds the unit up, known by its words; `about` is a kind of obstacles."""

    kind: FindingKind
    text: Text
    about: Line


class SentConclusion(Sent):
    """The conclusion (kết luận kiểm tra): its number, and what it says beside the recommendations."""

    number: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=60)]
    words: Words = ""


class SentRecheck(Sent):
    """A recommendation looked at again (kiểm tra lại)."""

    ordinal: Ordinal
    outcome: Outcome
    words: Text


class SentMember(Sent):
    """Somebody of the team: an officer here by the account, or a name with an office elsewhere."""

    name: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
    post: TeamPost
    account: UUID | None = None


class SentVisit(Sent):
    """A unit and the day of the visit."""

    unit: Named = Field(description="Uuid or code of the agency.")
    visit_on: Day


class SentPlan(Sent):
    """A plan of inspections (kế hoạch kiểm tra), whole."""

    agency: Named = Field(description="Uuid or code of the agency that inspects.")
    number: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=60)]
    issued_on: Day
    title: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500)]
    first: Day
    last: Day
    checklist: Line = Field(description="Code of a checklist in force.")
    team: Annotated[list[SentMember], Field(min_length=1, max_length=50)]
    visits: Annotated[list[SentVisit], Field(min_length=1, max_length=200)]
