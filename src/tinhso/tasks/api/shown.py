"""What partner systems are told of tasks and obstacles; people by the uuid of their accounts alone."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from pydantic import BaseModel, Field

from tinhso.accounts.api.agencies import ShownAgency


class ShownNotice(BaseModel):
    """A text that orders work (văn bản giao việc), and how its review stands."""

    uuid: UUID
    agency: ShownAgency
    kind: str
    number: str
    issued_on: date | None
    issuer: str
    level: int | None = Field(description="1 central, 2 province, 3 district, 4 commune.")
    title: str
    review: int = Field(description="Number of the review: what the next change expects.")
    drafts: int = Field(description="Draft tasks that would be issued.")
    outcome: str | None = Field(description="`issued` or `discarded`; null while under review.")


class ShownTask(BaseModel):
    """A task (nhiệm vụ) and where it stands."""

    uuid: UUID
    notice: str = Field(description="Number of the notice that ordered it.")
    issued_on: date | None
    ordinal: int
    period: str = Field(description="Of a task that recurs; else empty.")
    giver: ShownAgency
    lead: ShownAgency
    text: str
    wanted: str
    group: str
    deadline_on: date | None
    deadline_kind: str
    deadline_words: str
    state: str = Field(
        description="`issued`, `accepted`, `returned`, `proposed`, `done` or `cancelled`."
    )
    is_late: bool


class ShownTasks(BaseModel):
    """A page of tasks; `next` is the cursor of the page that follows."""

    tasks: list[ShownTask]
    next: UUID | None


class ShownPart(BaseModel):
    """What another agency does towards it (phần phối hợp)."""

    agency: ShownAgency
    what: str
    deadline_on: date | None


class ShownEvidence(BaseModel):
    """What shows that it was done (minh chứng)."""

    uuid: UUID
    kind: str = Field(description="`file`, `link`, `record` or `figure`.")
    value: str
    filename: str
    note: str
    at: datetime


class ShownExtension(BaseModel):
    """A request for more time, and its answer."""

    before: date
    until: date
    reason: str
    at: datetime
    is_granted: bool | None = Field(description="Null while nobody answered.")
    answered_until: date | None
    answer: str


class ShownTaskAct(BaseModel):
    """What was done to it."""

    at: datetime
    act: str = Field(description="`accepted`, `returned`, `reported`, `proposed` and so on.")
    words: str
    percent: int | None


class ShownTie(BaseModel):
    """What shows by itself that it is done (gắn với số liệu, hồ sơ), and how that stands."""

    uuid: UUID
    kind: str
    title: str
    wanted: str
    value: str | None = Field(description="Null where there is no figure.")
    numerator: int | None
    denominator: int | None
    is_reached: bool


class ShownTaskWhole(ShownTask):
    """A task with everything that was done to it, the latest first."""

    worker: UUID | None = Field(description="The account of who carries it out at the lead.")
    follower: UUID | None = Field(description="The account of who follows it at the giver.")
    evidence_kinds: list[str] = Field(
        description="Without these it is not reported as done; empty: any will do."
    )
    parts: list[ShownPart]
    ties: list[ShownTie]
    evidence: list[ShownEvidence]
    extensions: list[ShownExtension]
    history: list[ShownTaskAct]


class ShownObstacleKind(BaseModel):
    """A kind of obstacle, and within how many working days it is answered."""

    code: str
    name: str
    working_days: int


class ShownObstacleKinds(BaseModel):
    """The kinds in force."""

    kinds: list[ShownObstacleKind]


class ShownObstacle(BaseModel):
    """What an agency is stuck on (vướng mắc), and who is to answer by which day."""

    uuid: UUID
    agency: ShownAgency
    kind: str
    text: str
    solver: ShownAgency
    due_on: date
    state: str = Field(description="`open`, `answered`, `proposed` to a ministry, or `closed`.")
    is_late: bool
    main: UUID | None = Field(description="The obstacle of another unit that it was joined to.")


class ShownObstacles(BaseModel):
    """A page of obstacles; `next` is the cursor of the page that follows."""

    obstacles: list[ShownObstacle]
    next: UUID | None


class ShownObstacleAct(BaseModel):
    """What was done to it."""

    at: datetime
    act: str
    words: str
    body: str
    document: str


class ShownObstacleWhole(ShownObstacle):
    """An obstacle with what was done to it, the latest first."""

    history: list[ShownObstacleAct]


class ShownSeat(BaseModel):
    """A member by post (thành viên)."""

    uuid: UUID
    role: str = Field(description="`head`, `deputy` or `member`.")
    post: str
    field: str


class ShownStanding(BaseModel):
    """Who serves it in a subject (cơ quan thường trực)."""

    subject: str
    agency: ShownAgency


class ShownCommittee(BaseModel):
    """A committee or working group (ban chỉ đạo, tổ công tác) as of a day."""

    uuid: UUID
    kind: str
    name: str
    document: str
    agency: ShownAgency
    since: date
    until: date | None
    seats: list[ShownSeat]
    standing: list[ShownStanding]
    open_tasks: int


class ShownCommittees(BaseModel):
    """Those at work on a day."""

    committees: list[ShownCommittee]
