"""A client that files dossiers with a paper each, and journals every acknowledgement durably."""

from __future__ import annotations

import hashlib
import os
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from uuid import uuid4

from tinhso.dossiers.models import Dossier
from tinhso.dossiers.tests.factories import VISITOR, make_desk, submitted
from tinhso.events.models import Event
from tinhso.files import services as files
from tinhso.files.models import StoredFile
from tinhso.files.services import Subject
from tinhso.files.tests.factories import PDF


def file_until_stopped(journal: Path) -> None:
    """One line per acknowledged dossier: its uuid, its paper's uuid, the paper's SHA-256."""
    desk = make_desk()
    with journal.open("a") as lines:
        while True:
            at = datetime.now(UTC)
            dossier = submitted(desk, at=at)
            content = PDF + f"% {uuid4()}\n".encode()
            paper = files.store(
                BytesIO(content),
                filename="don.pdf",
                actor=VISITOR,
                at=at,
                purpose="application",
                subject=Subject("dossier", dossier.uuid),
            )
            lines.write(f"{dossier.uuid} {paper.uuid} {hashlib.sha256(content).hexdigest()}\n")
            lines.flush()
            os.fsync(lines.fileno())


def missing(journal: Path, lines: int) -> list[str]:
    """Which of the first so many acknowledgements this house does not keep, paper and all."""
    wanted = [line.split() for line in journal.read_text().splitlines()[:lines]]
    return [
        dossier
        for dossier, paper, sha256 in wanted
        if not Dossier.objects.filter(uuid=dossier).exists() or _digest(paper) != sha256
    ]


def events() -> int:
    """How many events the house has recorded, sealed or not."""
    return Event.objects.count()


def _digest(paper: str) -> str:
    stored = StoredFile.objects.filter(uuid=paper).select_related("blob").first()
    if not stored or not stored.blob.path.exists():
        return ""
    return hashlib.sha256(stored.blob.path.read_bytes()).hexdigest()
