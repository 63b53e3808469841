"""Working minutes of a stretch of time without what the clock stood still in it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime

Minutes = Callable[[datetime, datetime], int]
"""Working minutes from one instant to another: `WorkingCalendar.working_minutes`."""
Pause = tuple[datetime, datetime]


def pauses_of(
    since: Sequence[datetime] | None,
    until: Sequence[datetime | None] | None,
    finished: datetime | None,
) -> list[Pause]:
    """The pauses that have ended: a clock that still stood when the work ended stood until then.

    One that still stands is left out: how long it will be nobody knows, and a fact does not change by itself.
    """
    found = []
    for begin, end in zip(since or (), until or (), strict=True):
        ended = end or finished
        if ended is not None:
            found.append((begin, ended))
    return found


def without(minutes: Minutes, begin: datetime, end: datetime, pauses: Iterable[Pause]) -> int:
    """Working minutes from `begin` to `end`, less those of the pauses within."""
    total = minutes(begin, end)
    for stopped, went_on in pauses:
        first, last = max(begin, stopped), min(end, went_on)
        if first < last:
            total -= minutes(first, last)
    return total
