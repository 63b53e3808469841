"""Small logs for tests, and what an import of them leaves behind."""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING

from django.db import connection

from tinhso.dossiers.importing.mapping import LogMap
from tinhso.dossiers.models import (
    Dossier,
    DossierKey,
    DossierSearch,
    ImportBatch,
    ImportedCase,
    ImportedStep,
)
from tinhso.dossiers.services.importing import import_history
from tinhso.dossiers.tests.factories import AT, MARRIAGE, SYSTEM
from tinhso.events.models import Event

if TYPE_CHECKING:
    from pathlib import Path

    from tinhso.agencies.models import Agency
    from tinhso.kernel.actors import Actor

HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<log xmlns="http://www.xes-standard.org/">\n'
WRITTEN = (Dossier, DossierKey, DossierSearch, ImportBatch, ImportedCase, ImportedStep)


def event(activity: str = "Nhận", time: str = "2022-03-01T08:00:00+07:00", more: str = "") -> str:
    return (
        f'<event><string key="concept:name" value="{activity}"/>'
        f'<date key="time:timestamp" value="{time}"/>{more}</event>\n'
    )


def trace(code: str, *events: str, more: str = "") -> str:
    name = f'<string key="concept:name" value="{code}"/>' if code else ""
    return f"<trace>{name}{more}\n{''.join(events or (event(),))}</trace>\n"


def many(count: int, begin: int = 0) -> str:
    """Traces of two steps each."""
    end = event("Trả", "2022-03-04T08:00:00+07:00")
    return "".join(
        trace(f"HS-{number:04d}", event(), end) for number in range(begin, begin + count)
    )


def xes(folder: Path, *parts: str, name: str = "log.xes") -> Path:
    """A whole log of these traces."""
    return written(folder, f"{HEAD}{''.join(parts)}</log>", name)


def written(folder: Path, content: str | bytes, name: str) -> Path:
    path = folder / name
    raw = content.encode() if isinstance(content, str) else content
    path.write_bytes(gzip.compress(raw) if name.endswith(".gz") else raw)
    return path


def bring(
    path: Path,
    agency: Agency,
    *,
    actor: Actor = SYSTEM,
    log_map: LogMap | None = None,
) -> ImportBatch:
    """Import as the command does, laid to the certificate of marital status."""
    return import_history(
        path,
        agency=agency.pk,
        procedure=MARRIAGE,
        actor=actor,
        at=AT,
        log_map=log_map,
    )


def left() -> dict[str, int]:
    """How many rows stand where an import writes, events of it, and tables to stage in."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_class WHERE relname LIKE 'staged\\_%%'")
        [(staged,)] = cursor.fetchall()
    rows = {model.__name__: model.objects.count() for model in WRITTEN}
    events = Event.objects.filter(kind__startswith="dossiers.history").count()
    return {
        name: count for name, count in {**rows, "staged": staged, "events": events}.items() if count
    }
