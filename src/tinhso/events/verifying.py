"""Verify the log: every event against the hashes of the anchor file, or of the database.

With anchors this finds what was altered, removed or added up to the last anchor, also when somebody
switched the triggers off as owner and recomputed the hashes stored in the database. It cannot tell
an event that a false writer passed through the sequencer like any other, nor anything past the last
anchor: that is listed as not covered.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal

from django.db import connection, transaction

from tinhso.events import anchors, chains
from tinhso.events.sealing import known_name, placed_events

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tinhso.events.chains import Chain, Range
    from tinhso.events.hashing import Link, PlacedEvent

Status = Literal["ok", "altered", "missing", "added", "chain_broken", "other_log", "not_covered"]


Told = Callable[[int, int], None]
"""Is told how far it has come: the last position that was compared, and the last there is to compare."""


@dataclass(frozen=True)
class Finding:
    """The first thing that is wrong: at which position, which event (its uuid when it is there).

    `file` is an anchor file of the folder that does not bear this log's name: what it says of the
    log is found by it. Where nothing before agrees with it, it may be another house's: `other_log`.
    """

    status: Status
    position: int | None = None
    event: str | None = None
    number: int | None = None
    file: str | None = None


@dataclass
class Verification:
    """What was found. `covered` and `uncovered` are inclusive ranges of positions."""

    finding: Finding | None
    checked: int
    covered: list[Range] = field(default_factory=list)
    uncovered: list[Range] = field(default_factory=list)
    waiting: int = 0
    last_anchor_at: str | None = None
    lost: int = 0

    @property
    def status(self) -> Status:
        """`ok`, or what was found first."""
        return self.finding.status if self.finding else "ok"


def _in_silence(_done: int, _whole: int) -> None:
    pass


def verify(folder: Path | None = None, told: Told = _in_silence) -> Verification:
    """Verify the log by the anchor file in `folder`; without one, by the database's own batches.

    Reads one snapshot, writes nothing; acts may go on meanwhile.
    """
    with transaction.atomic():
        if not connection.savepoint_ids:
            connection.cursor().execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        name = known_name()
        chain = chains.anchored(folder, name) if folder else chains.stored()
        finding, checked = _judge(chain, told)
        finding = finding or _strangers()
        if folder and finding is None and (left := _left_behind(folder, name)):
            finding = left.finding
            if left.checked:
                chain, checked = left.chain, left.checked
        if folder and finding is None:
            finding = _outside_the_anchors(chain) or _gap(chain)
        return _measured(chain, finding, checked)


def _judge(chain: Chain, told: Told = _in_silence) -> tuple[Finding | None, int]:
    """The first finding of a chain, and how many events agreed before it."""
    checked = 0
    if finding := _chain_finding(chain):
        return finding, checked
    for link in chain.links():
        if finding := _compare(link, chain):
            agreed = (finding.position or link.first) - link.first
            return finding, checked + agreed
        checked += link.last - link.first + 1
        told(link.last, chain.last)
    return None, checked


def _chain_finding(chain: Chain) -> Finding | None:
    """A batch whose root does not follow from its content and its predecessor."""
    previous = chain.start
    for link in chain.links():
        if not link.is_whole() or (previous is not None and link.previous != previous):
            return Finding("chain_broken", link.first, number=link.number)
        previous = None if link.number in chain.breaks else link.root
    return None


def _compare(link: Link, chain: Chain) -> Finding | None:
    """The first position of a batch where the log says something else than was hashed."""
    events = {event.position: event for event in placed_events(link.first, link.last)}
    for position in range(link.first, link.last + 1):
        event = events.get(position)
        if event is None:
            return Finding("missing", position, number=link.number)
        if event.leaf() != link.leaf(position):
            return _named(event, link, chain)
    return None


def _named(event: PlacedEvent, link: Link, chain: Chain) -> Finding:
    """Whether the event was altered, or stands where another one was removed or put in between."""
    here = event.position
    after = next(iter(placed_events(here + 1, here + 1)), None)
    moved_up = event.leaf(here + 1) == chain.leaf(here + 1)
    moved_down = after is not None and after.leaf(here) == link.leaf(here)
    if moved_up and not moved_down:
        return Finding("missing", here, number=link.number)
    if moved_down and not moved_up:
        return Finding("added", here, str(event.uuid), link.number)
    return Finding("altered", here, str(event.uuid), link.number)


def _strangers() -> Finding | None:
    """An event that never passed the sequencer and does not wait for it, or stands before the log."""
    with connection.cursor() as cursor:
        cursor.execute("""
            SELECT p.position, e.uuid FROM events_event e
            LEFT JOIN events_position p ON p.event_id = e.id
            LEFT JOIN events_unplaced u ON u.event_id = e.id
            WHERE (p.position IS NULL AND u.event_id IS NULL) OR p.position < 1
            ORDER BY e.id LIMIT 1
        """)
        row = cursor.fetchone()
    return Finding("added", row[0], str(row[1])) if row else None


def _outside_the_anchors(chain: Chain) -> Finding | None:
    """What the database alone says by its own batches that the anchors lack."""
    stored = chains.stored()
    for number, root in chain.roots.items():
        if stored.roots.get(number, root) != root:
            first = next(each.first for each in stored.batches if each.number == number)
            return Finding("chain_broken", first, number=number)
    own = stored.without(chain.roots)
    finding, _checked = _judge(own)
    return finding


@dataclass(frozen=True)
class _Left:
    """What an anchor file of another name says of the log, and how many events agree with it."""

    chain: Chain
    finding: Finding
    checked: int


def _left_behind(folder: Path, name: bytes | None) -> _Left | None:
    """The anchor file of another name that says most: the log's batches were removed, or named anew."""
    found = []
    for path in anchors.strangers(folder, name):
        chain = chains.of_file(path)
        finding, checked = _judge(chain)
        status: Status = finding.status if finding and checked else "other_log"
        told = replace(finding or Finding(status), status=status, file=str(path))
        found.append(_Left(chain, told, checked))
    return max(
        found, key=lambda left: (left.finding.status != "other_log", left.checked), default=None
    )


def _gap(chain: Chain) -> Finding | None:
    return Finding("not_covered", chain.gaps[0][0]) if chain.gaps else None


def _measured(chain: Chain, finding: Finding | None, checked: int) -> Verification:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT COALESCE((SELECT max(position) FROM events_position), 0),"
            " (SELECT count(*) FROM events_unplaced)"
        )
        last, waiting = cursor.fetchone()
    uncovered = sorted([*chain.gaps, *chain.before])
    if last > chain.last:
        uncovered.append((chain.last + 1, last))
    return Verification(
        finding, checked, list(_joined(chain)), uncovered, waiting, chain.last_at, chain.lost
    )


def _joined(chain: Chain) -> Iterator[Range]:
    """The ranges of the batches, neighbours joined."""
    start = end = None
    for first, last in chain.ranges():
        if end is not None and first == end + 1:
            end = last
            continue
        if start is not None and end is not None:
            yield start, end
        start, end = first, last
    if start is not None and end is not None:
        yield start, end
