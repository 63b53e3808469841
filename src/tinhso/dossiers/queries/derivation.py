"""What the caches must say: the worklist from steps, a dossier's standing from its legal rows. Pure: no database.

The acts write the caches as they go. The tests hold both ways equal after any sequence of acts, and
`./tinhso worklist check` holds the tables to it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tinhso.dossiers.models import (
    HandOver,
    Receipt,
    Refusal,
    Result,
    Resumption,
    State,
    Stop,
    Submission,
    SupplementRequest,
)
from tinhso.dossiers.plans.moving import HAND_OVER, near

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from django.db.models import Model

    from tinhso.calendars.working_time import WorkingCalendar

LEGAL: tuple[type[Model], ...] = (
    Submission,
    Receipt,
    Refusal,
    SupplementRequest,
    Resumption,
    Result,
    HandOver,
    Stop,
)
"""The legal rows on which a dossier's standing rests."""


@dataclass(frozen=True)
class Standing:
    """Where a dossier stands in law: its state, when it was received, is due, and was finished."""

    state: State
    received_at: datetime | None
    due_at: datetime | None
    finished_at: datetime | None


def standing(rows: Mapping[type[Model], Sequence[Mapping[str, Any]]]) -> Standing:
    """The standing that follows from the legal rows (`LEGAL`) of a dossier of ours; at least one submission."""
    received = rows.get(Receipt, ())
    refused = [row["at"] for model in (Refusal, Stop) for row in rows.get(model, ())]
    settled = [row["at"] for row in rows.get(Result, ())] or [
        row["at"] for row in rows.get(HandOver, ())
    ]
    resumed = sorted(rows.get(Resumption, ()), key=lambda row: row["at"])
    due = [row["due_at"] for row in received] + [row["due_after"] for row in resumed]
    ended = refused or settled
    return Standing(
        state=_state(rows),
        received_at=received[0]["at"] if received else None,
        due_at=due[-1] if due else None,
        finished_at=max(ended) if ended else None,
    )


def _state(rows: Mapping[type[Model], Sequence[Mapping[str, Any]]]) -> State:
    """The furthest of its legal rows, and whether the applicant owes an answer."""
    for model, state in (
        (HandOver, State.HANDED_OVER),
        (Result, State.DECIDED),
        (Refusal, State.REFUSED),
        (Stop, State.STOPPED),
    ):
        if rows.get(model):
            return state
    answered = {row["answered_request_id"] for row in rows.get(Submission, ())}
    if any(row["id"] not in answered for row in rows.get(SupplementRequest, ())):
        return State.AWAITING_SUPPLEMENT
    return State.IN_PROCESS if rows.get(Receipt) else State.SUBMITTED


def work_item(
    step: Mapping[str, Any],
    dossier: Mapping[str, Any],
    *,
    asked_until: datetime | None,
    is_stopped: bool,
    calendar: WorkingCalendar,
) -> dict[str, Any]:
    """The worklist row of an open step, by column.

    `asked_until` is the time of its own that an opinion beside the workflow has; `is_stopped` whether the dossier's
    clock stands still. Work with a clock of its own is never paused.
    """
    due_at = asked_until or (None if step["act"] == HAND_OVER else dossier["due_at"])
    since = step["opened_at"] if asked_until else dossier["received_at"]
    return {
        "step_id": step["id"],
        "dossier_id": dossier["id"],
        "procedure_id": dossier["procedure_id"],
        "agency_id": step["agency_id"],
        "role": step["role"],
        "person_id": step["person_id"],
        "node": step["node"],
        "act": step["act"],
        "since": step["opened_at"],
        "due_at": due_at,
        "near_at": near(calendar, since, due_at) if due_at else None,
        "is_paused": is_stopped and asked_until is None,
    }
