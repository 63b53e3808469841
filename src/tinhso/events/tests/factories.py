"""Plain functions: a kind, events, a second connection."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

import psycopg
from django.db import connection

from tinhso.events import sequencing
from tinhso.events.kinds import EventKind, kinds
from tinhso.events.models import Event, Unplaced
from tinhso.events.services import record
from tinhso.kernel.actors import SystemActor

AT = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
CLERK = SystemActor("clerk")
PROBED = EventKind("probe.probed", "Thử", {"step": "code", "count": "integer"})


def declare() -> None:
    if "probe.probed" not in kinds:
        kinds.register(PROBED.code, PROBED)


def event(
    count: int = 0, *, subject: UUID | None = None, agency: int | None = None, at: datetime = AT
) -> Event:
    return record(
        PROBED,
        subject=subject or uuid4(),
        actor=CLERK,
        at=at,
        agency=agency,
        payload={"step": "one", "count": count},
    )


@contextmanager
def second_connection() -> Iterator[psycopg.Connection[Any]]:
    """Another session on the test database; nothing commits by itself."""
    known = connection.settings_dict
    with psycopg.connect(
        host=known["HOST"],
        port=known["PORT"],
        user=known["USER"],
        password=known["PASSWORD"],
        dbname=known["NAME"],
    ) as other:
        yield other


def insert(other: psycopg.Connection[Any], kind: str = "probe.probed") -> int:
    """An event written by the other session, not committed."""
    row = other.execute(
        "INSERT INTO events_event (uuid, at, kind, subject, actor, payload)"
        " VALUES (gen_random_uuid(), now(), %s, gen_random_uuid(), 'system:other', '{}')"
        " RETURNING id",
        [kind],
    ).fetchone()
    assert row
    return int(row[0])


def place_all() -> None:
    """Place all that waits. The horizon is the server's: other databases' tests may hold it."""
    deadline = time.monotonic() + 240  # the longest test in one transaction, on a busy machine
    while Unplaced.objects.exists() and time.monotonic() < deadline:
        sequencing.place()
        time.sleep(0.02)


class Interrupted(Exception):
    """What a test raises in the middle of an act."""


def interrupt() -> None:
    raise Interrupted
