"""Open tasks of agencies that end: at a reform with the rest of the work, found later to who carries it on."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tinhso.agencies.queries import followers, heir
from tinhso.agencies.work_in_hand import WorkInHand
from tinhso.calendars.clock import day_of
from tinhso.events.services import prepare, record_all
from tinhso.tasks import events
from tinhso.tasks.models import Act, Part, State, Task
from tinhso.tasks.services.acting import write

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from datetime import date, datetime

    from tinhso.agencies.work_in_hand import WorkTransfer
    from tinhso.kernel.actors import Actor

ENDED = "Cơ quan chủ trì đã kết thúc hoạt động, không có một cơ quan duy nhất kế thừa; đề nghị giao lại."
"""The reason of a task that goes back by itself."""


def count(agencies: Collection[int]) -> Mapping[tuple[int, str], int]:
    """Open tasks that each agency leads or gave; a task belongs to an agency, so to no field."""
    there = Task.objects.open().filter(Q(lead__in=agencies) | Q(agency__in=agencies))
    found: Counter[tuple[int, str]] = Counter()
    for lead, giver in there.values_list("lead", "agency"):
        for agency in {lead, giver} & set(agencies):
            found[agency, ""] += 1
    return found


@transaction.atomic
def move(transfers: Sequence[WorkTransfer], /, *, on: date, actor: Actor, at: datetime) -> int:
    """Move open tasks (chuyển nhiệm vụ) to the successor, and with them the parts; how many tasks.

    Part of the act of the reform, which has required its right.
    """
    del on
    moved = 0
    whole = [transfer for transfer in transfers if not transfer.field]
    busy = _busy({transfer.predecessor for transfer in whole})
    for transfer in whole:
        old, new = transfer.predecessor, transfer.successor
        if old not in busy:
            continue
        busy.add(new)
        moved += _move(old, new, actor=actor, at=at)
    return moved


@transaction.atomic
def follow_ended(*, actor: Actor, at: datetime) -> int:
    """Find open tasks that stand at an agency which has ended (written in after its reform); how many went on.

    They move to who carries its work on. Where nobody does, they go back to who gave them, who alone can say whose
    they are now.
    """
    today = day_of(at)
    found = 0
    for old in sorted(_busy(followers(today))):
        now = heir(old, today)
        if now != old:
            found += _move(old, now, actor=actor, at=at)
        else:
            found += _give_back(old, actor=actor, at=at)
    return found


def _move(old: int, new: int, *, actor: Actor, at: datetime) -> int:
    here = Task.objects.open().filter(Q(lead=old) | Q(agency=old))
    tasks = list(here.select_for_update().order_by("pk"))
    keys = [task.pk for task in tasks]
    Task.objects.filter(pk__in=keys, lead=old).update(lead=new)
    Task.objects.filter(pk__in=keys, agency=old).update(agency=new)
    _move_parts(old, new)
    record_all(
        prepare(
            events.MOVED,
            subject=task.uuid,
            actor=actor,
            at=at,
            agency=new,
            payload={"from": old, "to": new},
        )
        for task in tasks
    )
    return len(tasks)


def _give_back(old: int, *, actor: Actor, at: datetime) -> int:
    here = Task.objects.filter(lead=old, state__in=(State.ISSUED, State.ACCEPTED))
    tasks = list(here.select_for_update().order_by("pk"))
    for task in tasks:
        state = State.RETURNED
        write(task, Act.RETURNED, events.RETURNED, state=state, words=ENDED, actor=actor, at=at)
    return len(tasks)


def _busy(agencies: Collection[int]) -> set[int]:
    """Those of the agencies that lead, gave or take part in an open task: few of the hundreds that a reform ends."""
    found: set[int] = set()
    for place in ("lead", "agency"):
        there = Task.objects.open().filter(**{f"{place}__in": agencies})
        found.update(there.values_list(place, flat=True))
    parts = Part.objects.filter(agency__in=agencies, task__in=Task.objects.open())
    return found | set(parts.values_list("agency", flat=True))


def _move_parts(old: int, new: int) -> None:
    """Parts in open tasks; one that the successor leads or has a part in already falls together with it."""
    parts = Part.objects.filter(agency=old, task__in=Task.objects.open())
    theirs = Part.objects.filter(agency=new).values("task")
    parts.filter(Q(task__in=theirs) | Q(task__lead=new)).delete()
    Part.objects.filter(agency=old, task__in=Task.objects.open()).update(agency=new)


TASKS = WorkInHand(code="tasks", name=_("Nhiệm vụ đang mở"), count=count, move=move)
