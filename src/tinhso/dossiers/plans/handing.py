"""Hand a colleague's open work over (bàn giao việc): one dossier at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID, uuid5

from tinhso.dossiers import events
from tinhso.dossiers.models import Assignment, Dossier, Step, Token, WorkItem
from tinhso.dossiers.rows import Rows

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from tinhso.dossiers.cases import Case


def plan_hand_work_over(
    case: Case,
    steps: Sequence[UUID],
    *,
    person: int | None,
    person_key: str,
    actor: str,
    at: datetime,
) -> Rows:
    """Open steps and waits of one dossier go to another person, or to nobody (`person` None): one event for all."""
    to = {"person": person_key} if person is not None else {}
    rows = Rows(events.WORK_HANDED_OVER, {"steps": len(steps), **to})
    version = case.dossier["version"]
    rows.change(Dossier, case.dossier["id"], version=version + 1)
    waits = case.waits()
    for step in steps:
        rows.change(WorkItem, step, person_id=person)
        if step in waits:
            rows.change(Token, step, person_id=person)
            continue
        rows.insert(
            Assignment,
            id=uuid5(case.key_for(Assignment, version), str(step)),
            dossier_id=case.dossier["id"],
            actor=actor,
            at=at,
            step_id=step,
            person_id=person,
        )
        rows.change(Step, step, person_id=person)
    return rows
