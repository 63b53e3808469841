"""Where questions are worked out: DuckDB in this process, or Spark over the same files when one machine is outgrown.

Which one is a setting alone (`TINHSO_ENGINE`, `TINHSO_SPARK_MASTER`): the questions are the same Ibis expressions.
Spark needs `pyspark` beside our requirements, Java, and workers that see the files under the same paths.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Hashable
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Protocol

from django.conf import settings

from tinhso.warehouse.errors import EngineUnknown
from tinhso.warehouse.files import DELETED, POSITION

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    import ibis
    from ibis.backends import BaseBackend

    from tinhso.warehouse.declaring import FactTable

Question = tuple[Hashable, ...]
QUESTIONS = 400  # that the process keeps as SQL
_NAME = "@rows-of-snapshot-{}@"
_asked: OrderedDict[Question, str] = OrderedDict()
"""What questions are in DuckDB's SQL, whichever thread put them first."""


class Engine(Protocol):
    """What works out questions."""

    backend: BaseBackend

    def rows(
        self, name: str, table: FactTable, base: Sequence[Path], changes: Sequence[Path]
    ) -> ibis.Table:
        """The rows of these files that count, under a name that the engine keeps."""
        ...

    def answer(
        self, names: Sequence[str], question: Question, ask: Callable[[], ibis.Table]
    ) -> list[dict[str, Any]]:
        """The rows that `ask` gives of the tables of these names; `question` says all it depends on but their rows."""
        ...

    def forget(self, name: str) -> None:
        """Let go of a name."""
        ...


class DuckDB:
    """A connection of this thread to one database in memory: it holds nothing but the names of files."""

    def __init__(self) -> None:
        import ibis  # noqa: PLC0415  (heavy: only who reads figures pays for it)

        self.backend = ibis.duckdb.from_connection(_database().cursor())

    def rows(
        self, name: str, table: FactTable, base: Sequence[Path], changes: Sequence[Path]
    ) -> ibis.Table:
        """A view."""
        counted = sql_of(table, base, changes)
        self.backend.raw_sql(f'CREATE OR REPLACE TEMP VIEW "{name}" AS {counted}')
        return self.backend.table(name)

    def answer(
        self, names: Sequence[str], question: Question, ask: Callable[[], ibis.Table]
    ) -> list[dict[str, Any]]:
        """To put a question into SQL takes longer than to answer it: it is put once for all snapshots."""
        sql = _asked.get(question)
        if sql is None:
            sql = str(self.backend.compile(ask()))
            for number, name in enumerate(names):
                sql = sql.replace(name, _NAME.format(number))
            _keep(question, sql)
        for number, name in enumerate(names):
            sql = sql.replace(_NAME.format(number), name)
        found: Any = self.backend.raw_sql(sql)
        titles = [column[0] for column in found.description]
        return [dict(zip(titles, row, strict=True)) for row in found.fetchall()]

    def forget(self, name: str) -> None:
        """Drop the view."""
        self.backend.raw_sql(f'DROP VIEW IF EXISTS "{name}"')


def _keep(question: Question, sql: str) -> None:
    with _making:
        _asked[question] = sql
        if len(_asked) > QUESTIONS:
            _asked.popitem(last=False)


class Spark:
    """A session at a master (`local[2]`, `spark://host:7077`); instants do not occur, days have no zone."""

    def __init__(self, master: str) -> None:
        import ibis  # noqa: PLC0415
        from pyspark.sql import SparkSession  # noqa: PLC0415  (no part of our requirements)

        building = SparkSession.builder.master(master).appName("tinhso")
        building = building.config("spark.ui.enabled", "false")
        self.session = building.config("spark.sql.session.timeZone", "UTC").getOrCreate()
        self.backend = ibis.pyspark.connect(self.session)

    def rows(
        self, name: str, table: FactTable, base: Sequence[Path], changes: Sequence[Path]
    ) -> ibis.Table:
        """The same rows as an expression: Spark's SQL has no QUALIFY."""
        names = [column.name for column in table.columns]
        changed = self._read(f"{name}+", changes)
        kept = self._read(f"{name}-", base)
        if changed is None:
            return kept.select(names) if kept is not None else None
        newest = changed.group_by(table.subject).mutate(_newest=changed[POSITION].max())
        counted = newest.filter(newest[POSITION] == newest["_newest"], ~newest[DELETED]).select(
            names
        )
        if kept is None:
            return counted
        return kept.anti_join(changed, table.subject).select(names).union(counted)

    def _read(self, name: str, paths: Sequence[Path]) -> Any:
        if not paths:
            return None
        view = "".join(letter if letter.isalnum() else "_" for letter in name)
        view += "changes" if name.endswith("+") else ""
        self.session.read.parquet(*[str(path) for path in paths]).createOrReplaceTempView(view)
        return self.backend.table(view)

    def answer(
        self, names: Sequence[str], question: Question, ask: Callable[[], ibis.Table]
    ) -> list[dict[str, Any]]:
        """As asked: to run it takes far longer than to put it."""
        del names, question
        rows: list[dict[str, Any]] = ask().to_pyarrow().to_pylist()
        return rows

    def forget(self, name: str) -> None:
        """Nothing is held beside the names of files."""


MAKERS: dict[str, Callable[[], Engine]] = {
    "duckdb": DuckDB,
    "spark": lambda: Spark(settings.SPARK_MASTER),
}
_engines: dict[tuple[str, int], Engine] = {}
"""Engines by the number of their thread, which the system gives again when a thread has ended.

A thread of the server that was idle ends, and may not take its connection with it: DuckDB lets go of it wrongly there,
and the process dies. So a later thread of that number takes it over.
"""
_making = threading.Lock()


def _database() -> Any:
    """The one database of this process: the limit of its memory is for all threads together."""
    with _making:
        return _made_once()


@lru_cache(maxsize=1)
def _made_once() -> Any:
    import duckdb  # noqa: PLC0415

    made = duckdb.connect(config={"threads": 2, "memory_limit": "4GB"})
    made.execute("SET GLOBAL preserve_insertion_order = false")
    return made


def engine() -> Engine:
    """The engine of this thread. Raises `EngineUnknown`."""
    wanted = settings.WAREHOUSE_ENGINE
    if wanted not in MAKERS:
        raise EngineUnknown(engine=wanted, known=", ".join(MAKERS))
    mine = wanted, threading.get_ident()
    if mine not in _engines:
        _engines[mine] = MAKERS[wanted]()
    return _engines[mine]


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
        newest_of = f'max({POSITION}) OVER (PARTITION BY "{table.subject}")'
        parts.append(
            f"SELECT {columns} FROM {_files(changes)}"
            f" QUALIFY {POSITION} = {newest_of} AND NOT {DELETED}"
        )
    return " UNION ALL ".join(parts)


def _files(paths: Sequence[Path]) -> str:
    listed = ", ".join("'" + str(path).replace("'", "''") + "'" for path in paths)
    return f"read_parquet([{listed}])"
