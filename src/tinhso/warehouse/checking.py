"""Whether the warehouse says what PostgreSQL says: sums of every measure, and a sample of whole rows."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from uuid import UUID

from tinhso.warehouse import files
from tinhso.warehouse.models import FactFile
from tinhso.warehouse.reading import Lake
from tinhso.warehouse.syncing import behind, newest

if TYPE_CHECKING:
    from typing import Any

    from tinhso.warehouse.declaring import FactTable

SAMPLE = 200  # subjects whose rows are compared column by column


@dataclass(frozen=True)
class Difference:
    """What differs: a `column` (empty for the number of rows) in total, or a `subject` with one of its columns."""

    column: str
    warehouse: object
    database: object
    subject: str = ""


@dataclass(frozen=True)
class Checked:
    """The verdict on one table: rows and sampled subjects compared, differences, files missing or altered."""

    table: str
    rows: int
    sampled: int
    behind: int
    differences: list[Difference] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    altered: list[str] = field(default_factory=list)

    @property
    def is_right(self) -> bool:
        """Whether nothing differs. A table that is behind may differ rightly: sync first."""
        return not (self.differences or self.missing or self.altered)


def check(table: FactTable) -> Checked:
    """Compare a table of the warehouse with the database that it was read from."""
    snapshot = newest(table.code)
    if snapshot is None:
        return Checked(
            table.code, 0, 0, behind(table.code), [Difference("", None, table.total(""))]
        )
    found = list(FactFile.objects.of(snapshot))
    missing = [file.name for file in files.missing(found)]
    if missing:
        return Checked(table.code, 0, 0, behind(table.code), missing=missing)
    altered = [file.name for file in files.altered(found)]
    if altered:
        return Checked(table.code, 0, 0, behind(table.code), altered=altered)
    rows, differences = _totals(table)
    subjects = _sample(table)
    differences += _rows_that_differ(table, subjects)
    return Checked(table.code, rows, len(subjects), behind(table.code), differences)


def _totals(table: FactTable) -> tuple[int, list[Difference]]:
    facts = Lake().table(table.code)
    measures = [column.name for column in table.columns if column.is_measure]
    asked = {"": facts.count()} | {name: facts[name].sum() for name in measures}
    answer = facts.aggregate(**{f"total_{name}": value for name, value in asked.items()})
    [row] = answer.to_pyarrow().to_pylist()
    ours = {name: row[f"total_{name}"] or 0 for name in asked}
    theirs = {name: table.total(name) for name in asked}
    wrong = [
        Difference(name, ours[name], theirs[name]) for name in asked if ours[name] != theirs[name]
    ]
    return int(ours[""]), wrong


def _sample(table: FactTable) -> list[UUID]:
    """Some subjects, the same each time for the same rows: those whose hash comes first."""
    facts = Lake().table(table.code)
    subjects = facts.select(table.subject).distinct()
    first = subjects.order_by(subjects[table.subject].hash()).limit(SAMPLE)
    return [UUID(row[table.subject]) for row in first.to_pyarrow().to_pylist()]


def _rows_that_differ(table: FactTable, subjects: list[UUID]) -> list[Difference]:
    facts = Lake().table(table.code)
    ours = _by_key(
        table,
        facts.filter(facts[table.subject].isin([str(one) for one in subjects]))
        .to_pyarrow()
        .to_pylist(),
    )
    names = [column.name for column in table.columns]
    theirs = _by_key(table, [dict(zip(names, row, strict=True)) for row in table.rows(subjects)])
    return [
        Difference(name, ours.get(key, {}).get(name), theirs.get(key, {}).get(name), key)
        for key in sorted({*ours, *theirs})
        for name in names
        if ours.get(key, {}).get(name) != theirs.get(key, {}).get(name)
    ]


def _by_key(table: FactTable, rows: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {str(row[table.key]): row for row in rows}
