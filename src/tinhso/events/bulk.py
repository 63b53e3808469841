"""The bulk writer (ghi hàng loạt): rows by COPY, one event that says so.

    with bulk("demo-days", actor=actor, at=at) as writing:
        writing.copy("dossiers_dossier", ["uuid", ...], rows)
        writing.copy_events(events)

Who writes so makes the rows by the same pure plans as the services. A long import stages its rows
in tables of its own first and publishes from them here, in one short transaction: while it is open,
no event of anybody gets a position.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from django.db import connection, transaction
from psycopg import sql
from psycopg.types.json import Jsonb

from tinhso.events.events import BULK_WRITTEN
from tinhso.events.services import COLUMNS, record, row

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime

    from tinhso.events.models import Event
    from tinhso.kernel.actors import Actor


@dataclass
class BulkWriting:
    """One bulk write under way; `uuid` is the subject of its event."""

    uuid: UUID
    tables: list[str] = field(default_factory=list)
    rows: int = 0

    def copy(self, table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> int:
        """COPY rows into a table; how many. Dicts become JSON; database defaults fill the rest.

        The rows stream: a generator of them that asks the database, which would never answer, is refused.
        """
        statement = sql.SQL("COPY {} ({}) FROM STDIN").format(
            sql.Identifier(table), sql.SQL(", ").join(map(sql.Identifier, columns))
        )
        count = 0
        with (
            connection.execute_wrapper(_refuse_question),
            connection.cursor() as cursor,
            cursor.copy(statement) as copy,
        ):
            for values in rows:
                copy.write_row([Jsonb(v) if isinstance(v, dict) else v for v in values])
                count += 1
        self.rows += count
        if table not in self.tables:
            self.tables.append(table)
        return count

    def copy_events(self, events: Iterable[Event]) -> int:
        """COPY events made by `services.prepare` into the log, in their order."""
        return self.copy("events_event", COLUMNS, map(row, events))


def _refuse_question(_execute: Any, asked: str, *_rest: Any) -> Any:
    """During a COPY the connection answers nothing: whoever asks would wait for ever."""
    message = f"a row of a COPY asks the database; ask before it begins: {asked[:80]}"
    raise RuntimeError(message)


@contextmanager
def bulk(
    reason: str, *, actor: Actor, at: datetime, subject: UUID | None = None
) -> Iterator[BulkWriting]:
    """A transaction for a bulk write; `reason` is a code. Ends with one event `events.bulk_written`.

    Nothing written, nothing recorded.
    """
    with transaction.atomic():
        writing = BulkWriting(subject or uuid4())
        yield writing
        if writing.rows:
            record(
                BULK_WRITTEN,
                subject=writing.uuid,
                actor=actor,
                at=at,
                payload={"reason": reason, "rows": writing.rows, "tables": writing.tables},
            )
