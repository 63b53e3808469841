"""The outbox (hộp thư đi): taking mails whose turn has come, and writing down how each try ended.

A mail is taken by moving its next try on, committed before it is sent, and settled after. A sender
that dies in between leaves at most one mail that was sent and not marked: that one goes out a
second time, with the same Message-ID. Times here are real time.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import F

from tinhso.notifications.models import Mail

if TYPE_CHECKING:
    from datetime import datetime

LEASE = timedelta(minutes=10)
"""How long a taken mail is left alone; longer than a batch of slow sends."""
PAUSES = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=15),
    timedelta(hours=1),
    timedelta(hours=4),
    timedelta(hours=12),
    timedelta(hours=24),
)
"""Between one try and the next; after the last a mail is given up."""
LONGEST_ERROR = 200


@transaction.atomic
def take(limit: int, *, now: datetime) -> list[Mail]:
    """Mails for this sender alone, until their lease ends."""
    due = Mail.objects.due(now).select_for_update(skip_locked=True, of=("self",))
    mails = list(due.select_related("notification")[:limit])
    Mail.objects.filter(pk__in=[mail.pk for mail in mails]).update(
        tries=F("tries") + 1, next_try_at=now + LEASE
    )
    for mail in mails:
        mail.tries += 1
    return mails


def settle_sent(mail: Mail, *, now: datetime) -> None:
    """The server took it."""
    Mail.objects.filter(pk=mail.pk).update(sent_at=now, error="")


def settle_failed(mail: Mail, *, error: str, is_final: bool, now: datetime) -> None:
    """The server did not take it: try again later, or give up when final or tried often enough."""
    if is_final or mail.tries > len(PAUSES):
        changes = {"given_up_at": now}
    else:
        changes = {"next_try_at": now + PAUSES[mail.tries - 1]}
    Mail.objects.filter(pk=mail.pk).update(error=error[:LONGEST_ERROR], **changes)
