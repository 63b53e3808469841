"""Sealing (niêm phong): placed events are hashed into a chain, and the hashes leave the database.

The batch is committed first, then appended to the anchor file and synced. A crash in between is made
good at the next run; meanwhile the batch counts as not covered.
"""

from __future__ import annotations

import json
import os
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Max

from tinhso.events import anchors
from tinhso.events.errors import AnchorsDisagree, AnchorsOfAnotherLog, LogHasGap
from tinhso.events.events import RESTAMPED
from tinhso.events.hashing import Link, PlacedEvent, root_of
from tinhso.events.models import Position, Seal, Unplaced
from tinhso.events.sequencing import restamp
from tinhso.events.services import record

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from tinhso.events.anchors import AnchorFile
    from tinhso.kernel.actors import Actor

BATCH = 2_000
_LOCK = 0x7468_7365_616C  # one sealer at a time

_EVENTS = """
SELECT p.position, e.uuid, e.at, e.kind, e.subject, e.agency, e.actor, e.payload::text
FROM events_position p JOIN events_event e ON e.id = p.event_id
WHERE p.position BETWEEN %s AND %s ORDER BY p.position
"""


def placed_events(first: int, last: int) -> Iterator[PlacedEvent]:
    """The events of these positions, in order, as the hash sees them."""
    with connection.cursor() as cursor:
        cursor.execute(_EVENTS, [first, last])
        for row in cursor.fetchall():
            yield PlacedEvent(*(*row[:-1], json.loads(row[-1])))


def link_of(seal: Seal) -> Link:
    """A stored batch as a value."""
    return Link(
        number=seal.number,
        first=seal.first,
        last=seal.last,
        previous=bytes(seal.previous),
        leaves=bytes(seal.leaves),
        root=bytes(seal.root),
    )


def known_name() -> bytes | None:
    """The root of batch 0, which names the log and its anchor file; None before it is drawn."""
    root = Seal.objects.filter(number=0).values_list("root", flat=True).first()
    return None if root is None else bytes(root)


def log_name() -> bytes:
    """The name of the log, drawn once for each log by who seals it."""
    if name := known_name():
        return name
    drawn = Seal(number=0, first=1, last=0, previous=b"", leaves=b"", root=os.urandom(32))
    Seal.objects.bulk_create([drawn], ignore_conflicts=True)
    return bytes(Seal.objects.get(number=0).root)


def newest() -> Link:
    """The last batch of the database."""
    return link_of(Seal.objects.latest("number"))


@transaction.atomic
def seal() -> Link | None:
    """Hash the next placed events into the chain; None when all are sealed."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
    before = newest()
    first = before.last + 1
    leaves: list[bytes] = []
    for event in placed_events(first, before.last + BATCH):
        if event.position != first + len(leaves):
            raise LogHasGap(position=first + len(leaves))
        leaves.append(event.leaf())
    if not leaves:
        return None
    number, last, joined = before.number + 1, before.last + len(leaves), b"".join(leaves)
    root = root_of(number, first, last, before.root, joined)
    link = Link(number, first, last, before.root, joined, root)
    Seal.objects.create(**vars(link))
    return link


@contextmanager
def _own_anchors() -> Iterator[AnchorFile]:
    """The anchor file of this log.

    Refuses with `AnchorsOfAnotherLog` where the folder holds another's: the log was given a new
    name, or two houses share the folder. Beside it nothing is sealed, and no name is drawn.
    """
    if found := anchors.strangers(settings.ANCHORS, known_name()):
        raise AnchorsOfAnotherLog(file=found[0])
    with anchors.opened(settings.ANCHORS, log_name()) as file:
        yield file


def run() -> bool:
    """One batch of the loop, sealed and anchored; True when more is waiting."""
    with _own_anchors() as file:
        file.catch_up(newest())
        link = seal()
        if link is None:
            return False
        file.add(link)
        return link.last - link.first + 1 == BATCH


@dataclass(frozen=True)
class Resumed:
    """What a restored log found: its last position, events still to be placed, events lost.

    `lost` is None when there is no anchor file to tell; `anchors` names the file, and the lost ones
    were sealed between `lost_since` and `lost_until`.
    """

    last: int
    waiting: int
    lost: int | None
    anchors: str
    lost_since: str = ""
    lost_until: str = ""


def resume(*, actor: Actor, at: datetime) -> Resumed:
    """Let a restored database go on (sau khôi phục): restamp, cut the anchors back, say what is lost.

    `lost` counts the anchored events that the database does not have any more. Refuses with
    `AnchorsDisagree` when the restored batches are not those that were anchored.
    """
    with _own_anchors() as file:
        stored, tail = newest(), file.tail()
        if tail and not _was_anchored(stored, tail, file):
            raise AnchorsDisagree(number=stored.number)
        last = Position.objects.aggregate(last=Max("position"))["last"] or 0
        waiting = Unplaced.objects.count()
        lost = max(0, tail.last - last - waiting) if tail else None
        with transaction.atomic():
            restamp()
            subject = UUID(bytes=log_name()[:16], version=4)
            payload = {"lost": lost, "last": last}
            record(RESTAMPED, subject=subject, actor=actor, at=at, payload=payload)
        sealed = _sealed_after(stored.number, file) if lost else []
        if tail is None or tail.number > stored.number:
            file.restored(anchors.Tail(stored.number, stored.last, stored.root), lost)
    between = (sealed[0], sealed[-1]) if sealed else ("", "")
    return Resumed(last, waiting, lost, str(file.path), *between)


def _sealed_after(number: int, file: anchors.AnchorFile) -> list[str]:
    """When the batches after this one were anchored; those that an earlier restore gave up are left out."""
    found: list[str] = []
    for line in anchors.lines(file.path):
        if line.word != "batch":
            found = []
        elif line.number > number:
            found.append(line.at)
    return found


def _was_anchored(stored: Link, tail: anchors.Tail, file: anchors.AnchorFile) -> bool:
    """Whether the newest batch of the database is one of the file, or the one to follow it."""
    if tail.number < stored.number:
        return True  # `catch_up` will judge it
    return any(
        line.number == stored.number and line.root == stored.root
        for line in anchors.lines(file.path)
    )
