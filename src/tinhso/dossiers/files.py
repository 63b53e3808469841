"""Files of dossiers: papers and results, and who may read them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tinhso.dossiers.models import Dossier, Draft
from tinhso.files import access
from tinhso.files.services import Subject, store

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from django.core.files.uploadedfile import UploadedFile

    from tinhso.files.models import StoredFile
    from tinhso.kernel.actors import Actor

DOSSIER = "dossier"


def may_read(actor: Actor, key: UUID, at: datetime) -> bool:
    """Whoever may see the dossier may read its papers and its result; before, the owner of the draft."""
    return (
        Dossier.objects.visible_to(actor, at=at).filter(uuid=key).exists()
        or Draft.objects.filter(uuid=key, owner=actor.key).exists()
    )


def store_paper(
    upload: UploadedFile[Any], *, draft: Draft, actor: Actor, at: datetime
) -> dict[str, str]:
    """Keep a paper of a draft, whose uuid the dossier will have; the answer of a file slot."""
    stored = _store(upload, draft.uuid, actor=actor, at=at, purpose="paper")
    return {"key": str(stored.uuid), "name": stored.filename}


def store_result(
    upload: UploadedFile[Any] | None, *, dossier: Dossier, actor: Actor, at: datetime
) -> int | None:
    """Keep the file of a result; the key of the stored file, None without one."""
    if upload is None:
        return None
    return _store(upload, dossier.uuid, actor=actor, at=at, purpose="result").pk


def _store(
    upload: UploadedFile[Any], key: UUID, *, actor: Actor, at: datetime, purpose: str
) -> StoredFile:
    return store(
        upload,
        filename=upload.name or "",
        actor=actor,
        at=at,
        purpose=purpose,
        subject=Subject(DOSSIER, key),
    )


def register() -> None:
    """Tell the files app who may read the files of dossiers."""
    access.register(DOSSIER, may_read)
