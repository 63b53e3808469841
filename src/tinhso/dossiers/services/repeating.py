"""Once per key: what a partner system sends again under the same key changes nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction

from tinhso.accounts.errors import KeyUsedOtherwise
from tinhso.dossiers.files import store_upload
from tinhso.dossiers.models import IdempotencyKey
from tinhso.dossiers.services.acting import visible

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from uuid import UUID

    from django.core.files.uploadedfile import UploadedFile

    from tinhso.accounts.actors import PartnerActor
    from tinhso.accounts.sendings import Sending
    from tinhso.files.models import StoredFile


def sent_before(sending: Sending | None, *, actor: PartnerActor) -> IdempotencyKey | None:
    """What became of the first sending under this key; refuses with `KeyUsedOtherwise` when its content was another."""
    if sending is None:
        return None
    found = (
        IdempotencyKey.objects.filter(owner=actor.key, key=sending.key)
        .select_related("dossier", "file__blob")
        .first()
    )
    if found is not None and bytes(found.digest) != sending.digest:
        raise KeyUsedOtherwise
    return found


@transaction.atomic
def act_once(
    key: UUID,
    act: Callable[[], object],
    *,
    sending: Sending | None,
    actor: PartnerActor,
    at: datetime,
) -> None:
    """Do an act on a dossier, unless the same was sent under this key before.

    The key is written first: two at once wait for each other here, and a refused act takes its key back with it.
    """
    if sending is None:
        act()
        return
    dossier = visible(key, actor=actor, at=at)
    facts = {"digest": sending.digest, "dossier": dossier, "at": at}
    _known, is_new = IdempotencyKey.objects.get_or_create(
        owner=actor.key, key=sending.key, defaults=facts
    )
    if is_new:
        act()
    else:
        sent_before(sending, actor=actor)


def upload_once(
    upload: UploadedFile[Any], *, sending: Sending | None, actor: PartnerActor, at: datetime
) -> tuple[StoredFile, bool]:
    """Keep a file that a partner system sends up, and whether this very sending brought it."""
    known = sent_before(sending, actor=actor)
    if known is None:
        try:
            return _keep(upload, sending, actor=actor, at=at), True
        except IntegrityError:  # the same came at the same moment, and was first
            known = sent_before(sending, actor=actor)
    if known is None or known.file is None:
        raise KeyUsedOtherwise
    return known.file, False


@transaction.atomic
def _keep(
    upload: UploadedFile[Any], sending: Sending | None, *, actor: PartnerActor, at: datetime
) -> StoredFile:
    stored = store_upload(upload, actor=actor, at=at)
    if sending is not None:
        IdempotencyKey.objects.create(
            owner=actor.key, key=sending.key, digest=sending.digest, file=stored, at=at
        )
    return stored
