"""What can happen at the counter: one function per act. The only writers."""

from tinhso.counter.services.appointments import (
    Visit,
    arrive,
    book,
    book_for,
    cancel,
    forget_names,
    mark_missed,
    move,
    note_read,
    offer,
    remind,
)
from tinhso.counter.services.days import close_day, reopen_day
from tinhso.counter.services.tickets import (
    call_again,
    call_next,
    desk_of_kiosk,
    desk_of_station,
    end,
    issue,
    open_desk,
    require_standing,
)

__all__ = [
    "Visit",
    "arrive",
    "book",
    "book_for",
    "call_again",
    "call_next",
    "cancel",
    "close_day",
    "desk_of_kiosk",
    "desk_of_station",
    "end",
    "forget_names",
    "issue",
    "mark_missed",
    "move",
    "note_read",
    "offer",
    "open_desk",
    "remind",
    "reopen_day",
    "require_standing",
]
