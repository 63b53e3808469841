"""What figures ask of tasks: what is late, and what a leader is told."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import ngettext

from tinhso.calendars.clock import day_of
from tinhso.indicators import attention, changes
from tinhso.indicators.attention import Matter
from tinhso.tasks.permissions import TaskPermission
from tinhso.tasks.queries.tasks import LATE, given_to_see
from tinhso.ui import formatting

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tinhso.indicators.attention import Question

TOLD = (
    "tasks.accepted",
    "tasks.returned",
    "tasks.reported",
    "tasks.completion_proposed",
    "tasks.completion_confirmed",
    "tasks.reopened",
)


def late_tasks(question: Question) -> Iterator[Matter]:
    """The late tasks that the actor's agencies gave, of the leads that are asked about."""
    if not question.actor.holds(TaskPermission.READ, at=question.at):
        return
    tasks = given_to_see(question.actor, at=question.at).late(day_of(question.at))
    if question.within is not None:
        tasks = tasks.filter(lead__in=question.within)
    found = tasks.aggregate(late=Count("pk"), leads=Count("lead", distinct=True))
    if late := found["late"]:
        words = ngettext("%(n)s nhiệm vụ quá hạn", "%(n)s nhiệm vụ quá hạn", late)
        place = ngettext("do %(n)s cơ quan chủ trì", "do %(n)s cơ quan chủ trì", found["leads"])
        yield Matter(
            words % {"n": formatting.number(late)},
            f"{reverse('tasks:board')}?xem={LATE}",
            place % {"n": formatting.number(found["leads"])},
        )


def page_of(subject: UUID) -> str:
    """The page of a task."""
    return reverse("tasks:task", args=[subject])


def register() -> None:
    """Answer the questions of figures; called from the AppConfig."""
    attention.register("tasks", late_tasks)
    changes.register(changes.Told("tasks", TOLD, TaskPermission.READ, page_of))
