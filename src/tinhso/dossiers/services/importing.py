"""Bring in another system's history, and take a batch of it out again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import IntegrityError, connection, transaction

from tinhso.calendars.clock import day_of
from tinhso.dossiers.errors import BatchNotFound, FileImportedBefore, ProcedureNotFound
from tinhso.dossiers.events import HISTORY_IMPORTED, HISTORY_REMOVED
from tinhso.dossiers.importing.errors import LogCasesKnown
from tinhso.dossiers.importing.figures import Tally
from tinhso.dossiers.importing.placing import Placing, Version
from tinhso.dossiers.importing.reading import content_hash, read
from tinhso.dossiers.importing.writing import Staging, known_cases, publish, remove, staging
from tinhso.dossiers.models import Channel, ChannelRule, ImportBatch, Procedure, ProcedureVersion
from tinhso.dossiers.permissions import DossierPermission
from tinhso.events.services import record
from tinhso.kernel.permissions import require
from tinhso.ui import formatting

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path
    from uuid import UUID

    from tinhso.dossiers.importing.mapping import LogMap
    from tinhso.events.kinds import EventKind
    from tinhso.kernel.actors import Actor


class Watch:
    """Who looks on while a file is brought in: here nobody."""

    def comparing(self, done: int, whole: int) -> None:
        """So many bytes were read to tell whether the file was brought before."""

    def reading(self, done: int, whole: int) -> None:
        """So many bytes were read into cases; a table is read twice or three times."""

    def publishing(self) -> None:
        """All is read and goes into the tables, at once."""


_LOCK = 0x7468_7365_6869  # one publishing of history at a time


def import_history(
    path: Path,
    *,
    agency: int,
    procedure: str,
    actor: Actor,
    at: datetime,
    log_map: LogMap | None = None,
    tally: Tally | None = None,
    watch: Watch | None = None,
) -> ImportBatch:
    """Bring the cases of a log in as dossiers that can be seen and not worked on (nhập lịch sử hồ sơ).

    All are laid to the `agency` (its key) and the `procedure` (its code); `tally` counts as they pass. Nobody sees
    any of them before the last one is read; a log that is refused, also late, leaves nothing. Raises a `LogRefused`,
    `FileImportedBefore`, `ProcedureNotFound`. `watch` is told how far it has come.
    """
    require(actor, DossierPermission.IMPORT_HISTORY, agency=agency, at=at)
    placed = Procedure.objects.filter(code=procedure).first()
    if placed is None:
        raise ProcedureNotFound(code=procedure)
    watch = watch or Watch()
    digest = content_hash(path, watch.comparing)
    _refuse_known(digest)
    batch = ImportBatch(
        agency_id=agency,
        procedure=placed,
        file_name=path.name,
        content_hash=digest,
        at=at,
        actor=actor.key,
    )
    tally = tally or Tally(at)
    with staging(_placing(placed, agency, path.name)) as staged:
        staged.take(tally.passing(read(path, log_map, watch.reading)))
        watch.publishing()
        _publish(batch, staged, actor=actor, at=at)
    return batch


@transaction.atomic
def _publish(batch: ImportBatch, staged: Staging, *, actor: Actor, at: datetime) -> None:
    batch.cases, batch.steps = staged.cases, staged.steps
    try:
        with transaction.atomic():
            batch.save(force_insert=True)
    except IntegrityError:  # the same file, brought at the same time by another
        _refuse_known(batch.content_hash)
        raise
    _refuse_known_cases(batch)
    publish(batch)
    _record(HISTORY_IMPORTED, batch, actor=actor, at=at)


def _refuse_known(digest: str) -> None:
    known = ImportBatch.objects.filter(content_hash=digest).first()
    if known is not None:
        raise FileImportedBefore(day=formatting.day(day_of(known.at)), batch=known.uuid)


def _refuse_known_cases(batch: ImportBatch) -> None:
    with (
        connection.cursor() as cursor
    ):  # another file with the same cases, brought at the same time, waits
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
    count, cases, before = known_cases(batch)
    if cases:
        named = ", ".join(f"«{case}»" for case in cases) + ("…" if count > len(cases) else "")
        raise LogCasesKnown(file=batch.file_name, where="", count=count, cases=named, batch=before)


def _placing(procedure: Procedure, agency: int, file: str) -> Placing:
    versions = ProcedureVersion.objects.filter(procedure=procedure).order_by("version")
    rules = ChannelRule.objects.filter(channel=Channel.PORTAL.value)
    if not versions:
        raise ProcedureNotFound(code=procedure.code)
    return Placing(
        agency=agency,
        versions=[Version(row.pk, row.period.lower, row.period.upper) for row in versions],
        portal=[(rule.period.lower, rule.period.upper) for rule in rules],
        file=file,
    )


@transaction.atomic
def remove_history(key: UUID, *, actor: Actor, at: datetime) -> ImportBatch:
    """Take out everything that one file brought in (hủy đợt nhập); other batches and dossiers stay.

    The batch as it was. The same file may then be brought in again. Raises `BatchNotFound`.
    """
    visible = ImportBatch.objects.visible_to(actor, at=at).filter(uuid=key)
    batch = visible.select_for_update().first()  # another who removes it waits, and finds none
    if batch is None:
        raise BatchNotFound(batch=key)
    require(actor, DossierPermission.IMPORT_HISTORY, agency=batch.agency_id, at=at)
    remove(batch)
    _record(HISTORY_REMOVED, batch, actor=actor, at=at)
    return batch


def _record(kind: EventKind, batch: ImportBatch, *, actor: Actor, at: datetime) -> None:
    record(
        kind,
        subject=batch.uuid,
        actor=actor,
        at=at,
        agency=batch.agency_id,
        payload={"cases": batch.cases, "steps": batch.steps},
    )
