"""What partner systems send about tasks and obstacles: one shape for each act."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field, StrictBool, StringConstraints

from tinhso.accounts.api.agencies import Named
from tinhso.accounts.api.reading import LARGEST_BODY
from tinhso.accounts.api.sent import Code, Line, Sent, Text
from tinhso.agencies.models import Level
from tinhso.tasks.models import CommitteeKind, NoticeKind, SeatRole

LONGEST_TEXT = LARGEST_BODY // 3
"""Characters, none of which takes more than three bytes in a Vietnamese text: what is longer is refused as a body."""
Reason = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=1000)]
Note = Annotated[str, StringConstraints(strip_whitespace=True, max_length=500)]
Day = Annotated[date, Field(ge=date(2000, 1, 1), le=date(2100, 12, 31))]


class Described(Sent):
    """What a paper says of itself."""

    number: Annotated[str, StringConstraints(strip_whitespace=True, max_length=60)] = ""
    issued_on: Day | None = None
    issuer: Annotated[str, StringConstraints(strip_whitespace=True, max_length=300)] = ""


class SentNotice(Described):
    """A text that orders work (văn bản giao việc); what is left out is read from it."""

    agency: Named = Field(description="Uuid or code of the agency that gives the tasks.")
    text: Annotated[str, StringConstraints(min_length=1, max_length=LONGEST_TEXT)]
    kind: NoticeKind | Literal[""] = ""
    title: Annotated[str, StringConstraints(strip_whitespace=True, max_length=500)] = ""


class SentDescription(Described):
    """The whole of what the notice is; what is left out is empty from then on."""

    expected: int = Field(ge=0, description="`review` as it was told last.")
    kind: NoticeKind
    level: Level | None = Field(
        default=None, description="1 central, 2 province, 3 district, 4 commune."
    )
    title: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500)]


class SentWords(Sent):
    """What goes with the act, or nothing."""

    words: Annotated[str, StringConstraints(strip_whitespace=True, max_length=4000)] = ""


class SentTaskReason(Sent):
    """Why (lý do)."""

    reason: Reason


class SentProgress(Sent):
    """How far it is (tiến độ), in words and, where it can be counted, in per cent."""

    words: Text
    percent: int | None = Field(default=None, ge=0, le=100)


class SentEvidence(Sent):
    """What shows that it was done (minh chứng): a link, or the number of a dossier or document."""

    value: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500)]
    note: Note = ""


class SentLaterDay(Sent):
    """Until when, and why (đề nghị gia hạn)."""

    until: Day
    reason: Reason


class SentExtensionDecision(Sent):
    """The answer to the waiting request (quyết định gia hạn); a refusal says why."""

    grants: StrictBool
    until: Day | None = Field(default=None, description="Instead of the day that was asked for.")
    words: Annotated[str, StringConstraints(strip_whitespace=True, max_length=1000)] = ""


class SentTie(Sent):
    """What shows by itself that the task is done (gắn với số liệu, hồ sơ)."""

    kind: Code = Field(description="`figure` or `dossiers`.")
    facts: dict[Code, Annotated[str, StringConstraints(max_length=10_000)]] = Field(
        description="Of `figure`: `indicator`, `scope` (`lead` or `giver`), `first`, `last`, `value`. Of `dossiers`:"
        " `numbers`, one a line; or `first` and `last`, between which the lead received them, and `procedure`."
    )


class SentGiving(Sent):
    """To whom a task that came back is given (giao lại), and why."""

    lead: Named = Field(description="Uuid or code of the agency.")
    words: Text


class SentShares(Sent):
    """Which units get a share (chia việc), of what, by when."""

    units: Annotated[list[Named], Field(min_length=1, max_length=500)] = Field(
        description="Uuids or codes of units below the lead."
    )
    text: Text
    deadline_on: Day | None = Field(default=None, description="That of the whole when absent.")


class SentPart(Sent):
    """What a coordinator does (phần phối hợp), by when."""

    agency: Named = Field(description="Uuid or code of a coordinator of the task.")
    what: Note = ""
    deadline_on: Day | None = None


class SentPerson(SentWords):
    """An officer by the uuid of the account."""

    person: UUID


class SentBlocker(Sent):
    """The task that is waited for."""

    blocker: UUID


class SentWaiting(SentBlocker):
    """The task that must be done first (chờ nhiệm vụ khác), and why."""

    words: Text


class SentObstacle(Sent):
    """What an agency is stuck on (báo vướng mắc)."""

    agency: Named = Field(description="Uuid or code of the agency that is stuck.")
    kind: Code = Field(description="A `code` of `GET /obstacle-kinds`.")
    text: Text
    subject: UUID | None = Field(default=None, description="The dossier or task that it is about.")


class SentObstacleAnswer(Sent):
    """How it is solved (trả lời)."""

    words: Text
    question: Note = Field(
        default="",
        description="In words that name nobody: then the answer goes into the library of solutions.",
    )


class SentRouting(Sent):
    """To whom it is passed (chuyển nơi giải quyết), and why."""

    solver: Named = Field(description="Uuid or code of the agency.")
    words: Text


class SentProposal(SentWords):
    """To which ministry, by which paper (kiến nghị cấp trên)."""

    body: Line
    document: Annotated[str, StringConstraints(strip_whitespace=True, max_length=100)] = ""


class SentJoining(Sent):
    """The obstacle of another unit that it is the same as (gộp)."""

    main: UUID


class SentStillStuck(Sent):
    """Why the answer did not help (báo chưa gỡ được)."""

    words: Text


class SentFounding(Sent):
    """A committee as its founding document says (thành lập ban chỉ đạo)."""

    agency: Named = Field(description="Uuid or code of the agency that founds it.")
    kind: CommitteeKind
    name: Line
    document: Annotated[str, StringConstraints(strip_whitespace=True, max_length=200)] = ""
    since: Day


class SentSeat(Sent):
    """A member by post (thành viên), with what it answers for."""

    role: SeatRole
    post: Line
    field: Annotated[str, StringConstraints(strip_whitespace=True, max_length=300)] = ""
    since: Day


class SentServing(Sent):
    """The agency that serves it in a subject, as texts write the subject."""

    subject: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
    agency: Named = Field(description="Uuid or code of the agency.")
    since: Day


class SentLeaving(Sent):
    """A member that leaves; the day is the first without it."""

    seat: UUID
    until: Day


class SentEnding(Sent):
    """The first day on which it is at work no more."""

    until: Day
