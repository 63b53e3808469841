"""Complain, answer a complaint, rate."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tinhso.dossiers import events, naming
from tinhso.dossiers.models import Complaint, ComplaintAnswer, Dossier, Rating
from tinhso.dossiers.plans.moving import COMPLAINT_NODE, close_step, open_step
from tinhso.dossiers.rows import Rows, moment

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from tinhso.dossiers.cases import Case
    from tinhso.events.kinds import EventKind


def _begin(case: Case, event: EventKind) -> Rows:
    rows = Rows(event)
    rows.change(Dossier, case.dossier["id"], version=case.dossier["version"] + 1)
    return rows


def _legal(case: Case, actor: str, at: datetime) -> dict[str, Any]:
    return {"dossier_id": case.dossier["id"], "actor": actor, "at": at}


def plan_complain(
    case: Case, *, agency: int, content: str, due_at: datetime, actor: str, at: datetime
) -> Rows:
    """The applicant complains (khiếu nại): the answer is a step beside the workflow with a time of its own."""
    rows = _begin(case, events.COMPLAINED)
    step = open_step(
        case,
        rows,
        node=COMPLAINT_NODE,
        name=naming.COMPLAINT,
        act="answer_complaint",
        role="unit-head",
        agency=agency,
        at=at,
        own_due_at=due_at,
    )
    rows.insert(
        Complaint,
        id=case.key_for(Complaint, case.dossier["version"]),
        **_legal(case, actor, at),
        step_id=step,
        content=content,
        due_at=due_at,
    )
    rows.payload |= {"step": str(step), "due_at": moment(due_at)}
    return rows


def plan_answer_complaint(
    case: Case, step: UUID, *, is_right: bool, content: str, actor: str, at: datetime
) -> Rows:
    """The agency answers the complaint (trả lời khiếu nại)."""
    rows = _begin(case, events.COMPLAINT_ANSWERED)
    rows.payload |= {"step": str(step), "is_right": is_right}
    rows.insert(
        ComplaintAnswer,
        id=case.key_for(ComplaintAnswer, case.dossier["version"]),
        **_legal(case, actor, at),
        step_id=step,
        is_right=is_right,
        content=content,
    )
    close_step(rows, step, actor=actor, outcome="done", at=at, note=content)
    return rows


def plan_rate(case: Case, *, score: int, words: str, actor: str, at: datetime) -> Rows:
    """The applicant says how content they were (đánh giá), from 1 to 5."""
    rows = _begin(case, events.RATED)
    rows.payload["score"] = score
    rows.insert(
        Rating,
        id=case.key_for(Rating, case.round),
        **_legal(case, actor, at),
        score=score,
        words=words,
    )
    return rows
