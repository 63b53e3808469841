from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID, uuid4

from tinhso.events.kinds import EventKind
from tinhso.events.models import Event
from tinhso.events.services import record
from tinhso.kernel.actors import SystemActor
from tinhso.notifications import services
from tinhso.notifications.models import Mail
from tinhso.notifications.rules import IN_APP_AND_EMAIL, NotificationRule, Recipient

AT = datetime(2026, 11, 22, 3, tzinfo=UTC)
SYSTEM = SystemActor("test")
TEMPLATES = str(Path(__file__).parent / "templates")
HAPPENED = EventKind("probe.happened", "Thử", {"number": "string"})
told: list[Recipient] = []
"""Whom the rule tells; a test fills it."""

RULE = NotificationRule(
    code="probe.happened",
    kind=HAPPENED,
    recipients=lambda _event: told,
    facts=lambda event: {"number": event.payload["number"]},
    subject="Việc {number}\nđã có",
    body="probe/happened.txt",
    channels=IN_APP_AND_EMAIL,
)


def happened(*, at: datetime = AT, subject: UUID | None = None) -> Event:
    return record(
        HAPPENED, subject=subject or uuid4(), actor=SYSTEM, at=at, payload={"number": "H48-0001"}
    )


def make_mail(address: str = "lan@example.vn") -> Mail:
    """A mail that waits, of a notification of its own."""
    told[:] = [Recipient(f"user:{uuid4()}", link="/ho-so/1/", email=address)]
    (notification,) = services.notify([happened()], at=AT)
    return Mail.objects.get(notification=notification)
