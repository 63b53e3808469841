"""Tables of the counter, by noun."""

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
