"""What every act on a task does: the task as one may see it, locked; the row, the state, the event."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tinhso.agencies.queries import heir
from tinhso.calendars.clock import day_of
from tinhso.events.services import record
from tinhso.kernel.permissions import require
from tinhso.tasks.errors import NotAtLead, TaskState, WordsMissing
from tinhso.tasks.models import State, Task, TaskAct

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from typing import Any
    from uuid import UUID

    from tinhso.accounts.models import User
    from tinhso.events.kinds import EventKind
    from tinhso.kernel.actors import Actor
    from tinhso.kernel.permissions import Permission
    from tinhso.tasks.models import Act


def led(key: UUID, right: Permission, *states: State, actor: Actor, at: datetime) -> Task:
    """The task, locked, on which somebody of its lead agency acts in one of these states."""
    found = Task.objects.visible_to(actor, at=at).get_or_refuse(key)
    require(actor, right, agency=heir(found.lead_id, day_of(at)), at=at)
    if not is_at_lead(found, actor, at):
        raise NotAtLead
    return _locked(found, states)


def is_at_lead(task: Task, actor: Actor, at: datetime) -> bool:
    """Whether the actor works at the lead itself, or stands in for who does; who oversees it from above does not."""
    given = getattr(actor, "given", None)  # officers alone have places
    return given is None or heir(task.lead_id, day_of(at)) in given(at)


def given(key: UUID, right: Permission, *states: State, actor: Actor, at: datetime) -> Task:
    """The task, locked, on which somebody of the agency that gave it acts in one of these states."""
    found = Task.objects.visible_to(actor, at=at).get_or_refuse(key)
    require(actor, right, agency=heir(found.agency_id, day_of(at)), at=at)
    return _locked(found, states)


def _locked(found: Task, states: tuple[State, ...]) -> Task:
    task = Task.objects.select_for_update().get(pk=found.pk)
    if task.state not in states:
        raise TaskState(state=State(task.state).label)
    return task


def said(words: str) -> str:
    """What an act must say; refuses with `WordsMissing` when it says nothing."""
    if not words.strip():
        raise WordsMissing
    return words.strip()


def write(
    task: Task,
    act: Act,
    event: EventKind,
    *,
    state: State,
    words: str = "",
    percent: int | None = None,
    agency: int | None = None,
    person: User | None = None,
    actor: Actor,
    at: datetime,
    payload: Mapping[str, Any] | None = None,
) -> TaskAct:
    """Add the row of an act, move the state that follows from it, record."""
    made = TaskAct.objects.create(
        task=task,
        kind=act,
        words=words,
        percent=percent,
        agency_id=agency or task.lead_id,
        person=person,
        at=at,
        actor=actor.key,
    )
    task.state = state
    task.save(update_fields=["state", "lead", "deadline_on", "worker", "follower"])
    record(event, subject=task.uuid, actor=actor, at=at, agency=task.lead_id, payload=payload)
    return made
