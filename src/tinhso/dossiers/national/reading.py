"""From the log to the queue: which acts the national portal is told of, and as which of its ten states."""

from __future__ import annotations

from datetime import datetime
from types import MappingProxyType
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils import timezone

from tinhso.dossiers import events
from tinhso.dossiers.models import Dossier
from tinhso.dossiers.models.national import NationalMessage, Operation
from tinhso.events.readers import Reader

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tinhso.events.models import Event

BATCH = 500
STATES = MappingProxyType(
    {
        events.SUBMITTED.code: 1,
        events.RECEIVED.code: 2,
        events.REFUSED.code: 3,
        events.TAKEN.code: 4,
        events.FORWARDED.code: 4,
        events.OPINION_GIVEN.code: 4,
        events.SUPPLEMENTED.code: 4,
        events.SUPPLEMENT_REQUESTED.code: 5,
        events.STOPPED.code: 8,
        events.EXTENDED.code: 4,
        events.SUSPENDED.code: 8,
        events.RESUMED.code: 4,
        events.PAYMENT_REQUIRED.code: 6,
        events.PAYMENT_CONFIRMED.code: 4,
        events.WITHDRAWN.code: 7,
        events.RECEIPT_CANCELLED.code: 3,
        events.CORRECTED.code: 1,
        events.REOPENED.code: 4,
        events.DECIDED.code: 4,
        events.RESULT_ATTACHED.code: 9,
        events.HANDED_OVER.code: 10,
    }
)
"""Kind of event and the national state that it brings about (danh mục trạng thái hồ sơ, mã 1 đến 10)."""
UNTOLD = frozenset(
    {
        events.PAPER_CONFIRMED.code,
        events.ASSIGNED.code,
        events.OPINION_ASKED.code,
        events.OPINION_LAPSED.code,
        events.TIMER_FIRED.code,
        events.MOVED.code,
        events.DRAFT_ENDING.code,
        events.DRAFT_OPENED.code,
        events.COMPLAINED.code,
        events.COMPLAINT_ANSWERED.code,
        events.RATED.code,
        events.WORK_HANDED_OVER.code,
        events.GUIDED.code,
        events.APOLOGISED.code,
        events.APOLOGY_WAIVED.code,
        events.OVERDUE.code,
        events.MORNING_CHOSEN.code,
        events.MORNING_TOLD.code,
        events.TRANSFER_ASKED.code,
        events.TRANSFER_ANSWERED.code,
        events.NATIONAL_RETRIED.code,
        events.WORKLIST_REBUILT.code,
        events.HISTORY_IMPORTED.code,
        events.HISTORY_REMOVED.code,
        events.ANSWER_RECORDED.code,
        events.CATALOGUE_IMPORTED.code,
        events.ONLINE_MANDATED.code,
        events.ONLINE_DUTY_ENDED.code,
        events.QUEUE_EXPORTED.code,
        events.VIEW_SAVED.code,
        events.VIEW_REMOVED.code,
    }
)
"""Kinds that say nothing to an applicant elsewhere; a test holds that each kind is in one of the two."""
PROGRESS_ALONE = frozenset(
    {
        events.TAKEN.code,
        events.FORWARDED.code,
        events.OPINION_GIVEN.code,
        events.DECIDED.code,
    }
)
"""Acts that change nothing of what the portal holds of the dossier itself: its state, unit and appointed time."""


def reader() -> Reader:
    """Our place in the log; of what was before the way to the portal was opened nothing is told."""
    since = datetime.fromisoformat(settings.NATIONAL_SINCE) if settings.NATIONAL_SINCE else None
    return Reader("dossiers.national", frozenset(STATES), since)


def read_log() -> bool:
    """Turn one batch of events into messages; mark and rows commit together. Nothing when no portal is set."""
    if not settings.NATIONAL_URL:
        return False
    return reader().drain(enqueue, limit=BATCH)


def enqueue(found: Sequence[Event]) -> None:
    """Write the messages of these events."""
    dossiers = {
        dossier.uuid: dossier
        for dossier in Dossier.objects.filter(
            uuid__in={event.subject for event in found}, batch=None
        )
    }
    NationalMessage.objects.bulk_create(
        [message for event in found for message in _messages(event, dossiers.get(event.subject))],
        ignore_conflicts=True,
    )


def _messages(event: Event, dossier: Dossier | None) -> Iterator[NationalMessage]:
    """What one event says: the dossier as it stands, or a step of its progress.

    Without an official number and without a code of the portal's own it cannot be named there: nothing is said of it
    until it is received.
    """
    if dossier is None or not (dossier.number or dossier.foreign_code):
        return
    state = STATES[event.kind]
    if event.kind == events.SUPPLEMENTED.code and dossier.received_at is None:
        state = 1
    operations = [] if event.kind in PROGRESS_ALONE else [Operation.DOSSIER]
    if state not in {1, 3}:
        operations.append(Operation.PROGRESS)
    for operation in operations:
        yield NationalMessage(
            event=event.uuid,
            dossier=dossier,
            operation=operation,
            state=state,
            at=event.at,
            actor=event.actor,
            next_try_at=timezone.now(),
        )
