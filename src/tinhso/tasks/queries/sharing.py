"""The shares of a task, what it waits for, who else leads the same words, and whom it can be given to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import OuterRef, Subquery

from tinhso.accounts.queries import officers_at
from tinhso.agencies.queries import descendants, directory, heir, names_of
from tinhso.calendars.clock import day_of
from tinhso.tasks.models import Act, State, Task, TaskAct
from tinhso.tasks.models.tasks import OPEN
from tinhso.tasks.permissions import TaskPermission
from tinhso.tasks.queries.tasks import pace_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date, datetime

    from django.db.models import QuerySet

    from tinhso.accounts.models import User
    from tinhso.tasks.queries.tasks import Pace

ALL = 100
MOST = 200
"""So many tasks are offered to wait for."""


@dataclass(frozen=True)
class Piece:
    """A task beside another: its lead, how it stands, how far its last report says it is."""

    task: Task
    lead: str
    pace: Pace
    percent: int | None


def open_shares(task: Task) -> QuerySet[Task]:
    """The shares on which units still work."""
    return Task.objects.filter(parent=task, state__in=OPEN)


def blockers_of(task: Task) -> QuerySet[Task]:
    """What it waits for that is neither done nor cancelled."""
    return Task.objects.filter(holds_up__task=task, state__in=OPEN)


def shares_of(task: Task, on: date) -> list[Piece]:
    """Its shares, the nearest day first."""
    return pieces(Task.objects.filter(parent=task).order_by("deadline_on", "pk"), on)


def joint_with(task: Task, on: date) -> list[Piece]:
    """The same words as other agencies lead them (cùng chủ trì): each has its own day and report."""
    same = Task.objects.filter(notice=task.notice_id, item=task.item, period=task.period)
    return [] if task.parent_id else pieces(same.filter(parent=None).exclude(pk=task.pk), on)


def pieces(tasks: QuerySet[Task], on: date) -> list[Piece]:
    """The tasks with their leads and the last progress told, in two queries."""
    last = TaskAct.objects.filter(task=OuterRef("pk"), kind=Act.REPORTED).exclude(percent=None)
    told = list(tasks.annotate(told=Subquery(last.order_by("-pk").values("percent")[:1])))
    names = names_of({one.lead_id for one in told}, on)
    return [
        Piece(
            task=one,
            lead=names.get(one.lead_id, ""),
            pace=pace_of(one, on),
            percent=ALL if one.state in {State.DONE, State.PROPOSED} else one.told,
        )
        for one in told
    ]


def progress_of(shares: Iterable[Piece]) -> int | None:
    """How far the whole is by its shares, in per cent: their mean; None where there are none. Pure."""
    counted = [one.percent or 0 for one in shares if one.task.state != State.CANCELLED]
    return sum(counted) // len(counted) if counted else None


def units_below(lead: int, on: date) -> list[tuple[int, str]]:
    """The units to which the lead can give shares: below it, on that day."""
    here = heir(lead, on)
    below = descendants(here, on) - {here}
    found = [(one.agency_id, one.official_title) for one in directory(on) if one.agency_id in below]
    return sorted(found, key=lambda unit: unit[1])


def to_wait_for(task: Task, known: QuerySet[Task]) -> Sequence[Task]:
    """Open tasks of the same notice, or of the same lead, that the reader knows."""
    near = known.filter(state__in=OPEN, is_standing=False)
    near = near.exclude(pk=task.pk).exclude(holds_up__task=task)
    same = near.filter(notice=task.notice_id) | near.filter(lead=task.lead_id)
    return list(same.distinct().order_by("notice", "ordinal", "pk")[:MOST])


def workers_at(task: Task, at: datetime) -> list[User]:
    """Who may carry the task out at its lead."""
    here = heir(task.lead_id, day_of(at))
    return officers_at(here, permission=TaskPermission.REPORT.value, at=at)


def followers_at(task: Task, at: datetime) -> list[User]:
    """Who may follow the task at the agency that gave it."""
    here = heir(task.agency_id, day_of(at))
    return officers_at(here, permission=TaskPermission.CONFIRM.value, at=at)
