"""How tasks were carried out in a period (kết quả thực hiện nhiệm vụ): by lead agency, and what was not done."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

from django.db.models import Max, Q

from tinhso.agencies.queries import names_of
from tinhso.calendars.clock import day_of
from tinhso.tasks.facts import on_time
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
    """The tasks of one lead due in the period: done in time, late, waiting for confirmation, overdue, not yet due."""

    name: str = ""
    on_time: int = 0
    late: int = 0
    waiting: int = 0
    overdue: int = 0
    running: int = 0

    @property
    def due(self) -> int:
        """All tasks due in the period."""
        return self.on_time + self.late + self.waiting + self.overdue + self.running

    @property
    def judged(self) -> int:
        """Those confirmed as done, and those whose day has passed without a report."""
        return self.on_time + self.late + self.overdue

    @property
    def share(self) -> Decimal | None:
        """Of those, how many per cent were in time; None where there are none."""
        if not self.judged:
            return None
        share = Decimal(100 * self.on_time) / self.judged
        return share.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)


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

    As the indicator `tasks-on-time-ratio` has it: the day of the report counts, once it is confirmed; what is not yet
    confirmed is neither in time nor late.
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
    told = due.order_by().annotate(
        reported=Max("acts__at", filter=Q(acts__kind=Act.PROPOSED)),
        confirmed=Max("acts__at", filter=Q(acts__kind=Act.CONFIRMED)),
    )
    lines: dict[int, Line] = defaultdict(Line)
    rows = told.values_list("lead", "state", "deadline_on", "reported", "confirmed")
    for lead, state, deadline, *acts in rows.iterator(ROWS_AT_ONCE):
        assert deadline is not None  # noqa: S101  (each was chosen by its day)
        if state == State.DONE and on_time(deadline, *(act and day_of(act) for act in acts)):
            lines[lead].on_time += 1
        elif state == State.DONE:
            lines[lead].late += 1
        elif state == State.PROPOSED:
            lines[lead].waiting += 1
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
        total.waiting += line.waiting
        total.overdue += line.overdue
        total.running += line.running
    return total
