"""Ask another agency to take a dossier over; its answer moves the work, or leaves it where it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tinhso.dossiers import events, naming
from tinhso.dossiers.models import (
    Dossier,
    Step,
    Token,
    Transfer,
    TransferAnswer,
    TransferRequest,
    WorkItem,
)
from tinhso.dossiers.plans.moving import TRANSFER_NODE, close_step, open_step
from tinhso.dossiers.rows import Rows, moment

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from tinhso.dossiers.cases import Case


def plan_ask_transfer(
    case: Case, *, agency: int, reason: str, due_at: datetime, actor: str, at: datetime
) -> Rows:
    """Another agency is asked to take the dossier over (đề nghị chuyển); until it does, nothing else changes."""
    rows = Rows(events.TRANSFER_ASKED, {"agency": agency, "due_at": moment(due_at)})
    rows.change(Dossier, case.dossier["id"], version=case.dossier["version"] + 1)
    step = open_step(
        case,
        rows,
        node=TRANSFER_NODE,
        name=naming.TRANSFER,
        act="answer_transfer",
        role="unit-head",
        agency=agency,
        at=at,
        own_due_at=due_at,
    )
    rows.insert(
        TransferRequest,
        id=case.key_for(TransferRequest, case.dossier["version"]),
        dossier_id=case.dossier["id"],
        actor=actor,
        at=at,
        step_id=step,
        agency_id=agency,
        reason=reason,
        due_at=due_at,
    )
    rows.payload["step"] = str(step)
    return rows


def plan_answer_transfer(
    case: Case, step: UUID, *, accepts: bool, reason: str, because: str, actor: str, at: datetime
) -> Rows:
    """The asked agency takes the dossier over, or refuses it (nhận hoặc không nhận hồ sơ chuyển).

    `because` is the reason with which it was asked.
    """
    here, there = case.dossier["competent_agency_id"], case.step(step)["agency_id"]
    rows = Rows(events.TRANSFER_ANSWERED, {"step": str(step), "agency": there, "accepts": accepts})
    legal = {"dossier_id": case.dossier["id"], "actor": actor, "at": at}
    ordinal = case.dossier["version"]
    moved = {"competent_agency_id": there} if accepts else {}
    rows.change(Dossier, case.dossier["id"], version=ordinal + 1, **moved)
    rows.insert(
        TransferAnswer,
        id=case.key_for(TransferAnswer, ordinal),
        **legal,
        step_id=step,
        agency_id=there,
        accepts=accepts,
        reason=reason,
    )
    outcome = "accepted" if accepts else "declined"
    close_step(rows, step, actor=actor, outcome=outcome, at=at, note=reason)
    if accepts:
        rows.insert(
            Transfer,
            id=case.key_for(Transfer, ordinal),
            **legal,
            from_agency_id=here,
            to_agency_id=there,
            reason=because,
        )
        _move_work(case, rows, here, there)
    return rows


def _move_work(case: Case, rows: Rows, here: int, there: int) -> None:
    """Open work of the agency that was competent lies at the new one, held by nobody."""
    workflow, lanes = case.definition.workflow, case.definition.lanes
    for step in case.open_steps():
        if step["token"] is None or step["agency_id"] != here:
            continue
        lane = workflow.nodes[step["node"]].role
        if lane is not None and lanes[lane].place == "competent":
            rows.change(Step, step["id"], agency_id=there, person_id=None)
            rows.change(WorkItem, step["id"], agency_id=there, person_id=None)
    for wait in case.waits():
        rows.change(Token, wait, person_id=None)
        rows.change(WorkItem, wait, agency_id=there, person_id=None)
