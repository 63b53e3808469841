"""Messages whose turn has come, and how each try ended; times here are real time."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import F

from tinhso.dossiers.models.national import NationalMessage

if TYPE_CHECKING:
    from datetime import datetime

LEASE = timedelta(minutes=30)
"""How long a taken message is left alone; longer than a batch of slow answers."""
LONGEST_PAUSE = timedelta(hours=1)
FIRST_PAUSE = timedelta(seconds=30)
LONGEST_REASON = 300


@transaction.atomic
def take(limit: int, *, now: datetime) -> list[NationalMessage]:
    """Messages for this sender alone, until their lease ends."""
    due = NationalMessage.objects.due(now).select_for_update(skip_locked=True, of=("self",))
    messages = list(
        due.select_related("dossier__procedure__procedure", "dossier__applicant")[:limit]
    )
    NationalMessage.objects.filter(pk__in=[message.pk for message in messages]).update(
        tries=F("tries") + 1, next_try_at=now + LEASE
    )
    return messages


def settle_sent(message: NationalMessage, *, now: datetime) -> None:
    """The portal took it."""
    NationalMessage.objects.filter(pk=message.pk).update(sent_at=now, refused_at=None, reason="")


def settle_away(message: NationalMessage, *, reason: str, now: datetime) -> None:
    """The portal could not be reached: it is tried again, for ever, at growing intervals up to an hour."""
    pause = min(FIRST_PAUSE * 2 ** min(message.tries, 10), LONGEST_PAUSE)
    NationalMessage.objects.filter(pk=message.pk).update(
        reason=reason[:LONGEST_REASON], next_try_at=now + pause
    )


def settle_refused(message: NationalMessage, *, reason: str, now: datetime) -> None:
    """The portal said no: a person looks first."""
    NationalMessage.objects.filter(pk=message.pk).update(
        reason=reason[:LONGEST_REASON], refused_at=now
    )
