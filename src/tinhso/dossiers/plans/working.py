"""Assign, take, forward, send back, opinions, decide, result, hand over: the work on a dossier."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tinhso.calendars.clock import day_of
from tinhso.dossiers import events, naming
from tinhso.dossiers.conditions import judge
from tinhso.dossiers.definitions import OpinionSilence
from tinhso.dossiers.models import (
    Alarm,
    Assignment,
    Decision,
    Dossier,
    HandOver,
    Opinion,
    OpinionRequest,
    Result,
    State,
    Step,
    WorkItem,
)
from tinhso.dossiers.plans.moving import (
    COMPLAINT_NODE,
    OPINION_NODE,
    close_step,
    follow,
    is_beside,
    open_step,
)
from tinhso.dossiers.rows import Rows, moment
from tinhso.dossiers.workflow import tokens
from tinhso.dossiers.workflow.moves import ClosedBecause

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime
    from uuid import UUID

    from tinhso.dossiers.cases import Case
    from tinhso.events.kinds import EventKind


@dataclass(frozen=True)
class ResultDocument:
    """A result as a document: its kind, title, number, signer and post, validity, file key."""

    code: str
    title: str
    document_number: str
    signer: str
    signed_on: date
    valid_until: date | None = None
    file: int | None = None
    why_early: str = ""
    """Why it was signed before the dossier was handed in; empty where it was not."""


def _begin(case: Case, event: EventKind, **payload: Any) -> Rows:
    rows = Rows(event, payload)
    rows.change(Dossier, case.dossier["id"], version=case.dossier["version"] + 1)
    return rows


def _without(unheard: Sequence[int]) -> dict[str, Any]:
    return {"unheard": list(unheard)} if unheard else {}


def _legal(case: Case, actor: str, at: datetime) -> dict[str, Any]:
    return {"dossier_id": case.dossier["id"], "actor": actor, "at": at}


def plan_assign(
    case: Case,
    step: UUID,
    *,
    person: int | None,
    person_key: str,
    actor: str,
    at: datetime,
    taken: bool = False,
) -> Rows:
    """A step is given to a person (phân công), taken from one (`person` None), or taken by one (nhận xử lý)."""
    node = case.rows(Step)[step]["node"]
    if taken:
        rows = _begin(case, events.TAKEN, step=str(step), node=node)
    else:
        to = {"person": person_key} if person is not None else {}
        rows = _begin(case, events.ASSIGNED, step=str(step), node=node, **to)
    rows.insert(
        Assignment,
        id=case.key_for(Assignment, case.dossier["version"]),
        **_legal(case, actor, at),
        step_id=step,
        person_id=person,
    )
    rows.change(Step, step, person_id=person)
    rows.change(WorkItem, step, person_id=person)
    return rows


def plan_forward(
    case: Case,
    step: UUID,
    *,
    outcome: str,
    note: str,
    unheard: Sequence[int] = (),
    actor: str,
    at: datetime,
) -> Rows:
    """A step is done with an outcome; the workflow goes on (chuyển bước).

    `unheard` are the agencies whose opinion was asked for and knowingly not awaited.
    """
    node = case.rows(Step)[step]["node"]
    rows = _begin(
        case, events.FORWARDED, step=str(step), node=node, outcome=outcome, **_without(unheard)
    )
    _advance(case, rows, step, outcome=outcome, note=note, actor=actor, at=at)
    return rows


def plan_record_answer(
    case: Case, step: UUID, *, outcome: str, note: str, actor: str, at: datetime
) -> Rows:
    """The answer from outside came (ghi nhận trả lời); the workflow goes on."""
    node = case.definition.workflow.nodes[case.rows(Step)[step]["node"]]
    rows = _begin(
        case,
        events.ANSWER_RECORDED,
        step=str(step),
        node=node.id,
        message=node.message or "",
        outcome=outcome,
    )
    _advance(case, rows, step, outcome=outcome, note=note, actor=actor, at=at)
    return rows


def _advance(
    case: Case, rows: Rows, step: UUID, *, outcome: str, note: str, actor: str, at: datetime
) -> bool:
    close_step(rows, step, actor=actor, outcome=outcome, at=at, note=note)
    moves = tokens.complete(
        case.definition.workflow,
        case.tokens(),
        case.rows(Step)[step]["token"],
        outcome,
        case.facts(),
        at=at,
        judge=judge,
    )
    return follow(case, rows, moves, actor=actor, at=at)


def plan_send_back(case: Case, step: UUID, *, to: str, note: str, actor: str, at: datetime) -> Rows:
    """Work goes back to an earlier step of its branch (trả lại bước trước)."""
    rows = _begin(
        case,
        events.FORWARDED,
        step=str(step),
        node=case.rows(Step)[step]["node"],
        outcome="sent_back",
    )
    visited = {(row["node"], row["branch"]) for row in case.current_steps() if row["token"]}
    moves = tokens.send_back(
        case.definition.workflow,
        case.tokens(),
        case.rows(Step)[step]["token"],
        to,
        visited=visited,
        at=at,
    )
    close_step(rows, step, actor=actor, outcome="sent_back", at=at, note=note)
    follow(case, rows, moves, actor=actor, at=at)
    return rows


def plan_ask_opinion(
    case: Case, *, agency: int, question: str, due_at: datetime, actor: str, at: datetime
) -> Rows:
    """Another agency is asked (lấy ý kiến); the work goes on beside it."""
    rows = _begin(case, events.OPINION_ASKED, agency=agency, due_at=moment(due_at))
    step = open_step(
        case,
        rows,
        node=OPINION_NODE,
        name=naming.OPINION,
        act="give_opinion",
        role="specialist",
        agency=agency,
        at=at,
        own_due_at=due_at,
    )
    rows.insert(
        OpinionRequest,
        id=case.key_for(OpinionRequest, case.dossier["version"]),
        **_legal(case, actor, at),
        step_id=step,
        agency_id=agency,
        question=question,
        due_at=due_at,
    )
    rows.payload["step"] = str(step)
    return rows


def plan_give_opinion(
    case: Case, step: UUID, *, agrees: bool, content: str, actor: str, at: datetime
) -> Rows:
    """The asked agency answers (cho ý kiến); a step of the workflow also goes on."""
    rows = _begin(case, events.OPINION_GIVEN, step=str(step), agrees=agrees)
    values = case.rows(Step)[step]
    rows.insert(
        Opinion,
        id=case.key_for(Opinion, case.dossier["version"]),
        **_legal(case, actor, at),
        step_id=step,
        agency_id=values["agency_id"],
        agrees=agrees,
        content=content,
    )
    outcome = "agree" if agrees else "disagree"
    if values["token"] is None:
        close_step(rows, step, actor=actor, outcome=outcome, at=at)
    else:
        _advance(case, rows, step, outcome=outcome, note="", actor=actor, at=at)
    return rows


def plan_lapse_opinion(case: Case, step: UUID, *, actor: str, at: datetime) -> Rows:
    """The asked agency let its time pass (hết hạn cho ý kiến): what the procedure says of that; the work goes on."""
    effect, values = case.definition.opinion_silence, case.rows(Step)[step]
    rows = _begin(
        case,
        events.OPINION_LAPSED,
        step=str(step),
        agency=values["agency_id"],
        effect=effect.value,
    )
    if effect is OpinionSilence.AGREE:
        rows.insert(
            Opinion,
            id=case.key_for(Opinion, case.dossier["version"]),
            **_legal(case, actor, at),
            step_id=step,
            agency_id=values["agency_id"],
            agrees=True,
            content="",
        )
    close_step(rows, step, actor=actor, outcome=ClosedBecause.TIMED_OUT.value, at=at)
    return rows


def plan_decide(
    case: Case,
    step: UUID,
    *,
    approves: bool,
    reason: str,
    unheard: Sequence[int] = (),
    actor: str,
    at: datetime,
) -> Rows:
    """The competent person decides (quyết định giải quyết); `unheard` as in `plan_forward`."""
    rows = _begin(case, events.DECIDED, step=str(step), approves=approves, **_without(unheard))
    rows.insert(
        Decision,
        id=case.key_for(Decision, case.dossier["version"]),
        **_legal(case, actor, at),
        approves=approves,
        reason=reason,
    )
    _advance(
        case,
        rows,
        step,
        outcome="approve" if approves else "reject",
        note=reason,
        actor=actor,
        at=at,
    )
    return rows


def plan_attach_result(
    case: Case, step: UUID, document: ResultDocument, *, actor: str, at: datetime
) -> Rows:
    """The result is there (có kết quả): the work of the administration ends, measured against the appointed time.

    Opinions that are still awaited beside the workflow are awaited no longer.
    """
    result = case.key_for(Result)
    kind = case.definition.result(document.code)
    refuses = kind is not None and kind.refuses
    valid_until = document.valid_until or (kind.valid_until(document.signed_on) if kind else None)
    rows = _begin(
        case,
        events.RESULT_ATTACHED,
        step=str(step),
        result=str(result),
        code=document.code,
        signed_on=document.signed_on.isoformat(),
        signed_early=document.signed_on < day_of(case.dossier["submitted_at"]),
    )
    rows.change(Dossier, case.dossier["id"], state=State.DECIDED.value, finished_at=at)
    rows.insert(
        Result,
        id=result,
        **_legal(case, actor, at),
        code=document.code,
        title=document.title,
        document_number=document.document_number,
        signer=document.signer,
        signed_on=document.signed_on,
        valid_until=None if refuses else valid_until,
        file_id=document.file,
        kind=kind.kind if kind is not None else "",
        refuses=refuses,
        holder_id=case.dossier["applicant_id"],
        agency_id=case.dossier["competent_agency_id"],
    )
    _advance(
        case, rows, step, outcome="attached", note=document.why_early.strip(), actor=actor, at=at
    )
    for asked in filter(is_beside, case.open_steps()):
        if asked["node"] == COMPLAINT_NODE:
            continue
        close_step(rows, asked["id"], actor=actor, outcome="cancelled", at=at)
    return rows


def plan_hand_over(
    case: Case, step: UUID, *, way: str, receiver: str, actor: str, at: datetime
) -> Rows:
    """The result reaches the applicant (trả kết quả); the dossier is closed."""
    finished_at = case.dossier["finished_at"] or at
    on_time = case.due_at is None or finished_at <= case.due_at
    rows = _begin(case, events.HANDED_OVER, step=str(step), way=way, on_time=on_time)
    rows.change(Dossier, case.dossier["id"], state=State.HANDED_OVER.value, finished_at=finished_at)
    rows.insert(
        HandOver,
        id=case.key_for(HandOver, case.dossier["version"]),
        **_legal(case, actor, at),
        way=way,
        receiver=receiver,
    )
    _advance(case, rows, step, outcome="handed_over", note="", actor=actor, at=at)
    return rows


def plan_fire_timer(case: Case, alarm: UUID, *, actor: str, at: datetime) -> Rows:
    """A timer of the workflow goes off (đến hẹn giờ)."""
    values = case.rows(Alarm)[alarm]
    rows = _begin(case, events.TIMER_FIRED, node=values["timer"])
    rows.remove(Alarm, alarm)
    moves = tokens.fire_timer(
        case.definition.workflow,
        case.tokens(),
        values["token"],
        values["timer"],
        case.facts(),
        at=at,
        judge=judge,
    )
    follow(case, rows, moves, actor=actor, at=at)
    return rows
