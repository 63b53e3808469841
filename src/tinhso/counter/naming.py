"""How tickets, appointments and closed days in the log are named on the auditor's page: by number and time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import CharField, DateField, DateTimeField, IntegerField, Value
from django.utils.translation import gettext as _

from tinhso.counter.models import Appointment, AppointmentOffer, DayClosing, Ticket, TicketDesk
from tinhso.ui import formatting

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date, datetime
    from uuid import UUID

NO_NUMBER, NO_DAY, NO_TIME = (
    Value(None, kind()) for kind in (IntegerField, DateField, DateTimeField)
)


def subjects_called(keys: Collection[UUID]) -> dict[UUID, str]:
    """What acts at the counter are about; an appointment by its time, for its code would let others use it."""
    tickets = Ticket.objects.filter(uuid__in=keys).values_list(
        "uuid", _is("ticket"), "number", "day", NO_TIME
    )
    appointments = Appointment.objects.filter(uuid__in=keys).values_list(
        "uuid", _is("appointment"), NO_NUMBER, NO_DAY, "starts_at"
    )
    days = DayClosing.objects.filter(uuid__in=keys).values_list(
        "uuid", _is("day"), NO_NUMBER, "day", NO_TIME
    )
    desks = TicketDesk.objects.filter(uuid__in=keys).values_list(
        "uuid", _is("desk"), NO_NUMBER, NO_DAY, NO_TIME
    )
    offers = AppointmentOffer.objects.filter(uuid__in=keys).values_list(
        "uuid", _is("offer"), NO_NUMBER, NO_DAY, NO_TIME
    )
    found = tickets.union(appointments, days, desks, offers, all=True)
    return {key: _called(*said) for key, *said in found}


def _is(what: str) -> Value:
    return Value(what, CharField())


def _called(what: str, number: int | None, day: date | None, at: datetime | None) -> str:
    words = {
        "ticket": _("Số %(number)s, ngày %(day)s"),
        "appointment": _("Lịch hẹn %(at)s"),
        "day": _("Sổ ngày %(day)s"),
        "desk": _("Quầy lấy số"),
        "offer": _("Khung giờ hẹn"),
    }
    told = {"number": number, "day": formatting.day(day), "at": formatting.moment(at)}
    return words[what] % told
