"""Tables of the counter, by noun."""

from tinhso.counter.models.days import ClosingLine, DayClosing, DayReopening

__all__ = ["ClosingLine", "DayClosing", "DayReopening"]
