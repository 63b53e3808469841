"""How long drafts are kept (bản nháp): an account is told a week before its draft goes, and may delete it itself."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import F, Q

from tinhso.calendars.clock import day_of
from tinhso.dossiers import events
from tinhso.dossiers.models import Draft
from tinhso.dossiers.services.drafting import KEPT, discard_files, find, lock
from tinhso.events.services import record

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime
    from uuid import UUID

    from tinhso.kernel.actors import Actor

WARNED_BEFORE = timedelta(days=7)
TOLD = ("user:", "party:")
"""Owners who can be told: accounts, not visitors, not the desk."""


def ends_at(draft: Draft) -> datetime:
    """When nobody touches it until then, the draft goes."""
    return draft.saved_at + KEPT


@transaction.atomic
def warn(*, actor: Actor, at: datetime, limit: int = 100) -> int:
    """Say of drafts of accounts that they go within a week, once for each time that they were left alone; how many."""
    owned = Q(*(Q(owner__startswith=prefix) for prefix in TOLD), _connector=Q.OR)
    untold = Q(warned_at=None) | Q(warned_at__lt=F("saved_at"))
    old = Draft.objects.filter(owned, untold, saved_at__lt=at - KEPT + WARNED_BEFORE)
    found = list(old.select_for_update(skip_locked=True).order_by("pk")[:limit])
    for draft in found:
        ends_on = day_of(ends_at(draft)).isoformat()
        record(
            events.DRAFT_ENDING,
            subject=draft.uuid,
            actor=actor,
            at=at,
            payload={"ends_on": ends_on},
        )
    Draft.objects.filter(pk__in=[draft.pk for draft in found]).update(warned_at=at)
    return len(found)


@transaction.atomic
def throw_away(key: UUID, *, actor: Actor, at: datetime, held: Collection[UUID] = ()) -> None:
    """Delete one's own draft with its files (xóa bản nháp); refuses as `find` and `lock` do."""
    draft = find(key, actor=actor, held=held)
    lock(draft)
    discard_files(draft.uuid, actor=actor, at=at)
    draft.delete()
