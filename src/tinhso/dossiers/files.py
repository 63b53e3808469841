"""Files of dossiers: papers and results, and who may read them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tinhso.dossiers.errors import UploadUnknown
from tinhso.dossiers.models import Dossier, Draft, State
from tinhso.dossiers.permissions import DossierPermission as Right
from tinhso.files import access
from tinhso.files.services import Subject, hand_on, store
from tinhso.kernel.actors import AnonymousVisitor, SystemActor
from tinhso.kernel.permissions import PermissionMissing

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime
    from uuid import UUID

    from django.core.files.uploadedfile import UploadedFile

    from tinhso.accounts.actors import PartnerActor
    from tinhso.files.models import StoredFile
    from tinhso.kernel.actors import Actor

DOSSIER = "dossier"
RESULT = "dossier-result"
"""The file of a result; the applicant reads it when it was handed over, not before."""
UPLOAD = "upload"
"""A file that a partner system sent up and has not used yet; its subject is the partner's token."""


def may_read(actor: Actor, key: UUID, at: datetime) -> bool:
    """Whoever may see the dossier may read its papers; before, the account that owns the draft.

    All visitors are one actor: none of them reads the files of another's draft. The system that relays it does.
    """
    if Dossier.objects.visible_to(actor, at=at).filter(uuid=key).exists():
        return True
    begun = Draft.objects.filter(uuid=key)
    if isinstance(actor, SystemActor):
        return begun.exists()
    return begun.filter(owner=actor.key).exclude(owner=AnonymousVisitor().key).exists()


def may_read_result(actor: Actor, key: UUID, at: datetime) -> bool:
    """The office may; the applicant once the result was handed over."""
    if Dossier.objects.in_office(actor, at=at).filter(uuid=key).exists():
        return True
    mine = Dossier.objects.visible_to(actor, at=at).filter(uuid=key)
    return mine.filter(state=State.HANDED_OVER).exists()


def store_paper(
    upload: UploadedFile[Any], *, draft: Draft, actor: Actor, at: datetime
) -> dict[str, str]:
    """Keep a paper of a draft, whose uuid the dossier will have; the answer of a file slot."""
    stored = _store(upload, Subject(DOSSIER, draft.uuid), actor=actor, at=at, purpose="paper")
    return {"key": str(stored.uuid), "name": stored.filename}


def store_result(
    upload: UploadedFile[Any] | None, *, dossier: Dossier, actor: Actor, at: datetime
) -> int | None:
    """Keep the file of a result; the key of the stored file, None without one."""
    if upload is None:
        return None
    return _store(upload, Subject(RESULT, dossier.uuid), actor=actor, at=at, purpose="result").pk


def store_upload(upload: UploadedFile[Any], *, actor: PartnerActor, at: datetime) -> StoredFile:
    """Keep a file of a partner system until one of its dossiers uses it."""
    rights = (Right.SUBMIT_FOR, Right.RELAY_NATIONAL, Right.ATTACH_RESULT)
    if not any(actor.holds(right, at=at) for right in rights):
        raise PermissionMissing(permission=Right.SUBMIT_FOR.label)
    return store(
        upload,
        filename=upload.name or "",
        actor=actor,
        at=at,
        purpose="upload",
        subject=Subject(UPLOAD, actor.uuid),
    )


def claim_uploads(
    keys: Collection[UUID], *, actor: PartnerActor, dossier: UUID, kind: str = DOSSIER
) -> None:
    """Let files of a partner be papers of a dossier or its result; others' and used ones are `UploadUnknown`."""
    wanted = set(keys)
    if hand_on(wanted, Subject(UPLOAD, actor.uuid), to=Subject(kind, dossier)) != len(wanted):
        raise UploadUnknown


def is_own_upload(actor: Actor, key: UUID, at: datetime) -> bool:
    """Only the partner that sent a file up may read it before it is used."""
    del at
    return actor.key == f"partner:{key}"


def _store(
    upload: UploadedFile[Any], subject: Subject, *, actor: Actor, at: datetime, purpose: str
) -> StoredFile:
    return store(
        upload,
        filename=upload.name or "",
        actor=actor,
        at=at,
        purpose=purpose,
        subject=subject,
    )


def register() -> None:
    """Tell the files app who may read the files of dossiers."""
    access.register(DOSSIER, may_read)
    access.register(RESULT, may_read_result)
    access.register(UPLOAD, is_own_upload)
