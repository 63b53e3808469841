"""Moves of the workflow as rows: tokens, alarms, steps and the worklist follow one another here."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid5

from tinhso.calendars.clock import day_of, instant
from tinhso.calendars.deadlines import Term, Unit, due
from tinhso.dossiers.conditions import judge
from tinhso.dossiers.models import Alarm, Dossier, State, Step, Token, WorkItem
from tinhso.dossiers.plans.service_acts import service_acts
from tinhso.dossiers.workflow import tokens

if TYPE_CHECKING:
    from datetime import datetime

    from tinhso.calendars.working_time import WorkingCalendar
    from tinhso.dossiers.cases import Case
    from tinhso.dossiers.rows import Rows
    from tinhso.dossiers.workflow.durations import Duration

NEAR_SHARE = 0.8
"""Near due begins when four fifths of the working time have passed, or with the last working day."""


def near(calendar: WorkingCalendar, since: datetime, due_at: datetime) -> datetime:
    """When a dossier becomes near due (sắp đến hạn)."""
    minutes = calendar.working_minutes(since, due_at)
    share = calendar.add_working_minutes(since, int(minutes * NEAR_SHARE)) if minutes else due_at
    return min(share, instant(day_of(due_at), 0))


def fires_at(waits: Duration, at: datetime, calendar: WorkingCalendar) -> datetime:
    """When an alarm that is set now goes off: by the calendar of days, or in working time."""
    if not waits.working:
        months = due(calendar, at, Term(waits.months, Unit.MONTHS)).at if waits.months else at
        return months + timedelta(days=waits.days, seconds=waits.seconds)
    if waits.days:
        return due(calendar, at, Term(waits.days, Unit.WORKING_DAYS)).at
    return calendar.add_working_minutes(at, waits.seconds // 60)


def step_values(case: Case, key: UUID) -> dict[str, Any]:
    """The columns of a step."""
    return case.rows(Step)[key]


def open_step(
    case: Case,
    rows: Rows,
    *,
    node: str,
    name: str,
    act: str,
    role: str,
    agency: int,
    at: datetime,
    token: UUID | None = None,
    branch: str = "",
) -> UUID:
    """Open a piece of work and put it on the worklist."""
    opened = sum(1 for insert in rows.inserts if insert.model is Step)
    ordinal = len(case.rows(Step)) + opened + 1
    key = case.key_for(Step, ordinal)
    dossier = case.dossier["id"]
    rows.insert(
        Step,
        id=key,
        dossier_id=dossier,
        ordinal=ordinal,
        token=token,
        node=node,
        branch=branch,
        name=name,
        act=act,
        role=role,
        agency_id=agency,
        opened_at=at,
    )
    due_at = next_value(case, rows, "due_at")
    received_at = next_value(case, rows, "received_at") or at
    rows.insert(
        WorkItem,
        step_id=key,
        dossier_id=dossier,
        procedure_id=case.dossier["procedure_id"],
        agency_id=agency,
        role=role,
        node=node,
        act=act,
        since=at,
        due_at=due_at,
        near_at=near(case.working, received_at, due_at) if due_at else None,
        is_paused=next_value(case, rows, "state") == State.AWAITING_SUPPLEMENT,
    )
    return key


def next_value(case: Case, rows: Rows, column: str) -> Any:
    """A column of the dossier as it will be after these rows."""
    for change in rows.changes:
        if change.model is Dossier and column in change.values:
            return change.values[column]
    return case.dossier[column]


def close_step(
    case: Case, rows: Rows, key: UUID, *, actor: str, outcome: str, at: datetime, note: str = ""
) -> None:
    """A piece of work is done: the step keeps who and how, the worklist forgets it."""
    step = step_values(case, key)
    rows.change(
        Step, key, closed_at=at, closed_by=actor, outcome=outcome, note=note or step["note"]
    )
    rows.remove(WorkItem, key)


def follow(case: Case, rows: Rows, moves: tokens.Moves, *, actor: str, at: datetime) -> bool:
    """Turn moves into rows, run service acts until every token rests; True when the workflow has finished."""
    state = case.tokens()
    while True:
        _write_moves(case, rows, moves, actor=actor, at=at)
        state = list(tokens.apply(state, moves))
        if not moves.service_acts:
            return not state
        service = moves.service_acts[0]
        outcome = service_acts[service.act](case, at)
        moves = tokens.complete(
            case.definition.workflow,
            state,
            service.token,
            outcome,
            case.facts(),
            at=at,
            judge=judge,
        )


def _write_moves(case: Case, rows: Rows, moves: tokens.Moves, *, actor: str, at: datetime) -> None:
    for gone in moves.consumed:
        _forget_token(case, rows, gone.id)
    dossier = case.dossier["id"]
    for token in moves.created:
        rows.insert(
            Token,
            id=token.id,
            dossier_id=dossier,
            node=token.node,
            branch=token.branch,
            via=token.via,
            since=at,
        )
    branches = {token.id: token.branch for token in moves.created}
    for item in moves.opened:
        node = case.definition.workflow.nodes[item.node]
        lane = case.definition.lanes[item.role]
        open_step(
            case,
            rows,
            node=node.id,
            name=node.label,
            act=item.act,
            role=lane.role,
            agency=case.places[lane.place],
            at=at,
            token=item.token,
            branch=branches[item.token],
        )
    for closed in moves.closed:
        for step in case.open_steps():
            if step["token"] == closed.token and not _closes(rows, step["id"]):
                close_step(case, rows, step["id"], actor=actor, outcome=closed.because.value, at=at)
    for timer in moves.timers:
        rows.insert(
            Alarm,
            id=uuid5(timer.token, timer.timer),
            dossier_id=dossier,
            token=timer.token,
            timer=timer.timer,
            fires_at=fires_at(timer.waits, at, case.working),
        )


def _closes(rows: Rows, step: UUID) -> bool:
    return any(removal.model is WorkItem and removal.key == step for removal in rows.removals)


def _forget_token(case: Case, rows: Rows, key: UUID) -> None:
    known = len(rows.inserts)
    rows.inserts = [
        row for row in rows.inserts if not (row.model is Token and row.values["id"] == key)
    ]
    if len(rows.inserts) == known:
        rows.remove(Token, key)
    for alarm in case.rows(Alarm).values():
        if alarm["token"] == key:
            rows.remove(Alarm, alarm["id"])


def repace(case: Case, rows: Rows, *, due_at: datetime | None, is_paused: bool) -> None:
    """The appointed time or the pause changed: every open piece of work shows it."""
    received_at = next_value(case, rows, "received_at")
    near_at = near(case.working, received_at, due_at) if due_at and received_at else None
    for step in case.open_steps():
        rows.change(WorkItem, step["id"], due_at=due_at, near_at=near_at, is_paused=is_paused)


def shift_alarms(case: Case, rows: Rows, stopped: timedelta) -> None:
    """Alarms wait for as long as the clock stood still."""
    for alarm in case.rows(Alarm).values():
        rows.change(Alarm, alarm["id"], fires_at=alarm["fires_at"] + stopped)
