"""Readers of the log: whoever turns events into something else (tin nhắn, số liệu, hàng đợi gửi).

    with Reader("notifications").batch(limit=500) as events:
        for event in events:
            ...

The effect and the mark of how far one has read are written in the same transaction: an effect in
this database happens exactly once. What leaves the database (a mail) goes out from a row written
so.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Max

from tinhso.events.models import Checkpoint, Event, Position

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import datetime

    from tinhso.events.models import EventQuerySet

LOOKED_AT = 20_000
"""Positions that one batch looks at: a history of years that nobody wants is passed over in seconds."""


@dataclass(frozen=True)
class Reader:
    """One reader by name; `kinds` limits what it is given (codes of kinds), all when empty.

    With `since` nothing is given that happened before.
    """

    name: str
    kinds: frozenset[str] = frozenset()
    since: datetime | None = None

    @contextmanager
    def batch(self, limit: int = 500) -> Iterator[list[Event]]:
        """The next events, at most `limit`, each with `position`, within a transaction that also moves the mark.

        The list may be shorter or empty while the mark still moves, over what the reader does not
        want. Empty, too, while another process reads under this name. An exception leaves mark
        and effect as they were.
        """
        with transaction.atomic():
            start = self._locked_position()
            if start is None:
                yield []
                return
            end = self._end(start)
            events = list(self._wanted(start, end)[:limit])
            if len(events) == limit:  # behind the last of them more may be wanted
                end = events[-1].position if events else start
            yield events
            if end > start:
                Checkpoint.objects.filter(reader=self.name).update(position=end)

    def pass_over(self) -> None:
        """Move the mark behind all that has a place now: whoever builds a house has told what there was to tell."""
        with self.batch(0):
            Checkpoint.objects.filter(reader=self.name).update(position=self._last())

    def drain(self, effect: Callable[[Sequence[Event]], None], limit: int = 500) -> bool:
        """Give one batch to `effect`; True when more was waiting then. The shape of a loop's run."""
        with self.batch(limit) as events:
            if events:
                effect(events)
        return self.behind() > 0

    def behind(self) -> int:
        """How many positions this reader has not read yet."""
        mark = (
            Checkpoint.objects.filter(reader=self.name).values_list("position", flat=True).first()
        )
        return self._last() - (mark or 0)

    def _last(self) -> int:
        return int(Position.objects.aggregate(last=Max("position"))["last"] or 0)

    def _locked_position(self) -> int | None:
        Checkpoint.objects.bulk_create([Checkpoint(reader=self.name)], ignore_conflicts=True)
        marks = Checkpoint.objects.select_for_update(skip_locked=True).filter(reader=self.name)
        mark = marks.first()
        return mark.position if mark else None

    def _end(self, start: int) -> int:
        window = Position.objects.filter(position__gt=start, position__lte=start + LOOKED_AT)
        return window.aggregate(last=Max("position"))["last"] or start

    def _wanted(self, start: int, end: int) -> EventQuerySet:
        events = Event.objects.placed().filter(place__position__gt=start, place__position__lte=end)
        if self.kinds:
            events = events.filter(kind__in=self.kinds)
        if self.since is not None:
            events = events.filter(at__gte=self.since)
        return events.order_by("place__position")
