"""The only writer of the log."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from django.db import connection, transaction
from psycopg import sql

from tinhso.events.errors import ExportTooLong
from tinhso.events.events import EXPORTED
from tinhso.events.kinds import kinds
from tinhso.events.models import Event
from tinhso.events.permissions import EventPermission
from tinhso.events.queries import search
from tinhso.kernel.compiled import prepared
from tinhso.kernel.permissions import require

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime
    from uuid import UUID

    from tinhso.events.kinds import EventKind
    from tinhso.events.models import EventQuerySet
    from tinhso.events.queries import Search
    from tinhso.kernel.actors import Actor

LONGEST_EXPORT = 100_000  # rows; beyond this the auditor narrows the filter

# One statement, one round trip: the trigger of the table adds the transaction for the sequencer.
_INSERT = """
INSERT INTO events_event (uuid, at, kind, subject, agency, actor, payload)
VALUES (%s, %s, %s, %s, %s, %s, %s::jsonb) RETURNING id
"""


def record(
    kind: EventKind,
    *,
    subject: UUID,
    actor: Actor,
    at: datetime,
    agency: int | None = None,
    payload: Mapping[str, Any] | None = None,
) -> Event:
    """Append one event inside the caller's transaction; it commits with the act or not at all.

    Raises `LookupError` for a kind that no app declared, `ValueError` for a payload that the kind
    does not declare.
    """
    event = prepare(kind, subject=subject, actor=actor, at=at, agency=agency, payload=payload)
    with prepared() as cursor:
        cursor.execute(_INSERT, row(event))
        (event.id,) = cursor.fetchone()
    event._state.adding = False  # noqa: SLF001  # it is stored now, as Django's own create says
    event._state.db = connection.alias  # noqa: SLF001
    return event


def prepare(
    kind: EventKind,
    *,
    subject: UUID,
    actor: Actor,
    at: datetime,
    agency: int | None = None,
    payload: Mapping[str, Any] | None = None,
) -> Event:
    """The event as a value, checked, not stored: for plans and for bulk writers."""
    if kinds.get(kind.code) is not kind:
        raise LookupError(f"event kind {kind.code} is not declared")
    if at.tzinfo is None:
        raise ValueError("an instant carries its zone")
    return Event(
        uuid=uuid4(),
        at=at,
        kind=kind.code,
        subject=subject,
        agency=agency,
        actor=actor.key,
        payload=kind.checked(payload or {}),
    )


def row(event: Event) -> tuple[Any, ...]:
    """The columns of an event for an INSERT or a COPY: `COLUMNS` in their order."""
    text = json.dumps(event.payload, ensure_ascii=False, separators=(",", ":"))
    return (event.uuid, event.at, event.kind, event.subject, event.agency, event.actor, text)


def record_all(events: Iterable[Event]) -> None:
    """Append many events made by `prepare`, in their order, inside the caller's transaction: one COPY.

    For an act that changes many subjects at once, each of which must find it in its own history. They are all made
    before the COPY begins: whoever makes them may ask the database, which answers nothing during a COPY.
    """
    rows = [row(event) for event in events]
    statement = sql.SQL("COPY events_event ({}) FROM STDIN").format(
        sql.SQL(", ").join(map(sql.Identifier, COLUMNS))
    )
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        for values in rows:
            copy.write_row(values)


COLUMNS = ("uuid", "at", "kind", "subject", "agency", "actor", "payload")


@transaction.atomic
def export(wanted: Search, *, actor: Actor, at: datetime) -> EventQuerySet:
    """The events to be exported (kết xuất nhật ký), recorded before the first leaves.

    Raises `ExportTooLong` beyond `LONGEST_EXPORT` rows.
    """
    require(actor, EventPermission.EXPORT, at=at)
    found = search(wanted, actor=actor, at=at)
    last = found.values_list("id", flat=True).first() or 0
    count = found[: LONGEST_EXPORT + 1].count()
    if count > LONGEST_EXPORT:
        raise ExportTooLong(limit=LONGEST_EXPORT)
    record(EXPORTED, subject=uuid4(), actor=actor, at=at, payload={"rows": count})
    return found.filter(id__lte=last)
