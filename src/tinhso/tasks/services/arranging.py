"""How a task is arranged: who does it, who follows it, the day of a part, what it waits for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from tinhso.tasks import events
from tinhso.tasks.errors import BlockerUnfit, PartUnknown, PersonUnfit
from tinhso.tasks.models import Act, Dependency, Part, State, Task, TaskAct
from tinhso.tasks.models.tasks import OPEN, UNFINISHED
from tinhso.tasks.permissions import TaskPermission
from tinhso.tasks.queries.sharing import followers_at, workers_at
from tinhso.tasks.services.acting import given, led, said, write
from tinhso.tasks.services.sharing import refuse_later

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime
    from uuid import UUID

    from tinhso.accounts.models import User
    from tinhso.kernel.actors import Actor


@transaction.atomic
def assign(key: UUID, *, person: int, words: str, actor: Actor, at: datetime) -> TaskAct:
    """Name who carries the task out at its lead (phân công người thực hiện), the first time or in another's place."""
    task = led(key, TaskPermission.ACCEPT, *UNFINISHED, actor=actor, at=at)
    task.worker = chosen(person, workers_at(task, at))
    return write(
        task,
        Act.ASSIGNED,
        events.ASSIGNED,
        state=State(task.state),
        words=words.strip(),
        person=task.worker,
        actor=actor,
        at=at,
        payload={"to": task.worker.uuid},
    )


@transaction.atomic
def hand_over(key: UUID, *, person: int, words: str, actor: Actor, at: datetime) -> TaskAct:
    """Let another officer of the agency that gave the task follow it (bàn giao theo dõi)."""
    task = given(key, TaskPermission.CONFIRM, *OPEN, actor=actor, at=at)
    task.follower = chosen(person, followers_at(task, at))
    return write(
        task,
        Act.HANDED_OVER,
        events.HANDED_OVER,
        state=State(task.state),
        words=words.strip(),
        person=task.follower,
        actor=actor,
        at=at,
        payload={"to": task.follower.uuid},
    )


def chosen(person: int, among: Iterable[User]) -> User:
    """The officer of that key; refuses with `PersonUnfit` whoever is not among them."""
    found = next((user for user in among if user.pk == person), None)
    if found is None:
        raise PersonUnfit
    return found


@transaction.atomic
def set_part(
    key: UUID, *, agency: int, what: str, deadline_on: date | None, actor: Actor, at: datetime
) -> TaskAct:
    """Say what a coordinator does and by when (đặt phần phối hợp): no later than the whole."""
    task = led(key, TaskPermission.SPLIT, State.ACCEPTED, actor=actor, at=at)
    part = Part.objects.select_for_update().filter(task=task, agency=agency).first()
    if part is None:
        raise PartUnknown
    refuse_later(task, deadline_on)
    part.what, part.deadline_on = what.strip() or part.what, deadline_on
    part.save(update_fields=["what", "deadline_on"])
    return write(
        task,
        Act.PART_SET,
        events.PART_SET,
        state=State.ACCEPTED,
        words=part.what,
        agency=agency,
        actor=actor,
        at=at,
        payload={"agency": agency, "deadline_on": deadline_on},
    )


@transaction.atomic
def wait_for(key: UUID, *, blocker: UUID, words: str, actor: Actor, at: datetime) -> TaskAct:
    """The task cannot be finished before another (chờ nhiệm vụ khác); no two tasks wait for each other."""
    task = led(key, TaskPermission.REPORT, State.ACCEPTED, actor=actor, at=at)
    why = said(words)
    other = Task.objects.visible_to(actor, at=at).get_or_refuse(blocker)
    if other.pk == task.pk or other.state not in OPEN or task.pk in _waited_for_by(other):
        raise BlockerUnfit
    Dependency.objects.get_or_create(
        task=task, blocker=other, defaults={"at": at, "actor": actor.key}
    )
    return write(
        task,
        Act.WAITS,
        events.WAITS,
        state=State.ACCEPTED,
        words=why,
        agency=other.lead_id,
        actor=actor,
        at=at,
        payload={"blocker": other.uuid},
    )


@transaction.atomic
def wait_no_more(key: UUID, *, blocker: UUID, actor: Actor, at: datetime) -> TaskAct:
    """The task need not wait for that other any more."""
    task = led(key, TaskPermission.REPORT, State.ACCEPTED, actor=actor, at=at)
    found = Dependency.objects.filter(task=task, blocker__uuid=blocker).select_related("blocker")
    known = found.first()
    if known is None:
        raise BlockerUnfit
    other = known.blocker
    known.delete()
    return write(
        task,
        Act.WAITS_NO_MORE,
        events.WAITS_NO_MORE,
        state=State.ACCEPTED,
        agency=other.lead_id,
        actor=actor,
        at=at,
        payload={"blocker": other.uuid},
    )


def _waited_for_by(task: Task) -> set[int]:
    """Everything that the task waits for, however far."""
    found: set[int] = set()
    step = {task.pk}
    while step:
        found |= step
        rows = Dependency.objects.filter(task__in=step).values_list("blocker", flat=True)
        step = set(rows) - found
    return found
