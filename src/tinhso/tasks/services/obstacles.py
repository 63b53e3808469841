"""Obstacles (vướng mắc): raised by who is stuck, routed to who can solve it, answered, joined, taken to a ministry."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db import transaction

from tinhso.agencies.models import Agency, Level
from tinhso.agencies.queries import heir, holder
from tinhso.calendars.clock import day_of
from tinhso.calendars.queries import working_calendar
from tinhso.events.services import record
from tinhso.kernel.folding import tokens
from tinhso.kernel.permissions import require
from tinhso.tasks import errors, events, obstacle_kinds
from tinhso.tasks.matching import province_of
from tinhso.tasks.models import Obstacle, ObstacleAct, ObstacleActKind, ObstacleState, Solution
from tinhso.tasks.models.obstacles import UNSOLVED
from tinhso.tasks.permissions import TaskPermission
from tinhso.tasks.services.acting import said

if TYPE_CHECKING:
    from datetime import date, datetime
    from uuid import UUID

    from tinhso.events.kinds import EventKind
    from tinhso.kernel.actors import Actor
    from tinhso.kernel.permissions import Permission
    from tinhso.tasks.obstacle_kinds import ObstacleKind

LONGEST = 5000


@dataclass(frozen=True)
class Stuck:
    """What somebody is stuck on: the kind, their words, the screen they looked at and what it showed."""

    kind: str
    text: str
    page: str = ""
    subject: UUID | None = None


@dataclass(frozen=True)
class Deed:
    """An act as it is written: its kind, its event, the state that follows, and what was said."""

    kind: ObstacleActKind
    event: EventKind
    state: str
    payload: dict[str, Any] = field(default_factory=dict)
    words: str = ""
    body: str = ""
    document: str = ""
    solver: int | None = None


def folded(*texts: str) -> str:
    """The folded words of texts, each after a blank, so that the beginning of a word can be asked for."""
    return "".join(f" {token}" for token in tokens(" ".join(texts)))


def solver_of(kind: ObstacleKind, agency: int, on: date) -> int:
    """Who can solve it that day: the province's holder of the field, else the province; nobody solves their own."""
    province = province_of(agency, on)
    found = holder(kind.field, Level.PROVINCE, on, within=province) if kind.field else None
    return province if found is None or found.pk == agency else found.pk


@transaction.atomic
def raise_obstacle(stuck: Stuck, *, agency: int, actor: Actor, at: datetime) -> Obstacle:
    """Tell what the agency is stuck on (báo vướng mắc); it goes to who is competent, with a day to answer by."""
    require(actor, TaskPermission.RAISE_OBSTACLE, agency=agency, at=at)
    on = day_of(at)
    kind = next((each for each in obstacle_kinds.on(on) if each.code == stuck.kind), None)
    if kind is None:
        raise errors.ObstacleKindUnknown
    text = said(stuck.text)[:LONGEST]
    solver = solver_of(kind, agency, on)
    due_on = working_calendar().add_working_days(on, kind.working_days)
    made = Obstacle.objects.create(
        agency_id=agency,
        kind=kind.code,
        text=text,
        folded=folded(text),
        page=address(stuck.page),
        subject=stuck.subject,
        solver_id=solver,
        due_on=due_on,
        at=at,
        actor=actor.key,
    )
    record(
        events.OBSTACLE_RAISED,
        subject=made.uuid,
        actor=actor,
        at=at,
        agency=agency,
        payload={"kind": kind.code, "solver": solver, "due_on": due_on},
    )
    return made


def address(page: str) -> str:
    """The address of a page of this house, without its query, which may hold what somebody searched; else nothing."""
    path = page.partition("?")[0].partition("#")[0]
    is_ours = path.startswith("/") and not path.startswith(("//", "/\\"))
    return path[:300] if is_ours else ""


@transaction.atomic
def route(key: UUID, *, solver: int, words: str, actor: Actor, at: datetime) -> ObstacleAct:
    """Pass it to an agency that can solve it (chuyển nơi giải quyết); the day to answer by stays."""
    obstacle = _to_solve(key, TaskPermission.ANSWER_OBSTACLE, actor=actor, at=at)
    why = said(words)
    alive = Agency.objects.alive(day_of(at)).filter(pk=solver).exists()
    if not alive or solver == obstacle.solver_id:
        raise errors.SolverUnfit
    before = obstacle.solver_id
    payload = {"from": before, "to": solver}
    deed = Deed(
        ObstacleActKind.ROUTED,
        events.OBSTACLE_ROUTED,
        obstacle.state,
        payload=payload,
        words=why,
        solver=solver,
    )
    return _together(obstacle, deed, actor=actor, at=at)


@transaction.atomic
def answer(key: UUID, *, words: str, question: str = "", actor: Actor, at: datetime) -> ObstacleAct:
    """Say how it is solved (trả lời), to every unit that was joined to it.

    With a `question`, in words that name nobody, the answer goes into the library of solutions too.
    """
    obstacle = _to_solve(key, TaskPermission.ANSWER_OBSTACLE, actor=actor, at=at)
    how, asked = said(words), question.strip()
    if asked:
        Solution.objects.create(
            obstacle=obstacle,
            kind=obstacle.kind,
            question=asked[:500],
            answer=how,
            folded=folded(asked, how),
            agency_id=obstacle.solver_id,
            at=at,
            actor=actor.key,
        )
    deed = Deed(
        ObstacleActKind.ANSWERED,
        events.OBSTACLE_ANSWERED,
        ObstacleState.ANSWERED,
        payload={"is_shared": bool(asked)},
        words=how,
    )
    return _together(obstacle, deed, actor=actor, at=at)


@transaction.atomic
def propose_upward(
    key: UUID, *, body: str, document: str, words: str, actor: Actor, at: datetime
) -> ObstacleAct:
    """Take it to a ministry (kiến nghị cấp trên), by a paper of that number: the province cannot solve it alone."""
    obstacle = _to_solve(key, TaskPermission.PROPOSE_OBSTACLE, actor=actor, at=at)
    deed = Deed(
        ObstacleActKind.PROPOSED,
        events.OBSTACLE_PROPOSED,
        ObstacleState.PROPOSED,
        words=words.strip(),
        body=said(body)[:300],
        document=document.strip()[:100],
    )
    return _together(obstacle, deed, actor=actor, at=at)


@transaction.atomic
def join(key: UUID, *, main: UUID, actor: Actor, at: datetime) -> ObstacleAct:
    """See it as the same obstacle as another unit's (gộp): one answer is given to all."""
    seen = Obstacle.objects.visible_to(actor, at=at)
    pair = {seen.get_or_refuse(one).pk for one in (key, main)}
    list(Obstacle.objects.select_for_update(of=("self",)).filter(pk__in=pair).order_by("pk"))
    obstacle = _to_solve(key, TaskPermission.ANSWER_OBSTACLE, actor=actor, at=at)
    into = Obstacle.objects.get(uuid=main)
    fits = (
        into.pk != obstacle.pk
        and into.main_id is None
        and into.solver_id == obstacle.solver_id
        and into.state in UNSOLVED
        and not obstacle.joined.exists()
    )
    if not fits:
        raise errors.ObstacleJoinUnfit
    obstacle.main = into
    payload = {"main": into.uuid}
    deed = Deed(ObstacleActKind.JOINED, events.OBSTACLE_JOINED, into.state, payload=payload)
    return write_deed(obstacle, deed, actor=actor, at=at)


@transaction.atomic
def close(key: UUID, *, words: str = "", actor: Actor, at: datetime) -> ObstacleAct:
    """Who raised it is no longer stuck (xác nhận đã gỡ xong)."""
    obstacle = _raised(key, ObstacleState.ANSWERED, actor=actor, at=at)
    told = words.strip()
    closed = ObstacleState.CLOSED
    deed = Deed(ObstacleActKind.CLOSED, events.OBSTACLE_CLOSED, closed, words=told)
    return write_deed(obstacle, deed, actor=actor, at=at)


@transaction.atomic
def reopen(key: UUID, *, words: str, actor: Actor, at: datetime) -> ObstacleAct:
    """The answer did not help (báo chưa gỡ được): it goes back to its solver, apart from those it was joined to."""
    states = (ObstacleState.ANSWERED, ObstacleState.CLOSED)
    obstacle = _raised(key, *states, actor=actor, at=at)
    why = said(words)
    obstacle.main = None
    deed = Deed(ObstacleActKind.REOPENED, events.OBSTACLE_REOPENED, ObstacleState.OPEN, words=why)
    return write_deed(obstacle, deed, actor=actor, at=at)


def _to_solve(key: UUID, right: Permission, *, actor: Actor, at: datetime) -> Obstacle:
    """The obstacle, locked, that somebody of its solver may act on."""
    found = Obstacle.objects.visible_to(actor, at=at).get_or_refuse(key)
    require(actor, right, agency=heir(found.solver_id, day_of(at)), at=at)
    obstacle = Obstacle.objects.select_for_update(of=("self",)).get(pk=found.pk)
    if obstacle.main_id is not None:
        raise errors.ObstacleJoined
    _refuse_unless(obstacle, UNSOLVED)
    return obstacle


def _raised(key: UUID, *states: ObstacleState, actor: Actor, at: datetime) -> Obstacle:
    """The obstacle, locked, that somebody of the agency which raised it acts on."""
    found = Obstacle.objects.visible_to(actor, at=at).get_or_refuse(key)
    agency = heir(found.agency_id, day_of(at))
    require(actor, TaskPermission.RAISE_OBSTACLE, agency=agency, at=at)
    obstacle = Obstacle.objects.select_for_update(of=("self",)).get(pk=found.pk)
    _refuse_unless(obstacle, states)
    return obstacle


def _refuse_unless(obstacle: Obstacle, states: tuple[ObstacleState, ...]) -> None:
    if obstacle.state not in states:
        raise errors.ObstacleState(state=ObstacleState(obstacle.state).label)


def _together(obstacle: Obstacle, deed: Deed, *, actor: Actor, at: datetime) -> ObstacleAct:
    """Write the act on an obstacle and on all that were joined to it and still wait."""
    made = write_deed(obstacle, deed, actor=actor, at=at)
    waiting = obstacle.joined.select_for_update(of=("self",)).filter(state__in=UNSOLVED)
    for each in waiting.order_by("pk"):
        write_deed(each, deed, actor=actor, at=at)
    return made


def write_deed(obstacle: Obstacle, deed: Deed, *, actor: Actor, at: datetime) -> ObstacleAct:
    """Add the row of an act, move the state that follows from it, record."""
    obstacle.state = deed.state
    obstacle.solver_id = deed.solver or obstacle.solver_id
    obstacle.save(update_fields=["state", "solver", "main"])
    made = ObstacleAct.objects.create(
        obstacle=obstacle,
        kind=deed.kind,
        words=deed.words,
        body=deed.body,
        document=deed.document,
        agency_id=obstacle.solver_id,
        at=at,
        actor=actor.key,
    )
    record(
        deed.event,
        subject=obstacle.uuid,
        actor=actor,
        at=at,
        agency=obstacle.agency_id,
        payload=deed.payload,
    )
    return made
