"""The parts of `bench import` that need Django: a procedure and an agency, reading, importing, plain COPY."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import connection, transaction
from psycopg import sql

from tinhso.agencies.models import AgencyKind, Level
from tinhso.agencies.services import establish
from tinhso.calendars.clock import now
from tinhso.dossiers.importing.figures import Tally, count
from tinhso.dossiers.importing.reading import read
from tinhso.dossiers.models import ImportBatch, Procedure
from tinhso.dossiers.services.importing import import_history, remove_history
from tinhso.kernel.actors import SystemActor
from tinhso.packs import services as packs
from tinhso.packs.loading import load

if TYPE_CHECKING:
    from collections.abc import Callable

ACTOR = SystemActor("bench")
BLOCK = 1 << 20
TABLES = {
    "dossiers_importbatch": "id = %s",
    "dossiers_dossier": "batch_id = %s",
    "dossiers_importedcase": "dossier_id IN (SELECT id FROM dossiers_dossier WHERE batch_id = %s)",
    "dossiers_dossiersearch": "dossier_id IN (SELECT id FROM dossiers_dossier WHERE batch_id = %s)",
    "dossiers_dossierkey": "dossier_id IN (SELECT id FROM dossiers_dossier WHERE batch_id = %s)",
    "dossiers_importedstep": "dossier_id IN (SELECT id FROM dossiers_dossier WHERE batch_id = %s)",
}
"""The tables that an import writes, each after those that it refers to, and which of their rows are a batch's."""


def seed() -> tuple[int, str]:
    """A province and the procedures of the packs: the agency's key and the first procedure's code."""
    at = now()
    province = establish(
        key=settings.PROVINCE_KEY,
        kind=AgencyKind.PROVINCE,
        facts={"name": "Tỉnh Thử nghiệm", "level": Level.PROVINCE, "agency_code": "H99"},
        since=None,
        actor=ACTOR,
        at=at,
    )
    packs.apply(load(Path(settings.PROJECT) / "packs"), actor=ACTOR, at=at)
    return province.pk, Procedure.objects.order_by("code")[0].code


def read_alone(log: Path) -> float:
    """Seconds to read and count the log without a database."""
    began = time.monotonic()
    count(read(log), now())
    return time.monotonic() - began


def bring(log: Path, agency: int, procedure: str) -> tuple[float, float, ImportBatch]:
    """Import as the command does: seconds in all, seconds of the publishing transaction, the batch."""
    begun: list[float] = []

    def watch(execute: Callable[..., Any], statement: Any, *rest: Any) -> Any:
        if 'INSERT INTO "dossiers_importbatch"' in str(statement):
            begun.append(time.monotonic())
        return execute(statement, *rest)

    began = time.monotonic()
    with connection.execute_wrapper(watch):
        batch = import_history(
            log, agency=agency, procedure=procedure, actor=ACTOR, at=now(), tally=Tally(now())
        )
    ended = time.monotonic()
    return ended - began, ended - begun[0], batch


def copy_alone(batch: ImportBatch, folder: Path) -> float:
    """Seconds to COPY the rows of the batch from files into the tables, after the batch was taken out."""
    for table, where in TABLES.items():
        _to_file(table, where, batch.pk, folder / table)
    remove_history(batch.uuid, actor=ACTOR, at=now())
    began = time.monotonic()
    with transaction.atomic():
        for table in TABLES:
            _from_file(table, folder / table)
    return time.monotonic() - began


def _to_file(table: str, where: str, batch: int, path: Path) -> None:
    rows = sql.SQL("COPY (SELECT * FROM {} WHERE {} ORDER BY 1) TO STDOUT").format(
        sql.Identifier(table), sql.SQL(where.replace("%s", str(batch)))
    )
    with path.open("wb") as out, connection.cursor() as cursor, cursor.copy(rows) as copy:
        for block in copy:
            out.write(block)


def _from_file(table: str, path: Path) -> None:
    statement = sql.SQL("COPY {} FROM STDIN").format(sql.Identifier(table))
    with path.open("rb") as rows, connection.cursor() as cursor, cursor.copy(statement) as copy:
        while block := rows.read(BLOCK):
            copy.write(block)
