"""Submit, receive, refuse: how a dossier begins."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid5

from tinhso.dossiers import events, naming
from tinhso.dossiers.conditions import judge
from tinhso.dossiers.finding import found_under
from tinhso.dossiers.models import (
    Dossier,
    DossierKey,
    DossierSearch,
    IdempotencyKey,
    Paper,
    Receipt,
    Refusal,
    State,
    Submission,
    WorkItem,
)
from tinhso.dossiers.plans.bringing import IN_PERSON, Bringing, insert_bringing
from tinhso.dossiers.plans.confirming import (
    AskedAnyway,
    Seen,
    insert_asked,
    insert_confirmations,
)
from tinhso.dossiers.plans.moving import close_step, follow, open_step
from tinhso.dossiers.rows import Rows, moment
from tinhso.dossiers.workflow import tokens

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from tinhso.accounts.sendings import Sending
    from tinhso.calendars.deadlines import Due
    from tinhso.dossiers.cases import Case

RECEIPT_NODE = "receipt"
ONE_STOP = "one-stop-officer"
NOTHING_SEEN = Seen()


@dataclass(frozen=True)
class Filing:
    """What a new dossier is made of; keys of agencies, party and files are primary keys.

    `words` and `keys` are what it will be found by: folded words, and whole codes (ID, phone).
    """

    id: int
    uuid: UUID
    reference: str
    procedure: int
    channel: str
    applicant: int
    receiving: int
    competent: int
    returning: int
    answers: Mapping[str, Any]
    papers: Sequence[tuple[str, int]] = ()
    helping: int | None = None
    foreign_code: str | None = None
    authority: str = "province"
    words: Sequence[str] = ()
    keys: Sequence[str] = field(default=())
    sending: Sending | None = None
    bringing: Bringing = IN_PERSON
    asked: Sequence[AskedAnyway] = ()


def plan_submit(case: Case, filing: Filing, *, actor: str, at: datetime) -> Rows:
    """A dossier is handed in (nộp hồ sơ) and waits at the receiving desk."""
    code, channel = case.definition.code, filing.channel
    told = {"procedure": code, "channel": channel, "reference": filing.reference}
    rows = Rows(events.SUBMITTED, told)
    rows.insert(Dossier, **_columns(filing, at))
    case.dossier = dict(rows.inserts[0].values)
    submission = case.key_for(Submission)
    rows.insert(
        Submission,
        id=submission,
        dossier_id=filing.id,
        at=at,
        actor=actor,
        channel=channel,
        answers=dict(filing.answers),
    )
    insert_bringing(case, rows, submission, filing.bringing, actor=actor, at=at)
    insert_papers(case, rows, submission, filing.papers, actor=actor, at=at)
    insert_asked(case, rows, filing.asked, submission, actor=actor, at=at)
    _insert_words(rows, filing)
    if filing.sending:
        rows.insert(
            IdempotencyKey,
            owner=actor,
            key=filing.sending.key,
            digest=filing.sending.digest,
            dossier_id=filing.id,
            at=at,
        )
    open_step(
        case,
        rows,
        node=RECEIPT_NODE,
        name=naming.RECEIPT,
        act="receive",
        role=ONE_STOP,
        agency=filing.receiving,
        at=at,
    )
    return rows


def _insert_words(rows: Rows, filing: Filing) -> None:
    rows.insert(DossierSearch, dossier_id=filing.id, words=list(filing.words))
    for value in (filing.reference, *filing.keys):
        rows.insert(DossierKey, dossier_id=filing.id, value=value)


def _columns(filing: Filing, at: datetime) -> dict[str, Any]:
    return {
        "id": filing.id,
        "uuid": filing.uuid,
        "reference": filing.reference,
        "procedure_id": filing.procedure,
        "channel": filing.channel,
        "state": State.SUBMITTED.value,
        "applicant_id": filing.applicant,
        "helping_agency_id": filing.helping,
        "receiving_agency_id": filing.receiving,
        "competent_agency_id": filing.competent,
        "returning_agency_id": filing.returning,
        "foreign_code": filing.foreign_code,
        "authority": filing.authority,
        "submitted_at": filing.bringing.came_at(at),
    }


def insert_papers(
    case: Case,
    rows: Rows,
    submission: UUID,
    papers: Sequence[tuple[str, int]],
    *,
    actor: str,
    at: datetime,
) -> None:
    """The papers of a submission, in the order of the form (thành phần hồ sơ)."""
    for number, (code, file) in enumerate(papers, start=1):
        rows.insert(
            Paper,
            id=uuid5(submission, f"paper:{number}"),
            dossier_id=case.dossier["id"],
            at=at,
            actor=actor,
            submission_id=submission,
            code=code,
            file_id=file,
        )


def receipt_step(case: Case) -> UUID:
    """The step at the receiving desk."""
    key: UUID = next(step["id"] for step in case.open_steps() if step["node"] == RECEIPT_NODE)
    return key


def plan_receive(
    case: Case, *, due: Due, actor: str, at: datetime, seen: Seen = NOTHING_SEEN
) -> Rows:
    """The dossier is complete: it gets its appointed time, and the workflow begins. The number is added last.

    Each paper that was `seen` is confirmed; any other waits for somebody who looks at it.
    """
    rows = Rows(events.RECEIVED, {"due_at": moment(due.at)})
    rows.change(
        Dossier,
        case.dossier["id"],
        state=State.IN_PROCESS.value,
        received_at=at,
        due_at=due.at,
        version=case.dossier["version"] + 1,
    )
    rows.insert(
        Receipt,
        id=case.key_for(Receipt, 1),
        dossier_id=case.dossier["id"],
        at=at,
        actor=actor,
        agency_id=case.dossier["receiving_agency_id"],
        due_at=due.at,
        explanation=[str(line) for line in due.lines],
    )
    insert_confirmations(case, rows, seen, actor=actor, at=at)
    close_step(rows, receipt_step(case), actor=actor, outcome="received", at=at)
    moves = tokens.start(case.definition.workflow, case.facts(), seed=case.uuid, at=at, judge=judge)
    follow(case, rows, moves, actor=actor, at=at)
    return rows


def add_number(case: Case, rows: Rows, number: str) -> None:
    """The official number, taken from the counter as the last thing of the act."""
    rows.change(Dossier, case.dossier["id"], number=number)
    rows.insert(DossierKey, dossier_id=case.dossier["id"], value=number)
    rows.payload["number"] = number
    gone = {removal.key for removal in rows.removals if removal.model is WorkItem}
    # A complaint may have been open before: its work is found under the number as well.
    for item in (*case.rows(WorkItem).values(), *rows.inserted(WorkItem)):
        if item["step_id"] in gone:
            continue
        words = found_under(item["words"], [number])
        rows.change(WorkItem, item["step_id"], words=words)


def plan_refuse(case: Case, *, reason: str, actor: str, at: datetime) -> Rows:
    """Receipt is refused (từ chối tiếp nhận), with the reason."""
    rows = Rows(events.REFUSED)
    rows.change(
        Dossier,
        case.dossier["id"],
        state=State.REFUSED.value,
        finished_at=at,
        version=case.dossier["version"] + 1,
    )
    rows.insert(
        Refusal,
        id=case.key_for(Refusal, 1),
        dossier_id=case.dossier["id"],
        at=at,
        actor=actor,
        reason=reason,
    )
    close_step(rows, receipt_step(case), actor=actor, outcome="refused", at=at, note=reason)
    return rows
