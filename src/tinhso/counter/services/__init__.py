"""What can happen at the counter: one function per act. The only writers."""

from tinhso.counter.services.days import close_day, reopen_day

__all__ = ["close_day", "reopen_day"]
