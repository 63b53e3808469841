"""Tasks and obstacles as partner systems list them: by keyset, so that a page costs the same however deep it lies."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, TypeVar

from tinhso.accounts.errors import CursorUnknown
from tinhso.calendars.clock import day_of
from tinhso.kernel.permissions import require
from tinhso.tasks.models import Obstacle, Task
from tinhso.tasks.models.scopes import held
from tinhso.tasks.permissions import TaskPermission
from tinhso.tasks.queries.tasks import given_to_see, led_to_see, with_part_to_see

if TYPE_CHECKING:
    from datetime import date, datetime
    from uuid import UUID

    from django.db.models import QuerySet

    from tinhso.kernel.actors import Actor

PAGE = 50
Row = TypeVar("Row", Task, Obstacle)


@dataclass(frozen=True)
class Wanted:
    """Which tasks: given, led, or with a part of one's agencies; of a state; due by a day; late alone."""

    role: Literal["given", "led", "part"] | None = None
    state: str | None = None
    due_to: date | None = None
    is_late: bool = False


@dataclass(frozen=True)
class WantedObstacles:
    """Which obstacles: raised by one's agencies, or theirs to solve; of a state."""

    side: Literal["raised", "to_solve"] | None = None
    state: str | None = None


def tasks(
    actor: Actor, wanted: Wanted, *, at: datetime, cursor: UUID | None
) -> tuple[list[Task], UUID | None]:
    """A page of the tasks that the actor may see, the newest first, and after which the next begins."""
    require(actor, TaskPermission.READ, at=at)
    visible = Task.objects.visible_to(actor, at=at)
    by_role = {"given": given_to_see, "led": led_to_see, "part": with_part_to_see}
    found = by_role[wanted.role](actor, at=at) if wanted.role else visible.to_do()
    if wanted.state is not None:
        found = found.filter(state=wanted.state)
    if wanted.due_to is not None:
        found = found.filter(deadline_on__lte=wanted.due_to)
    if wanted.is_late:
        found = found.late(day_of(at))
    return _page(found.select_related("notice"), visible, cursor)


def obstacles(
    actor: Actor, wanted: WantedObstacles, *, at: datetime, cursor: UUID | None
) -> tuple[list[Obstacle], UUID | None]:
    """The same of obstacles."""
    require(actor, TaskPermission.READ_OBSTACLE, at=at)
    visible = Obstacle.objects.visible_to(actor, at=at)
    found = visible
    agencies = held(actor, TaskPermission.READ_OBSTACLE, at=at)
    if wanted.side is not None and agencies is not None:
        place = "agency" if wanted.side == "raised" else "solver"
        found = found.filter(**{f"{place}__in": agencies})
    if wanted.state is not None:
        found = found.filter(state=wanted.state)
    return _page(found.select_related("main"), visible, cursor)


def _page(
    found: QuerySet[Row], visible: QuerySet[Row], cursor: UUID | None
) -> tuple[list[Row], UUID | None]:
    if cursor is not None:
        last: Any = visible.filter(uuid=cursor).values_list("pk", flat=True).first()
        if last is None:
            raise CursorUnknown
        found = found.filter(pk__lt=last)
    rows = list(found.order_by("-pk")[: PAGE + 1])
    return rows[:PAGE], rows[PAGE - 1].uuid if len(rows) > PAGE else None
