"""What can happen at the counter: one function per act. The only writers."""

from tinhso.counter.services.days import close_day, reopen_day
from tinhso.counter.services.tickets import (
    call_again,
    call_next,
    desk_of_kiosk,
    end,
    issue,
    open_desk,
)

__all__ = [
    "call_again",
    "call_next",
    "close_day",
    "desk_of_kiosk",
    "end",
    "issue",
    "open_desk",
    "reopen_day",
]
