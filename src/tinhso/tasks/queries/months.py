"""Tasks by the days of one month (lịch nhiệm vụ)."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, OuterRef, Q

from tinhso.tasks.models import State, Task
from tinhso.tasks.models.tasks import OPEN, UNFINISHED
from tinhso.tasks.queries.tasks import rows_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tinhso.tasks.models.tasks import TaskQuerySet
    from tinhso.tasks.queries.tasks import Row

SHOWN = 3
"""So many tasks of a day are shown; how many there are is said."""
SHOWN_STATES = (*OPEN, State.DONE)
WEEK = 7
SATURDAY = 5


@dataclass(frozen=True)
class Day:
    """One square of the month: the day, its first tasks, how many there are and how many of them are late."""

    on: date
    rows: tuple[Row, ...]
    tasks: int
    late: int
    is_inside: bool
    is_today: bool

    @property
    def is_weekend(self) -> bool:
        """Whether it is a Saturday or a Sunday."""
        return self.on.weekday() >= SATURDAY

    @property
    def more(self) -> int:
        """How many tasks of the day are not shown."""
        return self.tasks - len(self.rows)


def month_of(tasks: TaskQuerySet, first: date, today: date) -> list[Day]:
    """The whole weeks, from Monday, that hold the month of that first day, with the tasks due on each of its days."""
    last = first.replace(day=monthrange(first.year, first.month)[1])
    due = tasks.filter(deadline_on__gte=first, deadline_on__lte=last, state__in=SHOWN_STATES)
    late = Count("state", filter=Q(state__in=UNFINISHED, deadline_on__lt=today))
    earliest = due.filter(deadline_on=OuterRef("deadline_on")).order_by("notice", "ordinal")
    told = due.order_by().values("deadline_on").annotate(tasks=Count("*"), late=late)
    found = list(told.annotate(first=ArraySubquery(earliest.values("pk")[:SHOWN])))
    counted = {row["deadline_on"]: (row["tasks"], row["late"]) for row in found}
    rows = _rows_of_days([key for row in found for key in row["first"]], today)
    begin = first - timedelta(days=first.weekday())
    end = last + timedelta(days=WEEK - 1 - last.weekday())
    days = [begin + timedelta(days=n) for n in range((end - begin).days + 1)]
    return [
        Day(
            on=day,
            rows=tuple(rows.get(day, ())),
            tasks=counted.get(day, (0, 0))[0],
            late=counted.get(day, (0, 0))[1],
            is_inside=first <= day <= last,
            is_today=day == today,
        )
        for day in days
    ]


def _rows_of_days(keys: Sequence[int], today: date) -> dict[date, list[Row]]:
    """The tasks by their day, in the order in which they were given."""
    found = Task.objects.filter(pk__in=keys).select_related("notice", "follower")
    shown: dict[date, list[Row]] = {}
    for row in rows_of(found.order_by("notice", "ordinal"), today):
        assert row.task.deadline_on is not None  # noqa: S101  (each was chosen by its day)
        shown.setdefault(row.task.deadline_on, []).append(row)
    return shown
