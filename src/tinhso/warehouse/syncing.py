"""From the log into files: what changed is read again, written to a new file, and named by a new snapshot.

A crash anywhere leaves the former snapshot and perhaps a file that nobody names. A row may already show what an event
beyond its position did; that event is then read again later, which changes nothing.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any

from django.db import connection, transaction
from django.db.models import Max, Q

from tinhso.events.models import Event, Position
from tinhso.warehouse import files
from tinhso.warehouse.errors import NotYetBuilt
from tinhso.warehouse.models import FactFile, Snapshot

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime
    from uuid import UUID

    from tinhso.warehouse.declaring import FactTable

BATCH = 20_000  # positions of the log read at a time
_LOCK = 0x6661_6374  # advisory, with the table: one writer of its snapshots at a time
_TRY, _WAIT = "pg_try_advisory_xact_lock", "pg_advisory_xact_lock"


@dataclass(frozen=True)
class Synced:
    """What one run did to a table: the place in the log that it stands for, rows written, whether more waits."""

    position: int
    rows: int
    more: bool = False


def newest(table: str) -> Snapshot | None:
    """The snapshot that readers see, or None before the first."""
    return Snapshot.objects.filter(table=table).order_by("-number").first()


def behind(table: str) -> int:
    """How many places of the log the newest snapshot has not seen."""
    snapshot = newest(table)
    return end_of_log() - (snapshot.position if snapshot else 0)


def end_of_log() -> int:
    """The last place of the log."""
    return int(Position.objects.aggregate(last=Max("position"))["last"] or 0)


def sync(table: FactTable, *, at: datetime, wait: bool = False) -> Synced:
    """Take in what the log told since the newest snapshot, or everything when that costs less or a file is missing.

    While another process works on the table nothing is done, unless it is to `wait`.
    """
    with alone(table, wait=wait) as may_write:
        if not may_write:
            return Synced(0, 0)
        snapshot = newest(table.code)
        if snapshot is None or _is_better_read_anew(table, snapshot):
            return read_anew(table, at=at)
        end = min(end_of_log(), snapshot.position + BATCH)
        more = end < end_of_log()
        if end == snapshot.position:
            return Synced(end, 0)
        subjects = table.subjects(list(_events(table, snapshot.position, end)))
        if subjects is None:
            return read_anew(table, at=at)
        touched = sorted(set(subjects))
        if not touched:
            Snapshot.objects.filter(pk=snapshot.pk).update(position=end)
            return Synced(end, 0, more)
        written = files.write(table, _versions(table, touched, end), is_base=False)
        publish(table, end, at, [written], replaces=False)
        return Synced(end, written.rows, more)


def _is_better_read_anew(table: FactTable, snapshot: Snapshot) -> bool:
    """The declaration has changed, a file is missing, or the log has told more than there are rows."""
    found = list(FactFile.objects.of(snapshot))
    if snapshot.shape != table.shape or files.missing(found):
        return True
    rows = sum(file.rows for file in found if file.is_base)
    return end_of_log() - snapshot.position > max(BATCH, rows)


def rebuild(table: FactTable, *, at: datetime, wait: bool = False) -> Synced:
    """Read every row anew and let one base file stand for all; former files stay only for snapshots that are kept."""
    with alone(table, wait=wait) as may_write:
        return read_anew(table, at=at) if may_write else Synced(0, 0)


def read_anew(table: FactTable, *, at: datetime) -> Synced:
    """One base file of all rows as they are, for who is `alone`."""
    end = end_of_log()
    rows = ((*row, end, False) for row in table.rows(None))
    written = files.write(table, rows, is_base=True)
    publish(table, end, at, [written], replaces=True)
    return Synced(end, written.rows)


def _events(table: FactTable, start: int, end: int) -> Iterator[Event]:
    placed = Event.objects.placed().filter(place__position__gt=start, place__position__lte=end)
    concerned = placed.filter(reduce(or_, (Q(kind__startswith=kind) for kind in table.kinds)))
    return concerned.order_by("place__position").iterator()


def _versions(
    table: FactTable, touched: Sequence[UUID], position: int
) -> Iterator[tuple[Any, ...]]:
    """The rows of the subjects as they are, and for each that has none (any more) a row that says so."""
    names = [column.name for column in table.columns]
    place = names.index(table.subject)
    left = {str(subject) for subject in touched}
    for row in table.rows(touched):
        left.discard(row[place])
        yield (*row, position, False)
    for subject in sorted(left):
        nothing: list[Any] = [None] * len(names)
        nothing[place] = subject
        yield (*nothing, position, True)


@contextmanager
def alone(table: FactTable, *, wait: bool = False) -> Iterator[bool]:
    """A transaction in which nobody else publishes snapshots of the table; False while somebody does."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            lock = _WAIT if wait else _TRY
            cursor.execute(f"SELECT {lock}(%s, hashtext(%s))", [_LOCK, table.code])
            (mine,) = cursor.fetchone()
        yield wait or bool(mine)


def publish(
    table: FactTable, position: int, at: datetime, written: Sequence[FactFile], *, replaces: bool
) -> Snapshot:
    """Let the written files count: a new snapshot, in the transaction of the caller."""
    before = newest(table.code)
    number = before.number + 1 if before else 1
    if replaces:
        FactFile.objects.filter(table=table.code, last=None).update(last=number - 1)
    for file in written:
        file.first = number
        file.save(force_insert=True)
    return Snapshot.objects.create(
        table=table.code, number=number, position=position, made_at=at, shape=table.shape
    )


def keep(table: str) -> Snapshot:
    """Let the newest snapshot of a table keep its files for good, in the caller's transaction. Raises `NotYetBuilt`."""
    snapshot = newest(table)
    locked = (
        Snapshot.objects.select_for_update().filter(pk=snapshot.pk).first() if snapshot else None
    )
    if locked is None:
        raise NotYetBuilt(table=table)
    Snapshot.objects.filter(pk=locked.pk).update(kept=True)
    return locked
