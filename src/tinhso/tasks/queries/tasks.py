"""Reads for lists of tasks: what is late, near, waits for whom; by agency, group, follower; one task's history."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from tinhso.agencies.queries import names_of
from tinhso.tasks.models import Act, ExtensionRequest, Part, State, Task, TaskAct
from tinhso.tasks.models.scopes import held
from tinhso.tasks.models.tasks import OPEN, SOON, UNFINISHED
from tinhso.tasks.notices.deadlines import DeadlineKind
from tinhso.tasks.permissions import TaskPermission
from tinhso.tasks.rhythms import title_of
from tinhso.ui import formatting

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime

    from django.db.models import QuerySet

    from tinhso.kernel.actors import Actor
    from tinhso.tasks.models.tasks import TaskQuerySet
    from tinhso.tasks.queries.lines import Joint

URGENT = 12
"""So many matters that wait for the leader are shown; of more the rest is counted."""


@dataclass(frozen=True)
class Pace:
    """How a task stands against its day: a state of the layout's pills, and the words."""

    state: str
    text: str


@dataclass(frozen=True)
class Row:
    """One task of a list; `joint` where it stands for many that the same words gave to many leads."""

    task: Task
    lead: str
    pace: Pace
    is_late: bool
    is_soon: bool
    joint: Joint | None = None

    @property
    def period(self) -> str:
        """Of a recurring task, the period in words ("tuần 16/11-22/11/2026"); else nothing."""
        code = self.task.period
        return title_of(code, self.task.deadline_words) if code else ""


def given_to_see(actor: Actor, *, at: datetime) -> TaskQuerySet:
    """The tasks that the actor's agencies gave and follow."""
    agencies = held(actor, TaskPermission.READ, at=at)
    tasks = Task.objects.to_do()
    return tasks if agencies is None else tasks.given_by(agencies)


def led_to_see(actor: Actor, *, at: datetime) -> TaskQuerySet:
    """The tasks that the actor's agencies lead."""
    agencies = held(actor, TaskPermission.READ, at=at)
    tasks = Task.objects.to_do()
    return tasks if agencies is None else tasks.filter(lead__in=agencies)


def with_part_to_see(actor: Actor, *, at: datetime) -> TaskQuerySet:
    """The tasks of others in which the actor's agencies have a part."""
    agencies = held(actor, TaskPermission.READ, at=at)
    parts = Part.objects.all() if agencies is None else Part.objects.filter(agency__in=agencies)
    return Task.objects.to_do().filter(pk__in=parts.values("task"))


def mine_to_see(actor: Actor, *, at: datetime) -> TaskQuerySet:
    """The tasks that the actor carries out or follows (việc của tôi), and still may see."""
    user = getattr(actor, "user", None)
    if user is None:
        return Task.objects.none()
    own = Task.objects.to_do().filter(Q(worker=user) | Q(follower=user))
    return own.visible_to(actor, at=at)


VIEWS = {
    "dang-mo": Q(state__in=OPEN),
    "cho-nhan": Q(state=State.ISSUED),
    "dang-lam": Q(state=State.ACCEPTED),
    "tra-lai": Q(state=State.RETURNED),
    "cho-xac-nhan": Q(state=State.PROPOSED),
    "hoan-thanh": Q(state=State.DONE),
    "da-huy": Q(state=State.CANCELLED),
    "tat-ca": ~Q(state=State.CANCELLED),
}
"""Views of a list by the word of its address, but those that ask for the day."""
CLOSED = frozenset({"hoan-thanh", "da-huy", "tat-ca"})
MOST_COUNTED = 2_000
NOBODY = "chua-co"
"""What an address says for tasks without follower, or without group."""
LATE, SOON_DUE = "qua-han", "sap-den-han"


def narrowed(tasks: TaskQuerySet, view: str, on: date) -> TaskQuerySet:
    """The tasks of a view; an unknown one is what is open."""
    if view == LATE:
        return tasks.late(on)
    if view == SOON_DUE:
        return tasks.soon(on)
    return tasks.filter(VIEWS.get(view, VIEWS["dang-mo"]))


def counts(tasks: TaskQuerySet, on: date) -> dict[str, int | None]:
    """How many tasks each view of open ones holds, in one query, and of done ones."""
    open_ones = {name: Count("state", filter=q) for name, q in VIEWS.items() if name not in CLOSED}
    open_ones |= {name: Count("state", filter=q) for name, q in pace_views(on).items()}
    asked = {name.replace("-", "_"): number for name, number in open_ones.items()}
    found = tasks.open().aggregate(**asked)
    return {name: found[name.replace("-", "_")] for name in open_ones} | done_count(tasks)


def pace_views(on: date) -> dict[str, Q]:
    """The views that ask for the day: what is late, what is near."""
    unfinished = Q(state__in=UNFINISHED)
    return {
        LATE: unfinished & Q(deadline_on__lt=on),
        SOON_DUE: unfinished & Q(deadline_on__gte=on, deadline_on__lte=on + SOON),
    }


def done_count(tasks: TaskQuerySet) -> dict[str, int | None]:
    """How many are done, where they are not too many.

    Done tasks grow without end, and nobody reads their number when it is large: that would cost a look at each of them.
    """
    done = tasks.filter(VIEWS["hoan-thanh"])[: MOST_COUNTED + 1].count()
    return {"hoan-thanh": done if done <= MOST_COUNTED else None}


def ordered(tasks: QuerySet[Task]) -> QuerySet[Task]:
    """The nearest day first, those without a day last."""
    return tasks.select_related("notice", "follower").order_by("deadline_on", "notice", "ordinal")


def rows_of(tasks: Iterable[Task], on: date) -> list[Row]:
    """The tasks with the names of their leads and how they stand."""
    found = list(tasks)
    names = names_of({task.lead_id for task in found}, on)
    return [
        Row(
            task=task,
            lead=names.get(task.lead_id, ""),
            pace=pace_of(task, on),
            is_late=task.is_late(on),
            is_soon=task.is_soon(on),
        )
        for task in found
    ]


def pace_of(task: Task, on: date) -> Pace:
    """How the task stands against its day."""
    settled = {
        State.DONE.value: "done",
        State.CANCELLED.value: "plain",
        State.PROPOSED.value: "wait",
    }
    if task.state in settled:
        return Pace(settled[task.state], str(State(task.state).label))
    if task.deadline_on is None:
        recurring = task.deadline_kind == DeadlineKind.RECURRING
        return Pace("plain", _("Thường xuyên") if recurring else _("Không nêu hạn"))
    days = (task.deadline_on - on).days
    if days < 0:
        return Pace("late", _("Quá hạn %(days)s ngày") % {"days": -days})
    if days == 0:
        return Pace("near", _("Hạn hôm nay"))
    text = _("Còn %(days)s ngày") % {"days": days}
    return Pace("near" if task.is_soon(on) else "ok", text)


def place_of(task: Task) -> int:
    """Which item of its notice the task is: an item given to many leads is one."""
    before = Task.objects.filter(notice=task.notice_id, ordinal__lt=task.ordinal, parent=None)
    return before.exclude(item=task.item).values("item").distinct().order_by().count() + 1


@dataclass(frozen=True)
class Matter:
    """Something that stops until a leader decides: what, and since when."""

    row: Row
    what: str
    why: str
    since: datetime
    slug: str


def matters(actor: Actor, *, at: datetime, on: date) -> tuple[list[Matter], int]:
    """What only the leader can set going (việc chỉ đồng chí mới gỡ được), oldest first, and how many there are.

    Returned tasks and requests for more time, of the agencies where the actor decides.
    """
    agencies = held(actor, TaskPermission.DECIDE, at=at)
    mine = Task.objects.all() if agencies is None else Task.objects.given_by(agencies)
    waiting = sorted([*_returned(mine), *_asking(mine)], key=lambda one: one.since)
    first = waiting[:URGENT]
    tasks = ordered(Task.objects.filter(pk__in={one.task for one in first}))
    rows = {row.task.pk: row for row in rows_of(tasks, on)}
    return [Matter(rows[one.task], one.what, one.why, one.since, one.slug) for one in first], len(
        waiting
    )


class _Waiting(NamedTuple):
    task: int
    what: str
    why: str
    since: datetime
    slug: str


def _returned(tasks: TaskQuerySet) -> list[_Waiting]:
    """Those that a lead gave back, with the reason of the last time."""
    acts = TaskAct.objects.filter(
        kind=Act.RETURNED, task__in=tasks.filter(state=State.RETURNED).order_by()
    )
    last = acts.order_by("task", "-pk").distinct("task").values_list("task", "words", "at")
    what = _("Trả lại nhiệm vụ")
    return [_Waiting(task, what, words, since, "giao-lai") for task, words, since in last]


def _asking(tasks: TaskQuerySet) -> list[_Waiting]:
    """Those whose lead asks for more time."""
    asked = ExtensionRequest.objects.filter(decision=None, task__in=tasks.open().order_by())
    what = _("Xin gia hạn đến %(day)s")
    return [
        _Waiting(task, what % {"day": formatting.day(until)}, why, since, "gia-han")
        for task, until, why, since in asked.values_list("task", "until", "reason", "at")
    ]
