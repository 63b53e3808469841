"""The fact table `tasks.obstacle`: one row an obstacle of a unit, with its days."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Max, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import npgettext

from tinhso.calendars.clock import day_of
from tinhso.tasks import obstacle_kinds
from tinhso.tasks.models import Obstacle, ObstacleActKind, ObstacleState
from tinhso.warehouse.declaring import Column, ColumnType, FactTable

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
    from datetime import date, datetime
    from uuid import UUID

    from tinhso.events.models import Event
    from tinhso.kernel.actors import Actor

CODE = "tasks.obstacle"
ROWS_AT_ONCE = 2_000
TEXT, WHOLE, YES, DAY = (
    ColumnType.STRING,
    ColumnType.INTEGER,
    ColumnType.BOOLEAN,
    ColumnType.DATE,
)


def _kinds(codes: Collection[str]) -> Mapping[str, str]:
    return {code: obstacle_kinds.name_of(code) for code in codes}


COLUMNS = (
    Column("uuid", TEXT, _("Khóa vướng mắc")),
    Column("kind", TEXT, _("Loại vướng mắc"), called=_kinds),
    Column("agency", WHOLE, _("Đơn vị vướng mắc")),
    Column("solver", WHOLE, _("Nơi giải quyết")),
    Column(
        "state",
        TEXT,
        _("Trạng thái"),
        words=tuple((state.value, state.label) for state in ObstacleState),
    ),
    Column("raised_on", DAY, _("Ngày báo")),
    Column("due_on", DAY, _("Thời hạn")),
    Column("closed_on", DAY, _("Ngày gỡ xong")),
    Column("is_closed", YES, _("Đã gỡ xong")),
    Column("is_joined", YES, _("Đã gộp vào vướng mắc chung")),
    Column("days_to_solve", WHOLE, _("Số ngày từ khi báo đến khi gỡ xong"), "ngày"),
)
_TOLD = ("uuid", "kind", "agency", "solver", "state", "at", "due_on", "main", "closed_at")


def rows(subjects: Sequence[UUID] | None) -> Iterator[tuple[Any, ...]]:
    """The rows of these obstacles, or of all, by one question."""
    found = (
        Obstacle.objects.all() if subjects is None else Obstacle.objects.filter(uuid__in=subjects)
    )
    closed = Max("acts__at", filter=Q(acts__kind=ObstacleActKind.CLOSED))
    told = found.order_by("pk").annotate(closed_at=closed).values_list(*_TOLD)
    for uuid, kind, agency, solver, state, at, due_on, main, closed_at in told.iterator(
        ROWS_AT_ONCE
    ):
        is_closed = state == ObstacleState.CLOSED
        closed_on = day_of(closed_at) if is_closed and closed_at else None
        yield (
            *(str(uuid), kind, agency, solver, state, day_of(at), due_on, closed_on),
            *(is_closed, main is not None, _days(at, closed_on)),
        )


def _days(at: datetime, closed_on: date | None) -> int | None:
    return (closed_on - day_of(at)).days if closed_on else None


def subjects(events: Sequence[Event]) -> Iterable[UUID] | None:
    """The obstacles that are subjects, and those joined to them: one answer reaches all."""
    touched = {event.subject for event in events}
    found = Obstacle.objects.filter(Q(uuid__in=touched) | Q(main__uuid__in=touched))
    return list(found.values_list("uuid", flat=True))


def total(column: str) -> int:
    """What PostgreSQL says of a measure over all obstacles."""
    if not column:
        return Obstacle.objects.count()
    closed = Obstacle.objects.filter(state=ObstacleState.CLOSED).annotate(
        closed_at=Max("acts__at", filter=Q(acts__kind=ObstacleActKind.CLOSED))
    )
    days = closed.exclude(closed_at=None).values_list("at", "closed_at")
    return sum((day_of(closed_at) - day_of(at)).days for at, closed_at in days.iterator())


def links(keys: Collection[str]) -> dict[str, str]:
    """The pages of obstacles."""
    return {key: reverse("tasks:obstacle", args=[key]) for key in keys}


def visible_obstacles(actor: Actor, at: datetime, keys: Collection[str]) -> Collection[str]:
    """Of these obstacles (uuids as text), those that the actor may open."""
    found = Obstacle.objects.visible_to(actor, at=at).filter(uuid__in=list(keys))
    return {str(key) for key in found.values_list("uuid", flat=True)}


TABLE = FactTable(
    code=CODE,
    name=_("Vướng mắc"),
    counted=lambda n: npgettext("đếm", "vướng mắc", "vướng mắc", n),
    grain=_("một vướng mắc của một đơn vị"),
    key="uuid",
    subject="uuid",
    day="raised_on",
    agency="agency",
    columns=COLUMNS,
    kinds=("tasks.obstacle_",),
    subjects=subjects,
    rows=rows,
    total=total,
    links=links,
)
