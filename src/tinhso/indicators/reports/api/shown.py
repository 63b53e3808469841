"""What partner systems are told of reports. Values are decimals as text, in the unit of the indicator."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from pydantic import BaseModel, Field

from tinhso.accounts.api.agencies import ShownAgency


class ShownReport(BaseModel):
    """A report that an agency owes for a period, and where it stands."""

    uuid: UUID
    regime: str
    regime_version: str
    name: str
    level: str
    period: str
    first: date = Field(description="First day of the data cut-off.")
    last: date
    agency: ShownAgency
    receiver: ShownAgency
    due_on: date = Field(description="The last day on which it is in time.")
    submitted_on: date | None = Field(description="Day of the first sending.")
    state: str = Field(
        description="`due`, `draft`, `confirmed`, `submitted`, `returned` or `received`."
    )
    is_late: bool
    version: int = Field(description="Rises with every change; `expected_version` of an act.")


class ShownReports(BaseModel):
    """A page of reports; `next` is the cursor of the page that follows."""

    reports: list[ShownReport]
    next: UUID | None


class ShownReportNumbers(BaseModel):
    """Numbers of a figure; of a ratio part and whole, and the value that follows from them."""

    value: str | None
    numerator: int | None
    denominator: int | None


class ShownFigure(ShownReportNumbers):
    """A figure of a report: what the records say, and beside it what the agency says instead, with its reason."""

    uuid: UUID
    indicator: str
    name: str
    unit: str
    is_ratio: bool
    definition: str = Field(description="Version of the definition by which it was worked out.")
    source: str = Field(
        description="`computed`, `summed` from units, `no_source`, or `unavailable` when it was opened."
    )
    unit_name: str = Field(description="Whose line it is in a consolidated report; else empty.")
    missing_units: list[str] = Field(
        description="Of a figure `summed` from units: those that are not in it."
    )
    stated: ShownReportNumbers | None
    reason: str
    version: int | None = Field(description="`expected_version` of a correction; null as sent.")


class ShownSentence(BaseModel):
    """A sentence of a report: as it was offered, and as it stands."""

    uuid: UUID
    kind: str
    offered: str
    words: str
    unit_name: str
    link: str = Field(description="Where its source is, for whoever may open it; else empty.")
    decision: str = Field(
        description="`waiting`, `kept`, `changed`, `dropped` or `written`. While it waits, `words` other than"
        " `offered` are a person's, whose figure changed since; nothing `offered`: it no longer holds."
    )
    version: int | None = Field(description="`expected_version` of a decision; null as sent.")


class ShownSection(BaseModel):
    """A section of the outline (mục)."""

    code: str
    name: str
    figures: list[ShownFigure]
    sentences: list[ShownSentence]


class ShownHappening(BaseModel):
    """What was done to the report."""

    at: datetime
    act: str = Field(description="`opened`, `confirmed`, `submitted`, `returned` and so on.")
    words: str = Field(description="The reason, where the act gives one.")


class ShownReportWhole(ShownReport):
    """A report with its parts: of one's own agency as it stands, of another's as it was sent last."""

    is_own: bool
    sent: int | None = Field(
        description="Number of the sending whose parts these are; null: as it stands."
    )
    waiting: int = Field(description="Offered sentences that nobody decided on yet.")
    sections: list[ShownSection]
    gathered: dict[str, Any] | None = Field(
        description="Of a consolidated report: `units` received, `of` how many, names `missing`."
    )
    signing: dict[str, Any]
    history: list[ShownHappening] = Field(description="The latest first.")
