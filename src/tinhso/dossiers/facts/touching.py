"""Whose facts an event can change.

Acts have the dossier itself as their subject, and so have charges and receipts. An import of history records one event
for its whole batch; when that is taken out again, the facts alone still know which dossiers it had. A correction of a
person touches the dossiers of that person, a duty to file on line those of its procedure from its first day on.
What is published in packs (lists with their days), the calendar and the book of agencies may touch any dossier of
any year, and change seldom: then everything is read anew.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Q

from tinhso.calendars.clock import instant
from tinhso.dossiers.events import (
    HISTORY_IMPORTED,
    HISTORY_REMOVED,
    ONLINE_DUTY_ENDED,
    ONLINE_MANDATED,
)
from tinhso.dossiers.models import Dossier
from tinhso.warehouse.reading import Lake, table_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tinhso.events.models import Event

MONEY = ("payments.",)
PEOPLE = ("parties.corrected",)
CALENDAR = ("calendars.",)
EVERYTHING = ("packs.applied", "agencies.", *CALENDAR)
"""Prefixes of kinds of event, beside those of the dossiers themselves."""
_ITSELF = ("dossiers.", *MONEY)
_DUTIES = {ONLINE_MANDATED.code, ONLINE_DUTY_ENDED.code}


def dossiers_of(table: str, events: Sequence[Event]) -> set[UUID] | None:
    """The dossiers whose rows in a fact table these events can have changed; None when it may be any."""
    if any(event.kind.startswith(EVERYTHING) for event in events):
        return None
    imported = _subjects(events, HISTORY_IMPORTED.code)
    wanted = Q(uuid__in={event.subject for event in events if event.kind.startswith(_ITSELF)})
    wanted |= Q(batch__uuid__in=imported) | Q(applicant__uuid__in=_subjects(events, *PEOPLE))
    for event in events:
        if event.kind in _DUTIES:
            wanted |= _under_duty(event)
    found = set(Dossier.objects.filter(wanted).values_list("uuid", flat=True))
    return found | _once_of(table, _subjects(events, HISTORY_REMOVED.code))


def _subjects(events: Sequence[Event], *kinds: str) -> set[UUID]:
    return {event.subject for event in events if event.kind in kinds}


def _under_duty(event: Event) -> Q:
    """The dossiers of the procedure from the day on which its duty begins, or ends."""
    turn = date.fromisoformat(event.payload.get("since") or event.payload["until"])
    begin = instant(turn, 0)
    later = Q(received_at__gte=begin) | Q(submitted_at__gte=begin)
    return later & Q(procedure__procedure__code=event.payload["procedure"])


def _once_of(code: str, batches: set[UUID]) -> set[UUID]:
    """The dossiers that the facts know of these batches."""
    if not batches:
        return set()
    subject, facts = table_of(code).subject, Lake().table(code)
    of_them = facts.filter(facts.batch.isin([str(batch) for batch in batches]))
    found = of_them.select(subject).distinct().to_pyarrow().to_pylist()
    return {UUID(row[subject]) for row in found}
