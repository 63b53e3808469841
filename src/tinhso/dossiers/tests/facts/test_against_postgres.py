"""Every column by agency and month: as DuckDB counts it from files, as PostgreSQL says by SQL written by hand."""

from __future__ import annotations

from datetime import timedelta
from random import Random
from typing import TYPE_CHECKING, Any

import ibis
import pytest
from django.db import connection

from tinhso.agencies.work_in_hand import WorkTransfer
from tinhso.calendars.clock import day_of
from tinhso.dossiers.models import ListedProcedure, OnlineDuty, Procedure
from tinhso.dossiers.services import transferring
from tinhso.dossiers.tests.factories import AT, BUILDING, MARRIAGE, SYSTEM, WELL
from tinhso.dossiers.tests.facts import by_hand
from tinhso.dossiers.tests.facts.warehouse import synced, table
from tinhso.dossiers.tests.importing.logs import bring, many, xes
from tinhso.dossiers.tests.stages import concluded
from tinhso.dossiers.tests.test_both_ways import begin
from tinhso.dossiers.tests.test_charging import at_counter, pay
from tinhso.warehouse.declaring import ColumnType
from tinhso.warehouse.reading import Lake

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from tinhso.dossiers.tests.factories import Desk
    from tinhso.warehouse.declaring import FactTable

pytestmark = pytest.mark.django_db
Cells = dict[tuple[Any, Any], tuple[Any, ...]]


def furnish(desk: Desk, folder: Path) -> None:
    """Lists, dossiers to which much happened by chance (always the same), money, history, a reform."""
    since = day_of(AT) + timedelta(days=3)
    for name, code in (
        ("online_whole", BUILDING),
        ("online_part", MARRIAGE),
        ("project_06", MARRIAGE),
    ):
        ListedProcedure.objects.create(
            list=name, version="1", code=code, period=(since, None), document="QĐ"
        )
    duty = {"document": "QĐ", "reason": "Thử", "at": AT, "actor": "test"}
    OnlineDuty.objects.create(
        procedure=Procedure.objects.get(code=BUILDING), period=(since, None), **duty
    )
    pay(desk, at_counter(desk), 15_000)
    concluded(desk, at=AT + timedelta(days=20))
    bring(xes(folder, many(3)), desk.land)
    chance = Random(7)  # noqa: S311  (always the same chance)
    for codes in ([MARRIAGE, WELL, BUILDING], [MARRIAGE, BUILDING, MARRIAGE]):
        play = begin(desk, codes)
        play.open()
        play.go_on(
            [
                (chance.randrange(3), chance.randrange(50), chance.randrange(1000))
                for _ in range(45)
            ],
            after=lambda _dossier: None,
        )
    later = AT + timedelta(days=200)
    transferring.move(
        [WorkTransfer(desk.construction.pk, desk.land.pk)], on=day_of(later), actor=SYSTEM, at=later
    )


@pytest.mark.slow
def test_each_column_by_agency_and_month(desk: Desk, tmp_path: Path) -> None:
    furnish(desk, tmp_path)
    synced("dossiers.dossier", "dossiers.step")
    same_cells(table("dossiers.dossier"), by_hand.DOSSIERS, by_hand.OF_DOSSIERS)
    same_cells(table("dossiers.step"), by_hand.STEPS, by_hand.OF_STEPS, is_imported=False)


def same_cells(
    declared: FactTable, told: Mapping[str, str], source: str, *, is_imported: bool | None = None
) -> None:
    """No cell of any column differs; of both kinds of record, or of one."""
    assert [column.name for column in declared.columns if column.name not in told] == []
    ours, theirs = from_files(declared, is_imported), from_postgres(declared, told, source)
    assert sorted(ours, key=str) == sorted(theirs, key=str)
    names = ["rows", *(column.name for column in declared.columns)]
    for cell, values in ours.items():
        different = {
            name: (value, other)
            for name, value, other in zip(names, values, theirs[cell], strict=True)
            if value != other
        }
        assert different == {}, cell
    assert len(ours) >= 5, "a world of one cell compares little"


def from_files(declared: FactTable, is_imported: bool | None) -> Cells:
    """By agency and month of the official day: rows; of each column its sum, or how many values and the least."""
    facts = Lake().table(declared.code)
    if is_imported is not None:
        facts = facts.filter(facts.is_imported == is_imported)
    asked: dict[str, ibis.Value] = {"rows": facts.count()}
    for column in declared.columns:
        value = facts[column.name]
        if column.type is ColumnType.BOOLEAN:
            value = ibis.ifelse(value.isnull(), ibis.null("int64"), ibis.ifelse(value, 1, 0))
        if column.is_measure or column.type is ColumnType.BOOLEAN:
            asked[f"v_{column.name}"] = value.sum()
        else:
            asked[f"v_{column.name}"] = value.nunique()
            asked[f"w_{column.name}"] = value.min()
    month = facts[declared.day].truncate("M")
    found = facts.group_by(where=facts.agency, month=month).aggregate(**asked)
    rows = found.to_pyarrow().to_pylist()
    return {(row["where"], row["month"]): tuple(_values(declared, row)) for row in rows}


def from_postgres(declared: FactTable, told: Mapping[str, str], source: str) -> Cells:
    """The same cells by PostgreSQL."""
    selected, asked = [], ["count(*) AS rows"]
    for column in declared.columns:
        name = column.name
        selected.append(f'({told[name]}) AS "{name}"')
        if column.type is ColumnType.BOOLEAN:
            asked.append(f'sum("{name}"::int) AS "v_{name}"')
        elif column.is_measure:
            asked.append(f'sum("{name}") AS "v_{name}"')
        else:
            collated = ' COLLATE "C"' if column.type is ColumnType.STRING else ""
            asked.append(f'count(DISTINCT "{name}") AS "v_{name}"')
            asked.append(f'min("{name}"{collated}) AS "w_{name}"')
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT agency AS where_, date_trunc('month', \"{declared.day}\")::date AS month,"
            f" {', '.join(asked)} FROM (SELECT {', '.join(selected)} {source}) f GROUP BY 1, 2"
        )
        names = [each.name for each in cursor.description]
        found = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    return {(row["where_"], row["month"]): tuple(_values(declared, row)) for row in found}


def _values(declared: FactTable, row: dict[str, Any]) -> list[Any]:
    told = [row["rows"]]
    for column in declared.columns:
        value = row[f"v_{column.name}"]
        least = row.get(f"w_{column.name}")
        told.append((None if value is None else int(value), least))
    return told
