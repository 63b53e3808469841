"""What partner systems are told of figures. Values are decimals as text: exact, in the unit of the indicator."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from pydantic import BaseModel, Field

from tinhso.accounts.api.agencies import ShownAgency

Value = Annotated[str, Field(description="A decimal as text, in the unit of the indicator.")]


class ShownIndicator(BaseModel):
    """An indicator (chỉ tiêu) as the pack in force defines it."""

    code: str
    version: str = Field(description="Version of the definition.")
    pack: str
    name: str
    unit: str
    direction: str = Field(description="Which way is better: `higher`, `lower` or `none`.")
    status: str = Field(
        description="`computed` from records; `estimate` of our own; `reported` by agencies or `received` from"
        " another body, and not worked out here; `no_source` yet."
    )
    needs: str = Field(description="What is missing for the whole of it, in words.")
    by: list[str] = Field(description="What it can be divided by.")


class ShownIndicatorWhole(ShownIndicator):
    """It with its definition and its legal basis."""

    note: str
    source: str
    fact: str = Field(description="The fact table whose rows it counts.")
    definition: dict[str, Any] = Field(description="The entry of the pack, as published.")


class ShownIndicators(BaseModel):
    """The catalogue."""

    indicators: list[ShownIndicator]


class ShownGroup(BaseModel):
    """What a figure is told of: an agency, a commune, a month, or any other value of a dimension."""

    code: str = Field(
        description="As `group` asks for its records: the uuid of an agency, else the value itself;"
        " `unknown`, `unallocated` where nothing says."
    )
    name: str
    agency: ShownAgency | None = None


class ShownCompleteness(BaseModel):
    """How much of the interval the figure can know."""

    days: int
    passed: int = Field(description="Days that lie behind us.")
    behind: int = Field(description="Events of the log that the figures have not read yet.")
    is_complete: bool


class ShownObservation(BaseModel):
    """A figure (số liệu) of one group in one interval, by one version of the definition."""

    version: str
    group: ShownGroup | None = Field(description="Null for the whole.")
    value: Value | None = Field(
        description="Null where there is no denominator; never zero for it."
    )
    numerator: int | None
    denominator: int | None
    first: date
    last: date
    is_restated: bool
    completeness: ShownCompleteness
    hidden: int = Field(
        description="Records of the group that the token does not reach: not counted."
    )
    by_share: int = Field(description="Of the denominator, what a declared share allotted.")


class ShownObservations(BaseModel):
    """The figures of one cut."""

    indicator: str
    unit: str
    by: str | None
    observations: list[ShownObservation]


class ShownRecord(BaseModel):
    """One record that was counted: its key, its page here, and what the definition asks of it."""

    key: str
    number: str
    link: str
    columns: dict[str, Any] = Field(
        description="By the names of the fact table; agencies by their uuid."
    )


class ShownRecords(BaseModel):
    """A page of the records of one cell, the newest first."""

    records: list[ShownRecord]
    total: int = Field(description="How many the token may open.")
    hidden: int = Field(description="How many it may not: they are counted, not named.")
    page: int
    pages: int


class ShownTarget(BaseModel):
    """A target (chỉ tiêu phấn đấu): who set which value for whom, in which document."""

    uuid: UUID
    agency: ShownAgency | None = Field(description="Null for the province.")
    first: date
    last: date
    value: Value
    level: str = Field(description="`national`, `province` or `agency`.")
    issuer: str
    document: str
    dated: date | None


class ShownTargets(BaseModel):
    """The targets that meet an interval."""

    indicator: str
    unit: str
    targets: list[ShownTarget]


class ShownTold(BaseModel):
    """A figure as somebody else told it, beside what is worked out."""

    uuid: UUID
    kind: str = Field(description="`reported` or `received`.")
    agency: ShownAgency | None
    first: date
    last: date
    value: Value | None
    numerator: int | None
    denominator: int | None
    at_least: bool
    source: str


class ShownToldFigures(BaseModel):
    """What others told of an indicator, the oldest first."""

    indicator: str
    unit: str
    figures: list[ShownTold]


class ShownPeriod(BaseModel):
    """A period whose figures were closed (kỳ đã chốt): they never change again."""

    uuid: UUID
    period: str = Field(description="As `/periods/{period}` asks for it.")
    title: str
    first: date
    last: date
    at: datetime = Field(description="When it was closed.")
    figures: int = Field(description="How many figures are told of it.")


class ShownPeriods(BaseModel):
    """The closed periods, the newest first."""

    periods: list[ShownPeriod]


class ShownNumbers(BaseModel):
    """What a figure says."""

    value: Value | None
    numerator: int | None
    denominator: int | None


class ShownClosed(BaseModel):
    """A closed figure beside what it would be today."""

    indicator: str
    agency: ShownAgency | None = Field(description="Null for the province.")
    version: str = Field(description="Version of the definition by which it was closed.")
    closed: ShownNumbers | None = Field(description="Null where nothing was counted at closing.")
    today: ShownNumbers | None = Field(description="Null where nothing is counted today.")
    is_different: bool


class ShownPeriodWhole(ShownPeriod):
    """A closed period with its figures, as far as the token reaches."""

    closed: list[ShownClosed]
