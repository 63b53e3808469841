"""Moves of the workflow as rows: tokens, alarms, steps and the worklist follow one another here."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid5

from tinhso.calendars.clock import day_of, instant
from tinhso.calendars.deadlines import Term, Unit, due
from tinhso.dossiers.conditions import judge
from tinhso.dossiers.finding import found_under
from tinhso.dossiers.models import (
    WAIT,
    Alarm,
    Dossier,
    DossierKey,
    DossierSearch,
    Reopening,
    Step,
    Token,
    WorkItem,
)
from tinhso.dossiers.plans.service_acts import service_acts
from tinhso.dossiers.workflow import tokens
from tinhso.dossiers.workflow.graph import NodeKind

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from tinhso.calendars.working_time import WorkingCalendar
    from tinhso.dossiers.cases import Case
    from tinhso.dossiers.rows import Rows
    from tinhso.dossiers.workflow.durations import Duration
    from tinhso.dossiers.workflow.moves import Timer

HAND_OVER = "hand_over"
"""Waits for the applicant to come: the work is done, no appointed time runs."""
NEAR_SHARE = 0.8
"""Near due begins when four fifths of the working time have passed, or with the last working day."""
OPINION_NODE = "opinion"
"""Where an opinion lies that an officer asked for: beside the workflow."""
TRANSFER_NODE = "transfer"
"""Where the question lies whether another agency takes the dossier over: beside the workflow."""
COMPLAINT_NODE = "complaint"
"""Where a complaint of the applicant waits for its answer: beside the workflow, and also after its end."""
BESIDE = frozenset({OPINION_NODE, TRANSFER_NODE, COMPLAINT_NODE})


def near(calendar: WorkingCalendar, since: datetime, due_at: datetime) -> datetime:
    """When a dossier becomes near due (sắp đến hạn)."""
    minutes = calendar.working_minutes(since, due_at)
    share = calendar.add_working_minutes(since, int(minutes * NEAR_SHARE)) if minutes else due_at
    return min(share, instant(day_of(due_at), 0))


def counted_to(waits: Duration, at: datetime, calendar: WorkingCalendar) -> datetime:
    """The instant at which the whole wait has run since `at`, before it is rounded to the end of a day.

    Of days it is the last one at the hour of `at`; months roll on to a working day first, as terms do.
    """
    if waits.working and not waits.days:
        return calendar.add_working_minutes(at, waits.seconds // 60)
    if waits.working:
        return _at_its_hour(at, due(calendar, at, Term(waits.days, Unit.WORKING_DAYS)).at)
    months = due(calendar, at, Term(waits.months, Unit.MONTHS)).at if waits.months else at
    last = months if waits.seconds else _at_its_hour(at, months)
    return last + timedelta(days=waits.days, seconds=waits.seconds)


def _at_its_hour(at: datetime, last: datetime) -> datetime:
    """The hour of `at` on the official day of `last`."""
    return at + (day_of(last) - day_of(at))


def fires_at(waits: Duration, counted: datetime) -> datetime:
    """When an alarm goes off whose wait has run at `counted`: of days at the end of that day, of hours then.

    A term of days ends at the end of its last day (Điều 148 Bộ luật Dân sự 2015): an answer that comes on that day
    comes before the silence, however late the job runs that lets alarms go off.
    """
    return counted if waits.seconds else end_of(counted)


def end_of(at: datetime) -> datetime:
    """The end of the official day of an instant; an instant at which a day ended stays."""
    before = at - timedelta(microseconds=1)
    return instant(day_of(before), 24 * 60)


def is_beside(step: Mapping[str, Any]) -> bool:
    """Whether the step stands beside the workflow (lấy ý kiến, đề nghị chuyển) with a clock of its own.

    What stops or moves the dossier's clock neither stops nor moves this one.
    """
    return step["token"] is None and step["node"] in BESIDE


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
    own_due_at: datetime | None = None,
) -> UUID:
    """Open a piece of work and put it on the worklist, due with the dossier unless it has a time of its own."""
    ordinal = len(case.rows(Step)) + len(rows.inserted(Step)) + 1
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
    lies = {"agency_id": agency, "role": role, "node": node, "act": act, "since": at}
    _list(case, rows, key, own_due_at=own_due_at, **lies)
    return key


def _list(
    case: Case, rows: Rows, key: UUID, *, own_due_at: datetime | None = None, **lies: Any
) -> None:
    """Put an entry on the worklist, due with the dossier unless it has a time of its own."""
    is_over = lies["act"] == HAND_OVER or next_value(case, rows, "finished_at") is not None
    due_at = own_due_at or (None if is_over else next_value(case, rows, "due_at"))
    since = lies["since"] if own_due_at else _counted_since(case, rows) or lies["since"]
    rows.insert(
        WorkItem,
        step_id=key,
        dossier_id=case.dossier["id"],
        procedure_id=case.dossier["procedure_id"],
        due_at=due_at,
        near_at=near(case.working, since, due_at) if due_at else None,
        words=_found_under(case, rows),
        channel=case.dossier["channel"],
        submitted_at=case.dossier["submitted_at"],
        **lies,
    )


def _found_under(case: Case, rows: Rows) -> list[str]:
    """By what its open work is found, with what this very act adds."""
    search = [*case.rows(DossierSearch).values(), *rows.inserted(DossierSearch)]
    keys = [*case.rows(DossierKey).values(), *rows.inserted(DossierKey)]
    return found_under(search[0]["words"] if search else "", [row["value"] for row in keys])


def _counted_since(case: Case, rows: Rows) -> datetime | None:
    """From when its time is counted after these rows: receipt, or the last reopening."""
    received_at: datetime | None = next_value(case, rows, "received_at")
    reopened = [row["at"] for row in rows.inserted(Reopening)]
    return reopened[-1] if reopened else case.reopened_at or received_at


def next_value(case: Case, rows: Rows, column: str) -> Any:
    """A column of the dossier as it will be after these rows."""
    for change in rows.changes:
        if change.model is Dossier and column in change.values:
            return change.values[column]
    return case.dossier[column]


def close_step(
    rows: Rows, key: UUID, *, actor: str, outcome: str, at: datetime, note: str = ""
) -> None:
    """A piece of work is done: the step keeps who and how, the worklist forgets it."""
    said = {"note": note} if note else {}
    rows.change(Step, key, closed_at=at, closed_by=actor, outcome=outcome, **said)
    rows.remove(WorkItem, key)


def end_work(case: Case, rows: Rows, *, outcome: str, actor: str, at: datetime) -> None:
    """Every open step closes but the answer to a complaint, every token and alarm goes."""
    for step in case.open_steps():
        if step["node"] != COMPLAINT_NODE:
            close_step(rows, step["id"], actor=actor, outcome=outcome, at=at)
    forget_tokens(case, rows)


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
    for scope in moves.ended:
        _forget_alarms(case, rows, scope)
    for token in moves.created:
        rows.insert(
            Token,
            id=token.id,
            dossier_id=case.dossier["id"],
            node=token.node,
            branch=token.branch,
            via=token.via,
            since=at,
        )
    _open_items(case, rows, moves, at=at)
    for closed in moves.closed:
        for step in _waiting_with(case, rows, closed.token):
            close_step(rows, step, actor=actor, outcome=closed.because.value, at=at)
    for timer in moves.timers:
        _set_timer(case, rows, timer, at=at)


def _set_timer(case: Case, rows: Rows, timer: Timer, *, at: datetime) -> None:
    """Set the alarm; one on the way stands on the worklist, too: nobody works there, and somebody answers for it."""
    counted = counted_to(timer.waits, at, case.working)
    rings = fires_at(timer.waits, counted)
    rows.insert(
        Alarm,
        id=uuid5(timer.token, timer.timer),
        dossier_id=case.dossier["id"],
        token=timer.token,
        timer=timer.timer,
        counted_to=counted,
        fires_at=rings,
    )
    if case.definition.workflow.nodes[timer.timer].kind is NodeKind.CATCH:
        person = _last_officer(case)
        lies: dict[str, Any] = {"node": timer.timer, "person_id": person}
        rows.change(Token, timer.token, person_id=person)
        lies |= {"agency_id": case.places["competent"], "waits_until": rings}
        _list(case, rows, timer.token, act=WAIT, role="", since=at, **lies)


def _last_officer(case: Case) -> int | None:
    """Who held the last step at the competent agency; None where nobody had taken it."""
    here = case.places["competent"]
    steps = [row for row in case.rows(Step).values() if row["agency_id"] == here]
    last = max(steps, key=lambda row: int(row["ordinal"]), default=None)
    person: int | None = last["person_id"] if last else None
    return person


def _open_items(case: Case, rows: Rows, moves: tokens.Moves, *, at: datetime) -> None:
    branches = {token.id: token.branch for token in moves.created}
    for item in moves.opened:
        node = case.definition.workflow.nodes[item.node]
        lane = case.definition.lanes[item.role]
        open_step(
            case,
            rows,
            node=node.id,
            name=node.written,
            act=item.act,
            role=lane.role,
            agency=case.places[lane.place],
            at=at,
            token=item.token,
            branch=branches[item.token],
        )


def _waiting_with(case: Case, rows: Rows, token: UUID) -> list[UUID]:
    """Steps that wait with a token: also one that this very act has opened, and none that it has closed."""
    closed = {old.key for old in rows.changes if old.model is Step and "closed_at" in old.values}
    return [
        step["id"]
        for step in (*case.open_steps(), *rows.inserted(Step))
        if step["token"] == token and step["closed_at"] is None and step["id"] not in closed
    ]


def _forget_token(case: Case, rows: Rows, key: UUID) -> None:
    rows.remove(Token, key)
    for item in (*case.rows(WorkItem).values(), *rows.inserted(WorkItem)):
        if item["step_id"] == key:
            rows.remove(WorkItem, key)
    _forget_alarms(case, rows, key)


def _forget_alarms(case: Case, rows: Rows, key: UUID) -> None:
    """The alarms of a token, or of a run of a sub-process, go with it."""
    for alarm in (*case.rows(Alarm).values(), *rows.inserted(Alarm)):
        if alarm["token"] == key:
            rows.remove(Alarm, alarm["id"])


def forget_tokens(case: Case, rows: Rows) -> None:
    """The workflow ends here: every token goes, with its alarms."""
    for token in list(case.rows(Token)):
        _forget_token(case, rows, token)
    for alarm in list(case.rows(Alarm)):
        rows.remove(Alarm, alarm)


def repace(case: Case, rows: Rows, *, due_at: datetime | None, is_paused: bool) -> None:
    """The appointed time or the pause changed: every open piece of work with the dossier's clock shows it."""
    since = _counted_since(case, rows)
    near_at = near(case.working, since, due_at) if due_at and since else None
    running = [step["id"] for step in case.open_steps() if not is_beside(step)]
    for key in (*running, *case.waits()):
        rows.change(WorkItem, key, due_at=due_at, near_at=near_at, is_paused=is_paused)


def after_pause(
    waits: Duration, counted: datetime, pause: tuple[datetime, datetime], calendar: WorkingCalendar
) -> datetime:
    """Where a wait ends, unrounded, after the clock stood still: in working time later by the working time of it."""
    stopped_at, at = pause
    if waits.working:
        return calendar.add_working_minutes(counted, calendar.working_minutes(stopped_at, at))
    return counted + (at - stopped_at)


def shift_alarms(case: Case, rows: Rows, stopped_at: datetime, at: datetime) -> None:
    """Alarms wait for as long as the clock stood still.

    The pause is added to the instant at which the wait would have run, and only then rounded: however often the
    clock stood still, an alarm waits for the sum of it.
    """
    for alarm in case.rows(Alarm).values():
        waits = case.definition.workflow.nodes[alarm["timer"]].waits
        if waits is None:
            raise LookupError("only what waits has an alarm")
        counted = after_pause(waits, _counted(alarm, waits), (stopped_at, at), case.working)
        rings = fires_at(waits, counted)
        rows.change(Alarm, alarm["id"], counted_to=counted, fires_at=rings)
        if alarm["token"] in case.waits():
            rows.change(WorkItem, alarm["token"], waits_until=rings)


def _counted(alarm: Mapping[str, Any], waits: Duration) -> datetime:
    """Where the wait of an alarm ends unrounded.

    An alarm that was set or moved before that was kept tells only its rounded end, which then stands for it.
    """
    counted: datetime | None = alarm["counted_to"]
    end: datetime = alarm["fires_at"]
    return counted if counted and fires_at(waits, counted) == end else end
