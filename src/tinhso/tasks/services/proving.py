"""What the system holds shows that a task is done (minh chứng từ hệ thống): tied, found reached, reported by people."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction

from tinhso.calendars.clock import day_of
from tinhso.events.services import record
from tinhso.tasks import events
from tinhso.tasks.errors import TargetNotReached, TieInvalid
from tinhso.tasks.models import Act, Evidence, EvidenceKind, State, Task, TaskAct, Tie
from tinhso.tasks.models.tasks import OPEN
from tinhso.tasks.permissions import TaskPermission
from tinhso.tasks.queries.ties import is_shown, ties_of
from tinhso.tasks.services.acting import given, led, write
from tinhso.tasks.services.carrying import propose_completion
from tinhso.tasks.ties import KINDS
from tinhso.ui import formatting

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from uuid import UUID

    from tinhso.kernel.actors import Actor
    from tinhso.tasks.queries.ties import Tied

ABOUT = (Act.REACHED, Act.REOPENED, Act.TIED, Act.UNTIED)
"""After any but the first of these, what is reached is told anew."""


@transaction.atomic
def tie(key: UUID, *, kind: str, facts: Mapping[str, Any], actor: Actor, at: datetime) -> Tie:
    """Say which figure or which dossiers show the task to be done (gắn với số liệu, hồ sơ); who gave it decides."""
    task = given(key, TaskPermission.CONFIRM, *OPEN, actor=actor, at=at)
    known = KINDS.get(kind)
    if known is None:
        raise TieInvalid
    checked = known.checked(facts, task, actor=actor, at=at)
    made = Tie.objects.create(task=task, kind=kind, facts=checked, at=at, actor=actor.key)
    words = f"{known.title(checked, day_of(at))}: {known.wanted(checked)}"
    noted: dict[str, Any] = {"words": words, "payload": {"kind": kind}, "actor": actor, "at": at}
    write(task, Act.TIED, events.TIED, state=State(task.state), **noted)
    return made


@transaction.atomic
def untie(key: UUID, *, tie: UUID, actor: Actor, at: datetime) -> TaskAct:
    """It need not be shown by that any more; the history keeps what it was."""
    task = given(key, TaskPermission.CONFIRM, *OPEN, actor=actor, at=at)
    found = Tie.objects.filter(task=task, uuid=tie).first()
    if found is None:
        raise TieInvalid
    words = KINDS[found.kind].title(found.facts, day_of(at))
    found.delete()
    noted: dict[str, Any] = {
        "words": words,
        "payload": {"kind": found.kind},
        "actor": actor,
        "at": at,
    }
    return write(task, Act.UNTIED, events.UNTIED, state=State(task.state), **noted)


@transaction.atomic
def propose_by_ties(key: UUID, *, words: str = "", actor: Actor, at: datetime) -> TaskAct:
    """Report the task as done with what the system holds as evidence (báo hoàn thành với bằng chứng này)."""
    task = led(key, TaskPermission.REPORT, State.ACCEPTED, actor=actor, at=at)
    tied = ties_of(task, at)
    if not is_shown(tied):
        raise TargetNotReached
    for one in tied:
        shown = Evidence.objects.create(
            task=task, kind=EvidenceKind.FIGURE, value=told(one), note=one.title[:500],
            at=at, actor=actor.key,
        )  # fmt: skip
        record(
            events.EVIDENCED, subject=task.uuid, actor=actor, at=at, agency=task.lead_id,
            payload={"evidence": shown.uuid, "kind": shown.kind},
        )  # fmt: skip
    return propose_completion(key, words=words, actor=actor, at=at)


def told(one: Tied) -> str:
    """The figure as it stood, with what it was counted from."""
    standing = one.standing
    if standing is None:
        return ""
    if standing.numerator is None or standing.denominator is None:
        return standing.value
    counts = map(formatting.number, (standing.numerator, standing.denominator))
    return f"{standing.value} ({' / '.join(counts)})"


def find_reached(*, actor: Actor, at: datetime) -> int:
    """Tell leads of tasks whose ties are all reached, once until something changes; how many were told of."""
    asked = Task.objects.filter(state=State.ACCEPTED, ties__isnull=False).distinct()
    return sum(_propose(task.pk, actor, at) for task in asked.order_by("pk").iterator())


@transaction.atomic
def _propose(key: int, actor: Actor, at: datetime) -> bool:
    task = Task.objects.select_for_update().get(pk=key)
    last = task.acts.filter(kind__in=ABOUT).order_by("pk").last()
    if task.state != State.ACCEPTED or (last is not None and last.kind == Act.REACHED):
        return False
    tied = ties_of(task, at)
    if not is_shown(tied):
        return False
    words = "\n".join(f"{one.title}: {told(one)}" for one in tied)
    write(
        task,
        Act.REACHED,
        events.REACHED,
        state=State.ACCEPTED,
        words=words,
        actor=actor,
        at=at,
        payload={"ties": len(tied)},
    )
    return True
