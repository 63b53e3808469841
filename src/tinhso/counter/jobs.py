"""The loops of this app: appointments are reminded of, missed, and forgotten by name."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from tinhso.calendars import clock
from tinhso.counter import services
from tinhso.kernel import loops
from tinhso.kernel.actors import SystemActor
from tinhso.kernel.loops import Loop

BATCH = 100
KEEPER = SystemActor("appointments")


def remind() -> bool:
    """Remind a batch of people of their appointment of the next day."""
    return services.remind(actor=KEEPER, at=clock.now(), limit=BATCH) == BATCH


def mark_missed() -> bool:
    """Mark a batch of appointments to which nobody came."""
    services.forget_names(at=clock.now())
    return services.mark_missed(actor=KEEPER, at=clock.now(), limit=BATCH) == BATCH


REMIND = Loop("counter.reminders", _("Nhắc lịch hẹn"), 300, remind)
MARK_MISSED = Loop("counter.missed", _("Đánh dấu lịch hẹn đã lỡ"), 60, mark_missed)


def register() -> None:
    """The worker runs these."""
    for loop in (REMIND, MARK_MISSED):
        loops.register(loop)
