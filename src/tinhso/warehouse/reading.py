"""Reading facts: the rows that count in a snapshot, as one Ibis table on an engine.

    dossiers = Lake().table("dossiers.dossier")
    dossiers.filter(dossiers.is_online).count().to_pyarrow().as_py()

Of each subject the rows with the highest position count. Subjects in base files stand there once; those in files of
changes replace them.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tinhso.warehouse import files
from tinhso.warehouse.declaring import FactTable, registry
from tinhso.warehouse.errors import FactsUnavailable, FactTableUnknown, NotYetBuilt
from tinhso.warehouse.models import FactFile, Snapshot
from tinhso.warehouse.syncing import newest

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    import ibis
    from ibis.backends.duckdb import Backend

AT_ONCE = 64  # views of snapshots that a thread holds
_local = threading.local()


def engine() -> Backend:
    """The DuckDB connection of this thread, in memory: it holds nothing but the names of files."""
    import ibis  # noqa: PLC0415  (heavy: only who reads figures pays for it)

    if not hasattr(_local, "engine"):
        _local.engine = ibis.duckdb.connect(threads=2, memory_limit="4GB")
        _local.engine.raw_sql(
            "SET enable_progress_bar = false; SET preserve_insertion_order = false"
        )
    found: Backend = _local.engine
    return found


def table_of(code: str) -> FactTable:
    """The declaration of a table. Raises `FactTableUnknown`."""
    found = registry.get(code)
    if found is None:
        raise FactTableUnknown(table=code, known=", ".join(sorted(registry)))
    return found


@dataclass(frozen=True)
class Lake:
    """The snapshots that one question reads, chosen once: all its figures are of the same state.

    `pinned` names another snapshot than the newest, by table (a closed period).
    """

    pinned: dict[str, Snapshot] = field(default_factory=dict)
    _chosen: dict[str, Snapshot] = field(default_factory=dict)

    def snapshot(self, code: str) -> Snapshot:
        """The snapshot of a table. Raises `NotYetBuilt`."""
        if code not in self._chosen:
            chosen = self.pinned.get(code) or newest(code)
            if chosen is None:
                raise NotYetBuilt(table=code)
            self._chosen[code] = chosen
        return self._chosen[code]

    def table(self, code: str) -> ibis.Table:
        """The rows that count, with the declared columns. Raises `FactsUnavailable` when a file is missing."""
        table, snapshot = table_of(code), self.snapshot(code)
        name = f"{code}@{snapshot.pk}"
        known = _known()
        if name not in known:
            found = list(FactFile.objects.of(snapshot))
            engine().raw_sql(f'CREATE OR REPLACE TEMP VIEW "{name}" AS {rows_of(table, found)}')
            known[name] = engine().table(name), found
            _forget_some(known)
        elif files.missing(known[name][1]):
            raise FactsUnavailable(table=code)
        return known[name][0]


def _known() -> dict[str, tuple[ibis.Table, list[FactFile]]]:
    """The views that this thread's engine has, each with the files behind it."""
    if not hasattr(_local, "known"):
        _local.known = {}
    found: dict[str, tuple[ibis.Table, list[FactFile]]] = _local.known
    return found


def _forget_some(known: dict[str, tuple[ibis.Table, list[FactFile]]]) -> None:
    """Let go of the views of former snapshots: a worker lives for months."""
    while len(known) > AT_ONCE:
        name = next(iter(known))
        del known[name]
        engine().raw_sql(f'DROP VIEW IF EXISTS "{name}"')


def rows_of(table: FactTable, found: Sequence[FactFile]) -> str:
    """The SQL of the rows that count among these files. Raises `FactsUnavailable`."""
    if files.missing(found):
        raise FactsUnavailable(table=table.code)
    base = [files.path_of(file) for file in found if file.is_base]
    changes = [files.path_of(file) for file in found if not file.is_base]
    return sql_of(table, base, changes)


def sql_of(table: FactTable, base: Sequence[Path], changes: Sequence[Path]) -> str:
    """The rows that count in these files, in DuckDB's SQL: the base without what changed, and the newest changes."""
    columns = ", ".join(f'"{column.name}"' for column in table.columns)
    parts = []
    if base:
        changed = (
            f'ANTI JOIN (SELECT "{table.subject}" FROM {_files(changes)}) USING ("{table.subject}")'
        )
        parts.append(f"SELECT {columns} FROM {_files(base)} {changed if changes else ''}")
    if changes:
        newest_of = f'max({files.POSITION}) OVER (PARTITION BY "{table.subject}")'
        parts.append(
            f"SELECT {columns} FROM {_files(changes)}"
            f" QUALIFY {files.POSITION} = {newest_of} AND NOT {files.DELETED}"
        )
    return " UNION ALL ".join(parts)


def _files(paths: Sequence[Path]) -> str:
    listed = ", ".join("'" + str(path).replace("'", "''") + "'" for path in paths)
    return f"read_parquet([{listed}])"


def copy_out(table: FactTable, snapshot: Snapshot, target: Path) -> int:
    """Write the rows that count to a file as a base, sorted by day; how many."""
    place = str(target).replace("'", "''")
    marks = f"{snapshot.position}::BIGINT AS {files.POSITION}, false AS {files.DELETED}"
    rows = rows_of(table, list(FactFile.objects.of(snapshot)))
    import duckdb  # noqa: PLC0415

    try:
        copied: Any = engine().raw_sql(
            f'COPY (SELECT *, {marks} FROM ({rows}) ORDER BY "{table.day}")'
            f" TO '{place}' (FORMAT parquet, COMPRESSION zstd)"
        )
    except duckdb.IOException as error:
        raise OSError(str(error)) from error
    return int(copied.fetchone()[0])
