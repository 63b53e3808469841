"""Bring cases of a log into the tables: staged first, without events, then published at once.

Staged rows stand in temporary tables of this connection. Nobody else sees them, they write no
write-ahead log, and the server drops them with the connection, however the process ended: there is
nothing to clean. They are staged block by block, each in a transaction of its own, because no event
of anybody gets its position while a transaction that writes is open.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from typing import Any
from uuid import UUID, uuid4

from django.db import DatabaseError, InterfaceError, connection, transaction

from tinhso.dossiers.importing.cases import ImportedCase
from tinhso.dossiers.importing.errors import LogValueUnfit
from tinhso.dossiers.importing.placing import AUTHORITY, Placing, plan_import, unfit
from tinhso.dossiers.models import Dossier, ImportBatch
from tinhso.dossiers.rows import next_keys
from tinhso.kernel.vectors import vector_text

BLOCK = 20_000  # steps staged in one transaction
_NULL = "\\N"
_NUL = "\x00"
_KEPT = 50_000  # texts
SHOWN = 5  # cases named in a refusal
_STAGED = {
    "staged_case": "id bigint, uuid uuid, procedure_id bigint, channel text, state text, foreign_code text,"
    " key text, began timestamptz, due_at timestamptz, finished_at timestamptz, word text,"
    " attributes jsonb, words tsvector",
    "staged_step": "dossier_id bigint, ordinal int, activity text, at timestamptz, resource text,"
    " department text, place text",
}

_KNOWN = """
    SELECT count(DISTINCT staged.id), (array_agg(staged.foreign_code ORDER BY staged.id, before.id))[1:%(shown)s],
           (array_agg(before.uuid ORDER BY staged.id, before.id))[1]
    FROM pg_temp.staged_case staged
    JOIN dossiers_dossier known ON known.foreign_code = staged.foreign_code
    JOIN dossiers_importbatch before ON before.id = known.batch_id
    WHERE before.agency_id = %(agency)s AND before.procedure_id = %(procedure)s AND before.id <> %(batch)s
"""
# Each statement is complete in itself; %(batch)s and %(agency)s are the batch's.
_PUBLISH = (
    """
    INSERT INTO dossiers_dossier (
        id, uuid, procedure_id, channel, state, version, receiving_agency_id, competent_agency_id,
        returning_agency_id, foreign_code, authority, submitted_at, received_at, due_at,
        finished_at, batch_id
    )
    SELECT id, uuid, procedure_id, channel, state, 1, %(agency)s, %(agency)s, %(agency)s,
           foreign_code, %(authority)s, began, began, due_at, finished_at, %(batch)s
    FROM pg_temp.staged_case
    """,
    """
    INSERT INTO dossiers_importedcase (dossier_id, channel, attributes)
    SELECT id, word, attributes FROM pg_temp.staged_case
    WHERE word <> '' OR attributes <> '{}'
    """,
    """
    INSERT INTO dossiers_dossiersearch (dossier_id, words)
    SELECT id, words FROM pg_temp.staged_case
    """,
    """
    INSERT INTO dossiers_dossierkey (dossier_id, value)
    SELECT id, key FROM pg_temp.staged_case
    """,
    """
    INSERT INTO dossiers_importedstep (
        dossier_id, ordinal, activity, at, resource, department, place
    )
    SELECT dossier_id, ordinal, activity, at, resource, department, place
    FROM pg_temp.staged_step
    """,
)
_REMOVE = (
    *(
        f"DELETE FROM {table} AS gone USING dossiers_dossier AS dossier"  # noqa: S608 - names of our own tables
        " WHERE gone.dossier_id = dossier.id AND dossier.batch_id = %(batch)s"
        for table in (
            "dossiers_importedstep",
            "dossiers_importedcase",
            "dossiers_dossiersearch",
            "dossiers_dossierkey",
        )
    ),
    "DELETE FROM dossiers_dossier WHERE batch_id = %(batch)s",
    "DELETE FROM dossiers_importbatch WHERE id = %(batch)s",
)


class _Unstorable(Exception):
    """A text that PostgreSQL does not take."""


class _Texts(dict[str, str]):
    """Texts as COPY reads them; few people and places do many steps, so that they are kept."""

    def __missing__(self, text: str) -> str:
        if _NUL in text:
            raise _Unstorable(text)
        if len(self) >= _KEPT:
            self.clear()
        escaped = self[text] = _escape(text)
        return escaped


class Staging:
    """Cases on their way into the tables; `cases` and `steps` count what is staged."""

    def __init__(self, placing: Placing) -> None:
        self.placing = placing
        self.cases = self.steps = 0
        self.texts = _Texts()

    def take(self, cases: Iterable[ImportedCase]) -> None:
        """Stage all cases, block by block. What reading them or a single value refuses ends it."""
        block: list[ImportedCase] = []
        waiting = 0
        for case in cases:
            block.append(case)
            waiting += len(case.steps)
            if waiting >= BLOCK:
                self._stage(block)
                block, waiting = [], 0
        if block:
            self._stage(block)

    def _stage(self, block: list[ImportedCase]) -> None:
        rows: list[str] = []
        lines: list[str] = []
        for case, key in zip(block, next_keys(Dossier, len(block)), strict=True):
            self.cases += 1
            rows.append(self._row(case, key))
            lines.extend(self._lines(case, key))
        with transaction.atomic():
            _copy("staged_case", rows)
            _copy("staged_step", lines)
        self.steps += len(lines)

    def _row(self, case: ImportedCase, key: int) -> str:
        planned = plan_import(case, self.placing, self.cases)
        for text in (case.channel, *case.attributes.values()):
            if _NUL in text:
                raise self._unfit("attributes")
        row = (
            f"{key}",
            f"{uuid4()}",
            f"{planned.procedure}",
            planned.channel,
            planned.state,
            _escape(case.foreign_code),
            _escape(planned.key),
            f"{planned.began}",
            _NULL if case.deadline is None else f"{case.deadline}",
            _NULL if case.finished_at is None else f"{case.finished_at}",
            _escape(case.channel),
            _escape(json.dumps(case.attributes, ensure_ascii=False)),
            _escape(vector_text(planned.words)),
        )
        return "\t".join(row) + "\n"

    def _lines(self, case: ImportedCase, key: int) -> list[str]:
        texts = self.texts
        try:
            return [
                f"{key}\t{ordinal}\t{texts[activity]}\t{at}"
                f"\t{texts[resource]}\t{texts[department]}\t{texts[place]}\n"
                for ordinal, (activity, at, resource, department, place) in enumerate(case.steps, 1)
            ]
        except _Unstorable:
            raise self._unfit("activity") from None

    def _unfit(self, purpose: str) -> LogValueUnfit:
        return unfit(self.placing.file, self.cases, purpose)


@contextmanager
def staging(placing: Placing) -> Iterator[Staging]:
    """Empty tables to stage in, gone at the end of the block."""
    _drop()
    with connection.cursor() as cursor:
        for table, columns in _STAGED.items():
            cursor.execute(f"CREATE TEMPORARY TABLE {table} ({columns})")
    try:
        yield Staging(placing)
    finally:
        with suppress(DatabaseError, InterfaceError):  # a lost connection took them along
            _drop()


def _drop() -> None:
    with connection.cursor() as cursor:
        for table in _STAGED:
            cursor.execute(f"DROP TABLE IF EXISTS pg_temp.{table}")


def known_cases(batch: ImportBatch) -> tuple[int, list[str] | None, UUID | None]:
    """How many staged cases an earlier batch brought to the same agency and procedure; some of them, and that batch."""
    with connection.cursor() as cursor:
        here = {"agency": batch.agency_id, "procedure": batch.procedure_id}
        cursor.execute(_KNOWN, {"batch": batch.pk, "shown": SHOWN, **here})
        [(count, cases, before)] = cursor.fetchall()
    return count, cases, before


def publish(batch: ImportBatch) -> None:
    """Move what is staged into the tables, under this batch; inside the caller's transaction."""
    facts: dict[str, Any] = {"batch": batch.pk, "agency": batch.agency_id, "authority": AUTHORITY}
    with connection.cursor() as cursor:
        for statement in _PUBLISH:
            cursor.execute(statement, facts)


def remove(batch: ImportBatch) -> None:
    """Take everything of a batch out of the tables; inside the caller's transaction."""
    with connection.cursor() as cursor:
        # Soon after an import no statistics tell how much stands in the tables: what refers to a row
        # would then be looked for by reading all of them, once for each row.
        cursor.execute("SET LOCAL enable_seqscan = off")
        for statement in _REMOVE:
            cursor.execute(statement, {"batch": batch.pk})


def _copy(table: str, lines: list[str]) -> None:
    with connection.cursor() as cursor, cursor.copy(f"COPY pg_temp.{table} FROM STDIN") as copy:
        copy.write("".join(lines))


def _escape(text: str) -> str:
    """Text as COPY reads it."""
    if "\\" in text:
        text = text.replace("\\", "\\\\")
    if text.isprintable():
        return text
    return text.replace("\t", "\\t").replace("\n", "\\n").replace("\r", "\\r")
