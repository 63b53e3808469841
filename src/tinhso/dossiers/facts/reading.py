"""Rows of facts, streamed from PostgreSQL: one statement over all dossiers, or the same over some of them.

What a table tells of a dossier is a `Part`: grouped by dossier once, and joined. Nothing is asked dossier by dossier.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import connection
from psycopg import ServerCursor

from tinhso.dossiers.models import Dossier

if TYPE_CHECKING:
    from uuid import UUID

ROWS_AT_ONCE = 5_000
"""How many rows a cursor of the server hands over at a time, and for how many dossiers one statement asks."""
Row = tuple[Any, ...]


def day(instant: str) -> str:
    """SQL of the official day of an instant, which is `calendars.clock.day_of` in SQL."""
    return f"({instant} AT TIME ZONE 'Asia/Ho_Chi_Minh')::date"


@dataclass(frozen=True)
class Part:
    """What tables tell of each dossier: `told` are aggregates over `source`, whose alias `t` knows the dossier."""

    name: str
    told: str
    source: str

    def joined(self, *, some: bool) -> str:
        """The join to the dossier `d`, over all rows or over those of `%(keys)s`."""
        where = "WHERE t.dossier_id = ANY(%(keys)s)" if some else ""
        grouped = (
            f"SELECT t.dossier_id, {self.told} FROM {self.source} {where} GROUP BY t.dossier_id"
        )
        return f"LEFT JOIN ({grouped}) {self.name} ON {self.name}.dossier_id = d.id"


def stream(statement: str, parameters: dict[str, Any] | None = None) -> Iterator[Row]:
    """The rows of a statement through a cursor of the server: a province's dossiers do not fit into one answer.

    In binary form, which Django's own cursor does not speak: of instants as text two thirds of the time is parsing.
    """
    connection.ensure_connection()
    known: Any = connection.connection
    with (
        connection.wrap_database_errors,
        ServerCursor(known, "facts", withhold=connection.get_autocommit()) as cursor,
    ):
        cursor.execute(statement, parameters, binary=True)
        while rows := cursor.fetchmany(ROWS_AT_ONCE):
            yield from rows


def portions(subjects: Sequence[UUID] | None) -> Iterator[list[int] | None]:
    """The keys of the dossiers to read, portion by portion; None once for all of them."""
    if subjects is None:
        yield None
        return
    for start in range(0, len(subjects), ROWS_AT_ONCE):
        some = Dossier.objects.filter(uuid__in=subjects[start : start + ROWS_AT_ONCE])
        if keys := list(some.values_list("pk", flat=True)):
            yield keys
