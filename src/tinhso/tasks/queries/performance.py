"""How tasks were carried out in a period (kết quả thực hiện nhiệm vụ): by lead agency, and what was not done."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Max, Q

from tinhso.agencies.queries import names_of
from tinhso.calendars.clock import day_of
from tinhso.tasks.models import Act, State
from tinhso.tasks.queries.tasks import rows_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date, datetime

    from tinhso.indicators.reports.periods import Period
    from tinhso.tasks.models.tasks import TaskQuerySet
    from tinhso.tasks.queries.tasks import Row

MOST = 60
"""So many late tasks are named; of more the number is told."""
ROWS_AT_ONCE = 5_000


@dataclass
class Line:
    """The tasks of one lead due in the period: reported as done in time, late, not yet, and not yet due."""

    name: str = ""
    on_time: int = 0
    late: int = 0
    overdue: int = 0
    running: int = 0

    @property
    def due(self) -> int:
        """All tasks due in the period."""
        return self.on_time + self.late + self.overdue + self.running

    @property
    def judged(self) -> int:
        """Those whose day has passed, or that were done before it."""
        return self.due - self.running

    @property
    def share(self) -> float | None:
        """Of those, how many per cent were in time; None where there are none."""
        return 100 * self.on_time / self.judged if self.judged else None


@dataclass(frozen=True)
class Performance:
    """One period: a line for each lead, their sum, what is overdue, how many were given and got more time."""

    period: Period
    lines: Sequence[Line]
    total: Line
    overdue: Sequence[Row]
    given: int
    extended: int
    on: date


def performance(tasks: TaskQuerySet, period: Period, *, at: datetime) -> Performance:
    """The tasks whose day lies in the period, as they stand now; cancelled ones left out.

    Done is what the lead reported as done and nobody sent back: the day of the report counts, not that of the
    confirmation.
    """
    on = day_of(at)
    due = tasks.filter(deadline_on__gte=period.first, deadline_on__lte=period.last)
    due = due.exclude(state=State.CANCELLED)
    lines = _lines(due, on)
    names = names_of(lines, on)
    for lead, line in lines.items():
        line.name = names.get(lead, "")
    overdue = due.late(on).select_related("notice", "follower").order_by("deadline_on", "pk")
    given = tasks.filter(at__date__gte=period.first, at__date__lte=period.last)
    granted = due.filter(extension_requests__decision__is_granted=True).distinct()
    return Performance(
        period=period,
        lines=sorted(lines.values(), key=lambda line: (-line.overdue, -line.due, line.name)),
        total=_sum(lines.values()),
        overdue=rows_of(overdue[:MOST], on),
        given=given.count(),
        extended=granted.count(),
        on=on,
    )


def _lines(due: TaskQuerySet, on: date) -> dict[int, Line]:
    reported = Max("acts__at", filter=Q(acts__kind=Act.PROPOSED))
    told = due.order_by().annotate(reported=reported)
    lines: dict[int, Line] = defaultdict(Line)
    rows = told.values_list("lead", "state", "deadline_on", "reported")
    for lead, state, deadline, reported_at in rows.iterator(ROWS_AT_ONCE):
        assert deadline is not None  # noqa: S101  (each was chosen by its day)
        is_done = state in {State.DONE, State.PROPOSED}
        if is_done and reported_at is not None and day_of(reported_at) > deadline:
            lines[lead].late += 1
        elif is_done:
            lines[lead].on_time += 1
        elif deadline < on:
            lines[lead].overdue += 1
        else:
            lines[lead].running += 1
    return dict(lines)


def _sum(lines: Iterable[Line]) -> Line:
    total = Line()
    for line in lines:
        total.on_time += line.on_time
        total.late += line.late
        total.overdue += line.overdue
        total.running += line.running
    return total
