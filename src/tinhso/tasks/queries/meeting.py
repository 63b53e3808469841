"""What a session opens with (phiên họp): what waits for the leader, what is late, what is due within the week."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tinhso.tasks.queries.lines import line_rows, lines
from tinhso.tasks.queries.tasks import counts, given_to_see, matters

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from tinhso.kernel.actors import Actor
    from tinhso.tasks.queries.tasks import Matter, Row

LINES = 18
"""So many lines fit one page of A4 with their heads."""
LEAST = 4
"""Each part has so many before the others may take its place."""


@dataclass(frozen=True)
class Meeting:
    """The three parts, each with how many there are altogether."""

    waiting: Sequence[Matter]
    late: Sequence[Row]
    soon: Sequence[Row]
    waiting_count: int
    late_count: int
    soon_count: int
    open_count: int

    @property
    def late_left(self) -> int:
        """Late tasks that stand in none of the lines."""
        return self.late_count - sum(told(row) for row in self.late)

    @property
    def soon_left(self) -> int:
        """The same of those that are due within the week."""
        return self.soon_count - sum(told(row) for row in self.soon)


def told(row: Row) -> int:
    """How many tasks a line stands for. Pure."""
    return row.joint.here if row.joint else 1


def shares(wanted: Sequence[int], lines: int = LINES, least: int = LEAST) -> list[int]:
    """How many lines each part gets of one page: the least first, then the first parts as much as they want. Pure."""
    given = [min(each, least) for each in wanted]
    for place, each in enumerate(wanted):
        given[place] += min(each - given[place], lines - sum(given))
    return given


def meeting(actor: Actor, *, at: datetime, on: date) -> Meeting:
    """What the actor's agencies gave, on that day; together no more than one page holds."""
    tasks = given_to_see(actor, at=at)
    found = counts(tasks, on)
    waiting, waiting_count = matters(actor, at=at, on=on)
    late, soon = tasks.late(on), tasks.soon(on)
    late_lines, soon_lines = list(lines(late)[:LINES]), list(lines(soon)[:LINES])
    parts = shares([len(waiting), len(late_lines), len(soon_lines)])
    return Meeting(
        waiting=waiting[: parts[0]],
        late=line_rows(late_lines[: parts[1]], late, on, among=tasks),
        soon=line_rows(soon_lines[: parts[2]], soon, on, among=tasks),
        waiting_count=waiting_count,
        late_count=found["qua-han"] or 0,
        soon_count=found["sap-den-han"] or 0,
        open_count=found["dang-mo"] or 0,
    )
