"""Reading facts: the rows that count in a snapshot, as one Ibis table on an engine.

    dossiers = Lake().table("dossiers.dossier")
    dossiers.filter(dossiers.is_online).count().to_pyarrow().as_py()

Of each subject the rows with the highest position count. Subjects in base files stand there once; those in files of
changes replace them.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from django.conf import settings

from tinhso.warehouse import files
from tinhso.warehouse.declaring import FactTable, registry
from tinhso.warehouse.engines import DuckDB, engine, sql_of
from tinhso.warehouse.errors import FactsUnavailable, FactTableUnknown, NotYetBuilt
from tinhso.warehouse.models import FactFile, Snapshot
from tinhso.warehouse.syncing import newest

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    import ibis

    from tinhso.warehouse.declaring import ColumnType
    from tinhso.warehouse.engines import Question

AT_ONCE = 64  # views of snapshots that a thread holds
_views: dict[int, dict[str, tuple[ibis.Table, list[FactFile]]]] = {}
"""The views of each engine with the files behind them, by the number of its thread."""


def table_of(code: str) -> FactTable:
    """The declaration of a table. Raises `FactTableUnknown`."""
    found = registry.get(code)
    if found is None:
        raise FactTableUnknown(table=code, known=", ".join(sorted(registry)))
    return found


@dataclass(frozen=True)
class Lake:
    """The snapshots that one question reads, chosen once: all its figures are of the same state.

    `pinned` names another snapshot than the newest, by table (a closed period). `has_former` lets it be of another
    shape: its rows then have the columns that are declared now and were then.
    """

    pinned: dict[str, Snapshot] = field(default_factory=dict)
    has_former: bool = False
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
        """The rows that count, with the declared columns. Raises `FactsUnavailable`: a file is missing, or old."""
        return self._named(code)[1]

    def _named(self, code: str) -> tuple[str, ibis.Table]:
        """The same with the name under which the engine holds them."""
        table, snapshot = table_of(code), self.snapshot(code)
        name = self._name(code)
        known = _known()
        if snapshot.shape != table.shape:
            if not (self.has_former and code in self.pinned):
                raise FactsUnavailable(table=code)
            table, name = _as_kept(table, self._columns(code)), f"{name}-"
        if name not in known:
            found = list(FactFile.objects.of(snapshot))
            known[name] = engine().rows(name, table, *_paths(table, found)), found
            _forget_some(known)
        elif files.missing(known[name][1]):
            raise FactsUnavailable(table=code)
        return name, known[name][0]

    def is_of_one_version(self, code: str) -> bool:
        """Whether its columns mean what they mean now, though others may have come or gone. Raises as `table`."""
        table, snapshot = table_of(code), self.snapshot(code)
        if snapshot.shape == table.shape:
            return True
        return table.shape_with(self._columns(code)) == snapshot.shape

    def _columns(self, code: str) -> dict[str, ColumnType]:
        """The columns that the files of the snapshot have."""
        found = list(FactFile.objects.of(self.snapshot(code)))
        if not found or files.missing(found):
            raise FactsUnavailable(table=code)
        return files.columns_in(found[0])

    def answer(
        self, code: str, question: Question, ask: Callable[[ibis.Table], ibis.Table]
    ) -> list[dict[str, Any]]:
        """The rows of a question about one table; `question` says all that `ask` depends on but the rows.

        Raises `FactsUnavailable`.
        """
        name, table = self._named(code)
        return engine().answer([name], (code, *question), lambda: ask(table))

    def answer_beside(
        self,
        former: Lake,
        code: str,
        question: Question,
        ask: Callable[[ibis.Table, ibis.Table], ibis.Table],
    ) -> list[dict[str, Any]]:
        """The same of a question about another snapshot of the table and this one. Raises `FactsUnavailable`."""
        (then, before), (now, after) = former._named(code), self._named(code)
        return engine().answer([then, now], (code, *question), lambda: ask(before, after))

    def _name(self, code: str) -> str:
        return f"{settings.WAREHOUSE_ENGINE}/{code}@{self.snapshot(code).uuid}"


def _as_kept(table: FactTable, columns: Mapping[str, ColumnType]) -> FactTable:
    """The declaration without what the files lack. Raises `FactsUnavailable`: they lack what places a row."""
    kept = tuple(each for each in table.columns if columns.get(each.name) == each.type)
    try:
        return replace(table, columns=kept)
    except ValueError as error:
        raise FactsUnavailable(table=table.code) from error


def _known() -> dict[str, tuple[ibis.Table, list[FactFile]]]:
    """The views that this thread's engine has, each with the files behind it."""
    return _views.setdefault(threading.get_ident(), {})


def _forget_some(known: dict[str, tuple[ibis.Table, list[FactFile]]]) -> None:
    """Let go of the views of former snapshots: a worker lives for months."""
    while len(known) > AT_ONCE:
        name = next(iter(known))
        del known[name]
        engine().forget(name)


def rows_of(table: FactTable, found: Sequence[FactFile]) -> str:
    """The rows that count among these files, in DuckDB's SQL. Raises `FactsUnavailable`."""
    return sql_of(table, *_paths(table, found))


def _paths(table: FactTable, found: Sequence[FactFile]) -> tuple[list[Path], list[Path]]:
    """Where the base and the changes lie; all of them are there."""
    if files.missing(found):
        raise FactsUnavailable(table=table.code)
    base = [files.path_of(file) for file in found if file.is_base]
    return base, [files.path_of(file) for file in found if not file.is_base]


def copy_out(table: FactTable, snapshot: Snapshot, target: Path) -> int:
    """Write the rows that count to a file as a base, sorted by day; how many."""
    place = str(target).replace("'", "''")
    marks = f"{snapshot.position}::BIGINT AS {files.POSITION}, false AS {files.DELETED}"
    rows = rows_of(table, list(FactFile.objects.of(snapshot)))
    import duckdb  # noqa: PLC0415

    try:
        copied: Any = DuckDB().backend.raw_sql(
            f'COPY (SELECT *, {marks} FROM ({rows}) ORDER BY "{table.day}")'
            f" TO '{place}' (FORMAT parquet, COMPRESSION zstd)"
        )
    except duckdb.IOException as error:
        raise OSError(str(error)) from error
    return int(copied.fetchone()[0])
