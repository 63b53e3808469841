"""The sequencer (bộ xếp thứ tự): gives committed events their gapless positions.

An event may be placed once no transaction that could still write an earlier one is running: its
transaction lies below the horizon, the oldest transaction still running anywhere on the server. So
a reader that has seen position n has seen all that will ever stand before it. Among placed events,
cause stands before effect: an event whose writer could see another one has the higher id, therefore
nothing is placed while an event with a lower id waits above the horizon.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import connection, transaction

if TYPE_CHECKING:
    from datetime import datetime

BATCH = 5_000
_LOCK = 0x7468_7365_7175  # the sequencer's advisory lock: one writer of positions at a time

# The statement has one snapshot: horizon and visible rows are of the same instant. A transaction
# counts as finished for itself, so that a test in one transaction can place what it recorded. Only the
# first that wait are looked at: a million that came at once are placed in a million steps, not in its square.
_PLACE = """
WITH horizon AS MATERIALIZED (
    SELECT pg_snapshot_xmin(pg_current_snapshot()) AS xid
), waiting AS MATERIALIZED (
    SELECT u.event_id, u.xid < h.xid OR u.xid = pg_current_xact_id_if_assigned() AS is_final
    FROM events_unplaced u, horizon h
    ORDER BY u.event_id LIMIT %s
), ready AS (
    SELECT event_id FROM waiting
    WHERE is_final IS TRUE
      AND event_id < ALL (
          SELECT COALESCE(min(event_id), 9223372036854775807)
          FROM waiting WHERE is_final IS NOT TRUE)
), taken AS (
    DELETE FROM events_unplaced u USING ready WHERE u.event_id = ready.event_id
    RETURNING u.event_id
)
INSERT INTO events_position (position, event_id)
SELECT (SELECT COALESCE(max(position), 0) FROM events_position)
       + row_number() OVER (ORDER BY event_id), event_id
FROM taken
"""


@transaction.atomic
def place(limit: int = BATCH) -> int:
    """Append positions for up to `limit` events; how many were placed. None while another does."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_LOCK])
        if not cursor.fetchone()[0]:
            return 0
        cursor.execute(_PLACE, [limit])
        return int(cursor.rowcount)


def run() -> bool:
    """One batch of the loop; True when more is waiting."""
    return place() == BATCH


@transaction.atomic
def restamp() -> int:
    """Say of every event without a position that its transaction is finished; how many there are.

    A restored database counts transactions anew: the old numbers mean nothing in the new cluster.
    """
    with connection.cursor() as cursor:
        cursor.execute("UPDATE events_unplaced SET xid = pg_current_xact_id()")
        return int(cursor.rowcount)


@dataclass(frozen=True)
class Horizon:
    """What holds the sequencer back: events waiting, since when, the oldest writer now running."""

    waiting: int
    since: datetime | None
    age: timedelta
    writer_age: timedelta


def horizon() -> Horizon:
    """How far behind the log is, in real time."""
    with connection.cursor() as cursor:
        cursor.execute("""
            SELECT count(*), min(since), COALESCE(clock_timestamp() - min(since), '0'::interval),
                (SELECT COALESCE(max(clock_timestamp() - xact_start), '0'::interval)
                 FROM pg_stat_activity
                 WHERE backend_xid IS NOT NULL AND pid <> pg_backend_pid())
            FROM events_unplaced
        """)
        waiting, since, age, writer_age = cursor.fetchone()
    return Horizon(waiting, since, age, writer_age)
