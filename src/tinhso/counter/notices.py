"""Who is told of an appointment: the account that booked it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from tinhso.agencies.queries import name_of
from tinhso.calendars.clock import day_of
from tinhso.counter import events
from tinhso.counter.addresses import appointment_of
from tinhso.counter.models import Appointment
from tinhso.notifications.rules import IN_APP_AND_EMAIL, NotificationRule, Recipient, register
from tinhso.ui.formatting import clock, day

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tinhso.events.models import Event


def booker(event: Event) -> list[Recipient]:
    """The account that booked it, with the address of its page; nobody where the desk booked for somebody."""
    found = Appointment.objects.filter(uuid=event.subject).exclude(owner="").first()
    if found is None:
        return []
    return [Recipient(found.owner, link=appointment_of(str(found.uuid)))]


def facts(event: Event) -> Mapping[str, Any]:
    """When, where, and the code to say at the kiosk."""
    found = Appointment.objects.select_related("procedure").get(uuid=event.subject)
    return {
        "when": f"{clock(found.starts_at)} {day(found.starts_at)}",
        "code": str(found),
        "agency": name_of(found.agency_id, day_of(found.starts_at)),
        "procedure": found.procedure.name if found.procedure else "",
        "reason": found.reason,
    }


RULES = (
    NotificationRule("counter.booked", events.APPOINTMENT_BOOKED, booker, _("Đã đặt lịch hẹn {when}"),
                     "counter/notices/appointment.txt", facts, IN_APP_AND_EMAIL),
    NotificationRule("counter.moved", events.APPOINTMENT_MOVED, booker, _("Lịch hẹn dời sang {when}"),
                     "counter/notices/appointment.txt", facts, IN_APP_AND_EMAIL),
    NotificationRule("counter.transferred", events.APPOINTMENT_TRANSFERRED, booker, _("Lịch hẹn {when} chuyển nơi đến"),
                     "counter/notices/appointment.txt", facts, IN_APP_AND_EMAIL),
    NotificationRule("counter.cancelled", events.APPOINTMENT_CANCELLED, booker, _("Lịch hẹn {when} đã hủy"),
                     "counter/notices/cancelled.txt", facts, IN_APP_AND_EMAIL),
    NotificationRule("counter.reminded", events.APPOINTMENT_REMINDED, booker, _("Nhắc lịch hẹn {when}"),
                     "counter/notices/appointment.txt", facts, IN_APP_AND_EMAIL),
    NotificationRule("counter.missed", events.APPOINTMENT_MISSED, booker, _("Bạn đã lỡ lịch hẹn {when}"),
                     "counter/notices/missed.txt", facts, IN_APP_AND_EMAIL),
)  # fmt: skip


def declare() -> None:
    """Register the rules with the notifications."""
    register(*RULES)
