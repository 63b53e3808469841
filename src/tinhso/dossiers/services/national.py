"""Trying messages to the national portal anew (gửi lại tin đồng bộ)."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import NAMESPACE_URL, uuid5

from django.db import transaction
from django.utils import timezone

from tinhso.dossiers import events
from tinhso.dossiers.errors import MessageUnknown
from tinhso.dossiers.models.national import NationalMessage
from tinhso.dossiers.permissions import DossierPermission
from tinhso.events.services import record
from tinhso.kernel.permissions import require

if TYPE_CHECKING:
    from datetime import datetime

    from tinhso.kernel.actors import Actor

QUEUE = uuid5(NAMESPACE_URL, "tinhso:dossiers:national")
"""What the log names as the subject when the whole queue is tried anew."""


@transaction.atomic
def retry(key: int | None, *, actor: Actor, at: datetime) -> int:
    """Let one message, or all that wait with a reason, take their turn at once; how many there were.

    Raises `MessageUnknown` when the message does not exist or was sent meanwhile.
    """
    require(actor, DossierPermission.OPERATE_NATIONAL, at=at)
    waiting = NationalMessage.objects.unsent().exclude(reason="").select_for_update()
    if key is not None:
        waiting = waiting.filter(pk=key)
    found = list(waiting.select_related(None).only("pk", "dossier__uuid"))
    if key is not None and not found:
        raise MessageUnknown
    NationalMessage.objects.filter(pk__in=[message.pk for message in found]).update(
        refused_at=None, tries=0, next_try_at=timezone.now()
    )
    record(
        events.NATIONAL_RETRIED, subject=QUEUE, actor=actor, at=at, payload={"messages": len(found)}
    )
    return len(found)
