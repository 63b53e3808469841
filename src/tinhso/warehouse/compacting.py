"""Many small files become one base, and what no snapshot needs leaves the disk."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q

from tinhso.warehouse import files, reading, syncing
from tinhso.warehouse.models import FactFile, Snapshot

if TYPE_CHECKING:
    from datetime import datetime

    from tinhso.warehouse.declaring import FactTable

MANY = 24  # files of changes, beyond which reading pays more than writing anew
STILL_READ = timedelta(minutes=30)  # longer than any question takes
SMALL_PART = 0.1  # of the base: more changed rows than this are worth a new base


@dataclass(frozen=True)
class Compacted:
    """What compaction did: files that became one, rows of it, files that left the disk."""

    joined: int
    rows: int
    removed: int


def is_due(table: FactTable) -> bool:
    """Whether the changes have become many beside the base."""
    snapshot = syncing.newest(table.code)
    if snapshot is None:
        return False
    found = list(FactFile.objects.of(snapshot))
    changed = [file for file in found if not file.is_base]
    base = sum(file.rows for file in found if file.is_base)
    return len(changed) > MANY or sum(file.rows for file in changed) > max(base * SMALL_PART, 1000)


def compact(table: FactTable, *, at: datetime, wait: bool = False) -> Compacted:
    """Write the newest state of the table into one base file; figures stay the same."""
    with syncing.alone(table, wait=wait) as may_write:
        snapshot = syncing.newest(table.code)
        if not may_write or snapshot is None:
            return Compacted(0, 0, 0)
        joined = list(FactFile.objects.of(snapshot))
        rows = 0
        if files.altered(joined):  # what was changed by hand must not get a good hash
            rows = syncing.read_anew(table, at=at).rows
        elif len(joined) > 1:
            with files.new_place(table) as place:
                rows = reading.copy_out(table, snapshot, place.with_suffix(".part"))
                written = files.settle(table, place, rows, is_base=True)
            syncing.publish(table, snapshot.position, at, [written], replaces=True)
    return Compacted(len(joined) if rows else 0, rows, remove_unneeded(table, at=at))


def remove_unneeded(table: FactTable, *, at: datetime) -> int:
    """Forget snapshots that nobody keeps and the files that were theirs alone; how many files left the disk.

    What somebody may still be reading stays: the newest snapshots, and all that were made in the last minutes.
    """
    numbers = Snapshot.objects.filter(table=table.code).order_by("-number")
    recent = list(numbers.values_list("number", flat=True)[:2])
    former = Snapshot.objects.filter(table=table.code, kept=False, made_at__lt=at - STILL_READ)
    former.exclude(number__in=recent).delete()
    needed = Snapshot.objects.filter(
        Q(number__lte=OuterRef("last")), table=OuterRef("table"), number__gte=OuterRef("first")
    )
    gone = FactFile.objects.filter(table=table.code, last__isnull=False).exclude(Exists(needed))
    names = [files.path_of(file) for file in gone]
    FactFile.objects.filter(pk__in=[file.pk for file in gone]).delete()
    for path in names:
        path.unlink(missing_ok=True)
    return len(names) + files.sweep(table.code)
