"""A DuckDB file with one view a fact table, for programs that are not ours: Superset, Metabase, a notebook.

The views read the same Parquet files as our own figures, and show what counts in them when the file was written.
PostgreSQL reads no Parquet, so that the views cannot stand there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

from django.utils import translation

from tinhso.warehouse.models import FactFile
from tinhso.warehouse.reading import Lake, rows_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from tinhso.warehouse.declaring import Column, FactTable


def view_name(table: FactTable) -> str:
    """`dossiers.dossier` is the view `dossiers_dossier`."""
    return table.code.replace(".", "_")


def write_views(tables: Iterable[FactTable], target: Path) -> list[str]:
    """Write the file anew with a view for each table and words on every column; the names of the views.

    Whoever reads a former file goes on reading it: the new one takes its name when it is complete. Raises
    `NotYetBuilt`, `FactsUnavailable`.
    """
    import duckdb  # noqa: PLC0415  (heavy: only who reads figures pays for it)

    part = target.with_name(f".{target.name}.{uuid4().hex}")
    names = []
    try:
        with duckdb.connect(str(part)) as made, translation.override("vi"):
            for table in tables:
                for statement in _statements(table):
                    made.execute(statement)
                names.append(view_name(table))
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)
    return names


def _statements(table: FactTable) -> list[str]:
    name = view_name(table)
    snapshot = Lake().snapshot(table.code)
    found = list(FactFile.objects.of(snapshot))
    return [
        f'CREATE VIEW "{name}" AS {rows_of(table, found)}',
        f'COMMENT ON VIEW "{name}" IS {_quoted(f"{table.name}: {table.grain}")}',
        *(
            f'COMMENT ON COLUMN "{name}"."{column.name}" IS {_quoted(_words(column))}'
            for column in table.columns
        ),
    ]


def _words(column: Column) -> str:
    """The title with its unit and what the codes mean."""
    unit = f" ({column.unit})" if column.is_measure else ""
    codes = ", ".join(f"{code}: {word}" for code, word in column.words)
    return f"{column.title}{unit}{f'. {codes}' if codes else ''}"


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
