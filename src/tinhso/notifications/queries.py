"""Reads: one's own notifications, and the state of the outbox."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Count, F, Min, Q

from tinhso.kernel.asking import Among, Counted
from tinhso.kernel.compiled import Compiled
from tinhso.notifications import addresses
from tinhso.notifications.models import Mail, Notification

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from django.db.models import QuerySet

    from tinhso.kernel.actors import Actor


def inbox(actor: Actor, *, only_unread: bool = False) -> QuerySet[Notification]:
    """What the actor was told, newest first."""
    told = Notification.objects.to(addresses.keys_of(actor)).order_by("-at", "-pk")
    return told.unread() if only_unread else told


def unread_count(actor: Actor) -> int:
    """How many the actor has not read; one query, none for a visitor."""
    keys = addresses.keys_of(actor)
    (count,) = (_UNREAD.first(keys=list(keys)) if keys else None) or (0,)
    return int(count)


def _unread(keys: Sequence[str]) -> QuerySet[Notification, Any]:
    told = Notification.objects.filter(Among(F("recipient"), keys)).unread()
    return told.values_list(Counted())


_UNREAD = Compiled(_unread, keys=["?"])


@dataclass(frozen=True)
class OutboxState:
    """How the outgoing mail stands; times are real time."""

    waiting: int
    sent: int
    given_up: int
    oldest: datetime | None


def outbox_state() -> OutboxState:
    """Counts of the outbox; `oldest` is when the event of the oldest waiting mail happened."""
    waiting = Q(sent_at=None, given_up_at=None)
    counted = Mail.objects.aggregate(
        waiting=Count("pk", filter=waiting),
        sent=Count("pk", filter=Q(sent_at__isnull=False)),
        given_up=Count("pk", filter=Q(given_up_at__isnull=False)),
        oldest=Min("notification__at", filter=waiting),
    )
    return OutboxState(**counted)
