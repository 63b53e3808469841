"""Extend, suspend, resume, withdraw, cancel a receipt, reopen: what the law lets happen beside the workflow.

What each does to tokens, steps, alarms and clock is the table of ADR 22.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid5

from tinhso.calendars.deadlines import resume
from tinhso.dossiers import events
from tinhso.dossiers.conditions import judge
from tinhso.dossiers.models import (
    Dossier,
    Extension,
    ReceiptCancellation,
    Reopening,
    Resumption,
    State,
    Suspension,
    Token,
    Transfer,
    Withdrawal,
)
from tinhso.dossiers.plans.moving import (
    end_work,
    follow,
    repace,
    shift_alarms,
)
from tinhso.dossiers.rows import Rows, moment
from tinhso.dossiers.workflow import tokens

if TYPE_CHECKING:
    from datetime import date, datetime

    from tinhso.calendars.deadlines import Due
    from tinhso.dossiers.cases import Case
    from tinhso.events.kinds import EventKind

STOPPED, PAYMENT = "stopped", "payment"
"""Kinds of suspension beside that of a supplement."""


def _begin(case: Case, event: EventKind, /, **columns: Any) -> Rows:
    """The rows of an act that changes these columns of the dossier."""
    rows = Rows(event)
    rows.change(Dossier, case.dossier["id"], version=case.dossier["version"] + 1, **columns)
    return rows


def _legal(case: Case, actor: str, at: datetime) -> dict[str, Any]:
    return {"dossier_id": case.dossier["id"], "actor": actor, "at": at}


def plan_extend(case: Case, *, due: Due, reason: str, actor: str, at: datetime) -> Rows:
    """The appointed time is extended, with the apology (gia hạn giải quyết, mẫu 04); work and alarms go on."""
    rows = _begin(case, events.EXTENDED, due_at=due.at)
    rows.payload["due_before"] = moment(case.due_at or due.at)
    rows.payload["due_at"] = moment(due.at)
    rows.insert(
        Extension,
        id=case.key_for(Extension, case.round),
        **_legal(case, actor, at),
        reason=reason,
        due_before=case.due_at,
        due_after=due.at,
        explanation=[str(line) for line in due.lines],
    )
    repace(case, rows, due_at=due.at, is_paused=case.is_stopped)
    return rows


def plan_suspend(case: Case, *, reason: str, actor: str, at: datetime) -> Rows:
    """The work is suspended (tạm dừng giải quyết, mẫu 05): the clock stands still until it is resumed."""
    rows = _begin(case, events.SUSPENDED, state=State.SUSPENDED.value)
    _stop_clock(case, rows, kind=STOPPED, reason=reason, amount=None, actor=actor, at=at)
    return rows


def plan_require_payment(case: Case, *, amount: int, reason: str, actor: str, at: datetime) -> Rows:
    """The applicant owes a financial duty first (nghĩa vụ tài chính), `amount` in đồng: the clock stands still."""
    rows = _begin(case, events.PAYMENT_REQUIRED, state=State.AWAITING_PAYMENT.value)
    rows.payload["amount"] = amount
    _stop_clock(case, rows, kind=PAYMENT, reason=reason, amount=amount, actor=actor, at=at)
    return rows


def _stop_clock(
    case: Case,
    rows: Rows,
    *,
    kind: str,
    reason: str,
    amount: int | None,
    actor: str,
    at: datetime,
) -> None:
    rows.insert(
        Suspension,
        id=case.key_for(Suspension),
        **_legal(case, actor, at),
        kind=kind,
        reason=reason,
        amount=amount,
    )
    repace(case, rows, due_at=case.due_at, is_paused=True)


def plan_resume(case: Case, *, note: str, actor: str, at: datetime) -> Rows:
    """The suspended work goes on (tiếp tục giải quyết): the appointed time moves by the working time it stood still."""
    return _go_on(case, events.RESUMED, note=note, actor=actor, at=at)


def plan_confirm_payment(case: Case, *, voucher: str, actor: str, at: datetime) -> Rows:
    """The financial duty is done (đã nộp), by that voucher: the clock goes on as after a suspension."""
    return _go_on(case, events.PAYMENT_CONFIRMED, note=voucher, actor=actor, at=at)


def _go_on(case: Case, event: EventKind, *, note: str, actor: str, at: datetime) -> Rows:
    suspension = case.open_suspension()
    if suspension is None or case.due_at is None:
        raise LookupError("the service has refused before: nothing stands still")
    new = resume(case.working, case.due_at, suspension["at"], at)
    rows = _begin(case, event, state=State.IN_PROCESS.value, due_at=new.at)
    rows.payload["due_at"] = moment(new.at)
    rows.insert(
        Resumption,
        id=case.key_for(Resumption),
        **_legal(case, actor, at),
        suspension_id=suspension["id"],
        due_before=case.due_at,
        due_after=new.at,
        explanation=[str(line) for line in new.lines],
        note=note,
    )
    shift_alarms(case, rows, suspension["at"], at)
    repace(case, rows, due_at=new.at, is_paused=False)
    return rows


def plan_withdraw(case: Case, *, reason: str, by: str, actor: str, at: datetime) -> Rows:
    """The applicant takes the dossier back (rút hồ sơ); all work on it ends. `by` is `applicant` or `desk`."""
    rows = _begin(case, events.WITHDRAWN, state=State.WITHDRAWN.value, finished_at=at)
    rows.payload["by"] = by
    rows.insert(
        Withdrawal, id=case.key_for(Withdrawal, 1), **_legal(case, actor, at), reason=reason
    )
    end_work(case, rows, outcome="withdrawn", actor=actor, at=at)
    return rows


def plan_cancel_receipt(case: Case, *, reason: str, actor: str, at: datetime) -> Rows:
    """A receipt by mistake is cancelled (hủy tiếp nhận nhầm): the dossier keeps its number, marked, and ends."""
    rows = _begin(case, events.RECEIPT_CANCELLED, state=State.CANCELLED.value, finished_at=at)
    rows.payload["number"] = case.dossier["number"]
    rows.insert(
        ReceiptCancellation,
        id=case.key_for(ReceiptCancellation, 1),
        **_legal(case, actor, at),
        reason=reason,
    )
    end_work(case, rows, outcome="cancelled", actor=actor, at=at)
    return rows


def plan_reopen(
    case: Case,
    *,
    agency: int,
    decision_number: str,
    decided_on: date,
    reason: str,
    due: Due,
    actor: str,
    at: datetime,
) -> Rows:
    """A concluded dossier is taken up again by decision (mở lại hồ sơ): the workflow begins anew, with a new time.

    At `agency`, which follows the one that had it where that was abolished meanwhile: every place of it moves.
    """
    moved = _follow_agency(case, agency)
    rows = _begin(
        case,
        events.REOPENED,
        state=State.IN_PROCESS.value,
        due_at=due.at,
        finished_at=None,
        **moved,
    )
    if moved:
        rows.insert(
            Transfer,
            id=case.key_for(Transfer, case.dossier["version"]),
            **_legal(case, actor, at),
            from_agency_id=case.dossier["competent_agency_id"],
            to_agency_id=agency,
            reason="Mở lại sau sắp xếp cơ quan",
        )
    rows.payload["due_at"] = moment(due.at)
    key = case.key_for(Reopening, case.dossier["version"])
    rows.insert(
        Reopening,
        id=key,
        **_legal(case, actor, at),
        decision_number=decision_number,
        decided_on=decided_on,
        reason=reason,
        due_before=case.due_at,
        due_after=due.at,
        explanation=[str(line) for line in due.lines],
    )
    moves = tokens.start(
        case.definition.workflow,
        case.facts(),
        seed=uuid5(key, Token.__name__),
        at=at,
        judge=judge,
    )
    follow(case, rows, moves, actor=actor, at=at)
    return rows


def _follow_agency(case: Case, agency: int) -> dict[str, int]:
    """The columns of the dossier that name its old agency, with the new one."""
    old = case.dossier["competent_agency_id"]
    if agency == old:
        return {}
    names = ("competent_agency_id", "receiving_agency_id", "returning_agency_id")
    return {name: agency for name in names if case.dossier[name] == old}
