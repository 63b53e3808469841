"""What a session opens with (phiên họp): what waits for the leader, what is late, what is due within the week."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tinhso.tasks.queries.tasks import counts, given_to_see, matters, ordered, rows_of

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
    parts = shares([len(waiting), found["qua-han"] or 0, found["sap-den-han"] or 0])
    return Meeting(
        waiting=waiting[: parts[0]],
        late=rows_of(ordered(tasks.late(on))[: parts[1]], on),
        soon=rows_of(ordered(tasks.soon(on))[: parts[2]], on),
        waiting_count=waiting_count,
        late_count=found["qua-han"] or 0,
        soon_count=found["sap-den-han"] or 0,
        open_count=found["dang-mo"] or 0,
    )
