"""What partner systems are told of inspections; people are not named."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from pydantic import BaseModel, Field

from tinhso.accounts.api.agencies import ShownAgency


class ShownPlan(BaseModel):
    """A plan (kế hoạch kiểm tra): its paper, and the period whose work is looked at."""

    uuid: UUID
    agency: ShownAgency
    number: str
    issued_on: date
    title: str
    first: date
    last: date
    checklist: str


class ShownPlans(BaseModel):
    """The plans of a year."""

    plans: list[ShownPlan]


class ShownVisit(BaseModel):
    """An inspection of a plan: the unit and the day."""

    uuid: UUID
    unit: ShownAgency
    visit_on: date
    state: str = Field(description="`open`, `sealed`, `agreed`, `concluded` or `closed`.")


class ShownPlanWhole(ShownPlan):
    """A plan with the units that one may see."""

    inspections: list[ShownVisit]


class ShownFilledIn(BaseModel):
    """A figure that was filled in beforehand (số liệu điền sẵn), beside what the unit reported."""

    code: str
    name: str
    unit: str
    value: str | None = Field(description="Null where there is none.")
    numerator: int | None
    denominator: int | None
    source: str
    reported: str | None
    difference: str | None = Field(description="Reported less what the records of these days say.")


class ShownItem(BaseModel):
    """A criterion (tiêu chí), what was filled in of it and what was noted."""

    ordinal: int
    code: str
    group: str
    text: str
    figures: list[ShownFilledIn]
    judgement: str = Field(description="`met`, `partly`, `unmet`, `n-a`, or empty.")
    note: str
    version: int = Field(description="0 when nothing was noted.")
    asides: list[str] = Field(
        description="Texts written on an older version, to be put together with the one that stands."
    )
    photos: list[UUID]


class ShownSelfSaid(BaseModel):
    """What the unit said of a criterion before the visit (tự báo cáo)."""

    ordinal: int
    judgement: str
    text: str


class ShownSitting(BaseModel):
    """The sitting at the unit (buổi làm việc); how many of the unit took part, not who."""

    place: str
    begins_at: datetime
    ends_at: datetime | None
    attendees: int
    unit_opinion: str
    team_opinion: str


class ShownFinding(BaseModel):
    """What the team found (nhận định), and the obstacle that the unit raised of it."""

    kind: str
    text: str
    ordinal: int | None = Field(description="Of the item that it is about.")
    obstacle: UUID | None


class ShownRecommendation(BaseModel):
    """What the unit is to put right (kiến nghị), and the task that it became."""

    ordinal: int
    text: str
    deadline_on: date | None
    task: UUID | None


class ShownMinutesAct(BaseModel):
    """What one side said of the minutes (biên bản); `digest` names their content."""

    at: datetime
    act: str = Field(description="`sealed`, `returned` or `agreed`.")
    words: str
    digest: str


class ShownInspection(ShownVisit):
    """An inspection with its checklist; what was noted shows to the unit once the minutes are put before it."""

    plan: UUID
    filled_in_at: datetime | None
    items: list[ShownItem]
    self_report: list[ShownSelfSaid]
    self_report_version: int
    sitting: ShownSitting | None
    sitting_version: int
    findings: list[ShownFinding]
    recommendations: list[ShownRecommendation]
    minutes: list[ShownMinutesAct]
