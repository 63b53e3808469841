"""Tables of the counter, by noun."""

from tinhso.counter.models.appointments import GRACE, Appointment, AppointmentOffer
from tinhso.counter.models.days import ClosingLine, DayClosing, DayReopening
from tinhso.counter.models.tickets import (
    Errand,
    Outcome,
    Ticket,
    TicketCall,
    TicketDesk,
    TicketEnd,
    TicketSequence,
)

__all__ = [
    "GRACE",
    "Appointment",
    "AppointmentOffer",
    "ClosingLine",
    "DayClosing",
    "DayReopening",
    "Errand",
    "Outcome",
    "Ticket",
    "TicketCall",
    "TicketDesk",
    "TicketEnd",
    "TicketSequence",
]
