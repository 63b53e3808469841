"""The list of the queue leaves the system (kết xuất danh sách): written down before the first line does."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

from django.db import transaction

from tinhso.dossiers import events
from tinhso.dossiers.errors import ListTooLong
from tinhso.dossiers.permissions import DossierPermission
from tinhso.dossiers.queries.worklist import keys_of_page, queue
from tinhso.events.services import record
from tinhso.kernel.permissions import require
from tinhso.parties.models import Party
from tinhso.parties.services import note_read

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime
    from uuid import UUID

    from tinhso.dossiers.queries.chosen import QueueFilter
    from tinhso.kernel.actors import Actor

LONGEST = 20_000
"""Lines of one file: more than the open work of a department, less than what no spreadsheet bears."""
TOLD_AT_ONCE = 1000
"""Whose data were read is told in events of this many, so that none of them outgrows a page of the log."""


@transaction.atomic
def export_queue(
    chosen: QueueFilter, filters: Collection[str], *, form: str, actor: Actor, at: datetime
) -> list[UUID]:
    """The keys of the work that is exported, in the order of the queue; `filters` names what was filtered by.

    Refuses with `ListTooLong` beyond `LONGEST`.
    """
    require(actor, DossierPermission.READ_QUEUE, at=at)
    items = queue(actor, chosen, at=at)
    keys = keys_of_page(items, first=0, rows=LONGEST + 1)
    if len(keys) > LONGEST:
        raise ListTooLong(limit=LONGEST)
    record(
        events.QUEUE_EXPORTED,
        subject=uuid4(),
        actor=actor,
        at=at,
        payload={"format": form, "rows": len(keys), "filters": sorted(filters)},
    )
    people = list(
        Party.objects.filter(pk__in=items.values("dossier__applicant")).only("uuid").order_by("pk")
    )
    for first in range(0, len(people), TOLD_AT_ONCE):
        told = people[first : first + TOLD_AT_ONCE]
        note_read(told, purpose="queue_export", actor=actor, at=at)
    return keys
