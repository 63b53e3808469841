"""What partner systems are told: codes, times and keys; never who the applicant is."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from pydantic import BaseModel, Field


class ShownName(BaseModel):
    """A code with its name."""

    code: str
    name: str


class ShownProcedure(BaseModel):
    """A procedure in force, in short."""

    code: str
    name: str
    version: int
    level: str
    field: str


class ShownPaper(BaseModel):
    """A required paper (thành phần hồ sơ)."""

    code: str
    name: str
    required: bool
    note: str


class ShownResultKind(ShownName):
    """A document that the procedure may end in."""

    refuses: bool = Field(
        description="Whether it refuses; only such a document is accepted after a refusal, and none after an approval."
    )


class ShownTerm(BaseModel):
    """How long settling takes (thời hạn giải quyết)."""

    amount: int
    unit: str
    same_day_cutoff: str | None = Field(
        description="Received before this time of day (`15:00`), due on the same working day."
    )


class ShownTariff(BaseModel):
    """A fee (phí) or levy (lệ phí) by the rules of today; amounts in whole đồng for one `unit`."""

    code: str
    name: str
    kind: str
    pay: str = Field(description="`at_receipt` or `at_result`.")
    unit: str
    quantity: str = Field(
        description="How many units, as an expression over the answers; empty: one."
    )
    amount: int = Field(description="Where no tier holds.")
    tiers: list[str] = Field(description="Cases with an amount of their own, in words.")
    reductions: list[str] = Field(description="In words; the most favourable applies alone.")


class ShownProcedureWhole(ShownProcedure):
    """Everything that a sender needs to hand in."""

    papers: list[ShownPaper]
    results: list[ShownResultKind]
    term: ShownTerm
    fees: list[ShownTariff] = Field(description="Rates of today.")
    channels: list[str] = Field(description="Channels open today.")
    form: dict[str, Any] = Field(
        description="JSON Schema of the answers; `paper_…` slots are given as `papers`."
    )


class ShownFile(BaseModel):
    """A file that was sent up."""

    key: UUID
    filename: str
    content_type: str
    size: int
    sha256: str


class ShownSubmission(BaseModel):
    """What a sender keeps of a dossier handed in: it never changes, however often the same is sent."""

    uuid: UUID
    reference: str
    procedure: str
    channel: str
    foreign_code: str | None
    authority: str = Field(
        description="Who is authoritative for the state: `province` or `national`."
    )
    submitted_at: datetime


class ShownDossier(BaseModel):
    """Where a dossier stands."""

    uuid: UUID
    reference: str | None
    number: str | None
    procedure: str
    channel: str
    foreign_code: str | None
    authority: str
    state: str
    national_state: int = Field(
        ge=1, le=10, description="Code of the state at the national portal."
    )
    version: int
    submitted_at: datetime
    received_at: datetime | None
    due_at: datetime | None
    finished_at: datetime | None


class ShownStep(BaseModel):
    """A step (bước xử lý)."""

    key: UUID
    node: str
    name: str
    act: str
    agency: ShownName
    person: UUID | None
    opened_at: datetime
    closed_at: datetime | None
    outcome: str | None


class ShownResult(BaseModel):
    """A result (kết quả giải quyết)."""

    code: str
    title: str
    refuses: bool = Field(description="Whether it says that the request was refused.")
    document_number: str
    signed_on: date
    valid_until: date | None
    file: UUID | None


class ShownSupplementRequest(BaseModel):
    """What the applicant was asked for (yêu cầu bổ sung)."""

    at: datetime
    items: list[str]
    reason: str
    answer_by: date


class ShownHandedIn(BaseModel):
    """A paper that was handed in (giấy tờ đã nộp)."""

    key: UUID
    code: str
    seen_as: str | None = Field(
        description="As what an officer saw it: `original`, `certified`, `copy`, `electronic`; null: nobody yet."
    )
    taken_out: bool = Field(
        description="Whether a later submission of the applicant does not name it any more."
    )


class ShownDossierWhole(ShownDossier):
    """A dossier with its places, papers, steps and results."""

    receiving: ShownName
    competent: ShownName
    returning: ShownName
    papers: list[ShownHandedIn]
    steps: list[ShownStep]
    supplement_requests: list[ShownSupplementRequest]
    results: list[ShownResult]


class ShownPage(BaseModel):
    """Dossiers, the newest first; `next` is the cursor of the page that follows."""

    dossiers: list[ShownDossier]
    next: UUID | None


class ShownProcedures(BaseModel):
    """Procedures in force."""

    procedures: list[ShownProcedure]
