"""Bring in the national catalogue of procedures: what is new is added, what changed gets a version."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection, transaction

from tinhso.dossiers.catalogue import indexing
from tinhso.dossiers.catalogue.opening import Opened
from tinhso.dossiers.catalogue.reading import Figures, content_hash, parsed, read
from tinhso.dossiers.events import CATALOGUE_IMPORTED
from tinhso.dossiers.models import CatalogueEntry, CatalogueImport, CatalogueVersion
from tinhso.dossiers.permissions import DossierPermission
from tinhso.events.services import record
from tinhso.kernel.permissions import require

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from tinhso.dossiers.catalogue.values import Entry
    from tinhso.kernel.actors import Actor

_LOCK = 0x7468_7365_6361  # one import at a time
_AT_ONCE = 200


@transaction.atomic
def import_catalogue(path: Path, *, actor: Actor, at: datetime) -> Figures:
    """Keep what the catalogue says (nhập danh mục thủ tục); what it said before stays with its dates.

    A procedure that the file does not name stays as it is: a file may be that of one ministry. A file that changes
    nothing leaves nothing. Raises a `CatalogueRefused`, and then nothing was written.
    """
    require(actor, DossierPermission.IMPORT_CATALOGUE, at=at)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
    figures, opened = Figures(), Opened(path)
    batch = CatalogueImport(
        file_name=path.name, at=at, actor=actor.key, procedures=0, added=0, changed=0
    )
    batch.save(force_insert=True)
    keeping = _Keeping(batch, at)
    for entry in read(path, opened):
        figures.take(entry)
        keeping.take(entry)
    keeping.write()
    figures.added, figures.changed = keeping.added, keeping.changed
    if not (keeping.added or keeping.changed):
        batch.delete()
        return figures
    batch.content_hash = opened.digest.hexdigest()
    batch.procedures, batch.added, batch.changed = (
        figures.procedures,
        keeping.added,
        keeping.changed,
    )
    batch.save()
    indexing.rebuild()
    record(
        CATALOGUE_IMPORTED,
        subject=batch.uuid,
        actor=actor,
        at=at,
        payload={"procedures": batch.procedures, "added": batch.added, "changed": batch.changed},
    )
    return figures


class _Keeping:
    """Writes new versions a few hundred at a time."""

    def __init__(self, batch: CatalogueImport, at: datetime) -> None:
        self.batch = batch
        self.at = at
        self.added = self.changed = 0
        self.waiting: list[Entry] = []
        now = CatalogueVersion.objects.filter(until=None)
        self.known = {
            code: (entry, version, digest)
            for code, entry, version, digest in now.values_list(
                "entry__code", "entry", "version", "content_hash"
            )
        }

    def take(self, entry: Entry) -> None:
        known = self.known.get(entry.code)
        if known and known[2] == content_hash(entry):
            return
        self.waiting.append(entry)
        if len(self.waiting) == _AT_ONCE:
            self.write()

    def write(self) -> None:
        new = [entry for entry in self.waiting if entry.code not in self.known]
        made = CatalogueEntry.objects.bulk_create(
            [CatalogueEntry(code=entry.code) for entry in new]
        )
        keys = {row.code: (row.pk, 0) for row in made}
        ended = []
        for entry in self.waiting:
            if entry.code in self.known:
                key, version, _digest = self.known[entry.code]
                keys[entry.code] = (key, version)
                ended.append(key)
        CatalogueVersion.objects.filter(entry__in=ended, until=None).update(until=self.at)
        CatalogueVersion.objects.bulk_create(
            [self._version(entry, *keys[entry.code]) for entry in self.waiting]
        )
        self.added += len(new)
        self.changed += len(ended)
        self.waiting = []

    def _version(self, entry: Entry, key: int, former: int) -> CatalogueVersion:
        return CatalogueVersion(
            entry_id=key,
            version=former + 1,
            batch=self.batch,
            since=self.at,
            name=entry.name,
            sector=entry.sector,
            levels=list(entry.levels),
            source=entry.source,
            parsed=parsed(entry),
            content_hash=content_hash(entry),
        )
