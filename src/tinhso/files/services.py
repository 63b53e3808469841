"""Taking files in and reading them out; every read is an event."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.db import transaction

from tinhso.events.services import record
from tinhso.files import access, checking, events, keeping, scanning
from tinhso.files.errors import FileContentLost, FileUnknown
from tinhso.files.models import Blob, StoredFile

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime
    from uuid import UUID

    from django.core.files.uploadedfile import UploadedFile

    from tinhso.files.keeping import Readable
    from tinhso.kernel.actors import Actor


@dataclass(frozen=True)
class Subject:
    """What a file belongs to: the kind that its owner registered in `access`, and its uuid."""

    kind: str
    uuid: UUID


@dataclass(frozen=True)
class Content:
    """A file whose reading is in the log: its row, and where its bytes lie."""

    file: StoredFile
    path: Path


def store(
    upload: Readable,
    *,
    filename: str,
    actor: Actor,
    at: datetime,
    purpose: str,
    subject: Subject,
    agency: int | None = None,
) -> StoredFile:
    """Take a file in (lưu tệp): checked, scanned, on the disk, then in the books.

    The caller is the owner of the subject and has judged that the actor may add to it. `purpose` is
    a code (`application`, `result`). Refuses with the errors of `files.errors`; nothing is kept
    then.
    """
    name = checking.clean_name(filename)
    with keeping.receive(upload) as incoming:
        form = checking.check(incoming.stream, filename=name)
        scanning.scan(incoming.stream)
        with transaction.atomic():
            keeping.keep(incoming)
            blob, _ = Blob.objects.get_or_create(
                sha256=incoming.sha256,
                defaults={"size": incoming.size, "stored_at": at},
            )
            stored = StoredFile.objects.create(
                blob=blob,
                filename=name,
                content_type=form.content_type,
                purpose=purpose,
                subject_kind=subject.kind,
                subject=subject.uuid,
                stored_by=actor.key,
                stored_at=at,
            )
            record(
                events.STORED,
                subject=subject.uuid,
                actor=actor,
                at=at,
                agency=agency,
                payload={
                    "file": str(stored.uuid),
                    "sha256": blob.sha256,
                    "size": blob.size,
                    "content_type": stored.content_type,
                    "purpose": purpose,
                    "subject_kind": subject.kind,
                },
            )
    return stored


def judge(upload: UploadedFile[Any]) -> None:
    """Refuse what `store` refuses by looking into it, and keep nothing: a form tells it beside what else is wrong."""
    with keeping.receive(upload) as incoming:
        checking.check(incoming.stream, filename=checking.clean_name(upload.name or ""))
    upload.seek(0)


def hand_on(keys: Collection[UUID], belonging: Subject, /, *, to: Subject) -> int:
    """Let files that belong to one subject belong to another (chuyển tệp); how many did belong to it.

    The caller owns both subjects and acts inside its own transaction, whose event tells of it.
    """
    found = StoredFile.objects.filter(
        uuid__in=keys, subject_kind=belonging.kind, subject=belonging.uuid
    )
    return found.update(subject_kind=to.kind, subject=to.uuid)


@transaction.atomic
def copy(
    source: StoredFile, *, to: Subject, purpose: str, actor: Actor, at: datetime
) -> StoredFile:
    """Let another subject have the same content (lấy lại tệp): a file of its own that names where it came from.

    The caller owns both subjects and has judged that the actor may take it.
    """
    taken = StoredFile.objects.create(
        blob_id=source.blob_id,
        filename=source.filename,
        content_type=source.content_type,
        purpose=purpose,
        subject_kind=to.kind,
        subject=to.uuid,
        stored_by=actor.key,
        stored_at=at,
        source=source,
    )
    record(
        events.COPIED,
        subject=to.uuid,
        actor=actor,
        at=at,
        payload={"file": str(taken.uuid), "source": str(source.uuid), "subject_kind": to.kind},
    )
    return taken


@transaction.atomic
def discard(keys: Collection[UUID], belonging: Subject, /, *, actor: Actor, at: datetime) -> int:
    """Forget files of a subject (bỏ tệp); how many did belong to it. `files sweep` then frees their contents.

    The caller owns the subject and has judged that nothing refers to the files.
    """
    found = StoredFile.objects.filter(
        uuid__in=keys, subject_kind=belonging.kind, subject=belonging.uuid
    )
    gone = list(found.values_list("uuid", flat=True))
    found.delete()
    for key in gone:
        record(
            events.DISCARDED,
            subject=belonging.uuid,
            actor=actor,
            at=at,
            payload={"file": str(key), "subject_kind": belonging.kind},
        )
    return len(gone)


@transaction.atomic
def read(key: UUID, *, actor: Actor, at: datetime, purpose: str) -> Content:
    """Open a file for reading (đọc tệp); the owner says who may, and the log says who did.

    One event a call: call it once a request. Refuses with `FileUnknown` also what is not yours.
    """
    stored = StoredFile.objects.select_related("blob").filter(uuid=key).first()
    if stored is None or not access.may_read(actor, stored.subject_kind, stored.subject, at):
        raise FileUnknown
    path = stored.blob.path
    if not path.is_file() or path.stat().st_size != stored.blob.size:
        raise FileContentLost
    record(
        events.READ,
        subject=stored.subject,
        actor=actor,
        at=at,
        payload={
            "file": str(stored.uuid),
            "purpose": purpose,
            "subject_kind": stored.subject_kind,
        },
    )
    return Content(stored, path)
