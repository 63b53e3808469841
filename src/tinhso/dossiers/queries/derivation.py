"""What the caches must say: the worklist from steps, a dossier's standing from its legal rows. Pure: no database.

The acts write the caches as they go. The tests hold both ways equal after any sequence of acts, and
`./tinhso worklist check` holds the tables to it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Model

from tinhso.dossiers.models import (
    Extension,
    HandOver,
    Receipt,
    ReceiptCancellation,
    Refusal,
    Reopening,
    Result,
    Resumption,
    State,
    Stop,
    Submission,
    SupplementRequest,
    Suspension,
    Withdrawal,
)
from tinhso.dossiers.plans.interrupting import PAYMENT
from tinhso.dossiers.plans.moving import HAND_OVER, near

if TYPE_CHECKING:
    from datetime import datetime

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
    Suspension,
    Extension,
    Withdrawal,
    ReceiptCancellation,
    Reopening,
)
"""The legal rows on which a dossier's standing rests."""


@dataclass(frozen=True)
class Standing:
    """Where a dossier stands in law: its state, when it was received, is due, and was finished."""

    state: State
    received_at: datetime | None
    due_at: datetime | None
    finished_at: datetime | None


Row = Mapping[str, Any]
Rows = Mapping[type[Model], Sequence[Row]]
ENDS: tuple[type[Model], ...] = (Refusal, Stop, Withdrawal, ReceiptCancellation)
"""Rows with which a dossier ends without a result."""
MOVES_DUE: tuple[type[Model], ...] = (Resumption, Extension, Reopening)
"""Rows that give the dossier another appointed time."""


def standing(rows: Rows) -> Standing:
    """The standing that follows from the legal rows (`LEGAL`) of a dossier of ours; at least one submission."""
    received = rows.get(Receipt, ())
    reopened = rows.get(Reopening, ())
    current = _since(rows, max((row["at"] for row in reopened), default=None))
    ended = [row["at"] for model in ENDS for row in current.get(model, ())]
    settled = [row["at"] for row in current.get(Result, ())] or [
        row["at"] for row in current.get(HandOver, ())
    ]
    moved = sorted(
        (row for model in MOVES_DUE for row in rows.get(model, ())), key=lambda row: row["at"]
    )
    due = [row["due_at"] for row in received] + [row["due_after"] for row in moved]
    finished = ended or settled
    return Standing(
        state=_state(current, is_received=bool(received)),
        received_at=received[0]["at"] if received else None,
        due_at=due[-1] if due else None,
        finished_at=max(finished) if finished else None,
    )


def _since(rows: Rows, reopened_at: datetime | None) -> Rows:
    """What counts for where it stands now: everything, or what came after the dossier was reopened."""
    if reopened_at is None:
        return rows
    return {model: [row for row in rows[model] if row["at"] > reopened_at] for model in rows}


def _state(rows: Rows, *, is_received: bool) -> State:
    """The furthest of its legal rows, then whether the applicant owes an answer, or the clock stands still."""
    for model, state in (
        (HandOver, State.HANDED_OVER),
        (Withdrawal, State.WITHDRAWN),
        (ReceiptCancellation, State.CANCELLED),
        (Result, State.DECIDED),
        (Refusal, State.REFUSED),
        (Stop, State.STOPPED),
    ):
        if rows.get(model):
            return state
    answered = {row["answered_request_id"] for row in rows.get(Submission, ())}
    if any(row["id"] not in answered for row in rows.get(SupplementRequest, ())):
        return State.AWAITING_SUPPLEMENT
    ended = {row["suspension_id"] for row in rows.get(Resumption, ())}
    standing_still = [row for row in rows.get(Suspension, ()) if row["id"] not in ended]
    if standing_still:
        is_payment = standing_still[0]["kind"] == PAYMENT
        return State.AWAITING_PAYMENT if is_payment else State.SUSPENDED
    return State.IN_PROCESS if is_received else State.SUBMITTED


def work_item(
    step: Mapping[str, Any],
    dossier: Mapping[str, Any],
    *,
    asked_until: datetime | None,
    reopened_at: datetime | None,
    is_stopped: bool,
    calendar: WorkingCalendar,
    words: Sequence[str] = (),
    waits_until: datetime | None = None,
) -> dict[str, Any]:
    """The worklist row of an open step, or of a wait, which ends at `waits_until`; by column.

    `asked_until` is the time of its own that work beside the workflow has (an opinion, a transfer);
    `reopened_at` when the dossier was last reopened;
    `is_stopped` whether the dossier's clock stands still; `words` are those of
    `finding.found_under`. Work with a clock of its own is never paused. Once the dossier is decided it was in time or
    late for good: what is left to do is not late any more.
    """
    is_over = step["act"] == HAND_OVER or dossier["finished_at"] is not None
    due_at = asked_until or (None if is_over else dossier["due_at"])
    since = step["opened_at"] if asked_until else reopened_at or dossier["received_at"]
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
        "words": list(words),
        "channel": dossier["channel"],
        "submitted_at": dossier["submitted_at"],
        "waits_until": waits_until,
    }
