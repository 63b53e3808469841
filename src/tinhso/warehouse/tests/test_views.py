"""Other programs read the same rows through a file of DuckDB."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import duckdb
import pytest
from django.core.management import CommandError, call_command

from tinhso.events.sequencing import place
from tinhso.events.tests.factories import AT, event
from tinhso.warehouse import syncing
from tinhso.warehouse.declaring import FactTable
from tinhso.warehouse.tests.conftest import GONE
from tinhso.warehouse.viewing import write_views

pytestmark = pytest.mark.django_db


def test_a_view_shows_the_rows_that_count_and_says_what_they_are(
    probes: FactTable, tmp_path: Path
) -> None:
    first, gone = event(1), event(2)
    place()
    syncing.sync(probes, at=AT)
    event(5, subject=first.subject)
    GONE.add(str(gone.subject))
    event(0, subject=gone.subject)
    place()
    syncing.sync(probes, at=AT)
    target = tmp_path / "facts.duckdb"
    assert write_views([probes], target) == ["probe_probes"]
    with duckdb.connect(str(target), read_only=True) as opened:
        counted = opened.execute("SELECT count(*), sum(count) FROM probe_probes").fetchall()
        assert counted == [(2, 6)]
        names = [column.name for column in probes.columns]
        assert opened.table("probe_probes").columns == names
        comments = dict(
            opened.execute("SELECT column_name, comment FROM duckdb_columns()").fetchall()
        )
    assert comments["count"] == "Số lần (lần)"
    assert list(tmp_path.glob(".facts*")) == []


def test_a_table_never_built_is_named_and_no_file_is_left(
    probes: FactTable, tmp_path: Path
) -> None:
    assert syncing.newest(probes.code) is None
    target = tmp_path / "facts.duckdb"
    with pytest.raises(CommandError):
        call_command("warehouse", "views", str(target), stdout=StringIO())
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == []
