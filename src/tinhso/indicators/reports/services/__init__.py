"""What can happen to reports; the only writer."""

from tinhso.indicators.reports.services.calling import call, call_ended, due_of, find_late, remind
from tinhso.indicators.reports.services.submitting import (
    Signing,
    confirm,
    receive,
    reopen,
    return_report,
    submit,
)
from tinhso.indicators.reports.services.writing import (
    correct,
    decide,
    keep_rest,
    open_report,
    recount,
    withdraw_correction,
    write,
)

__all__ = [
    "Signing",
    "call",
    "call_ended",
    "confirm",
    "correct",
    "decide",
    "due_of",
    "find_late",
    "keep_rest",
    "open_report",
    "receive",
    "recount",
    "remind",
    "reopen",
    "return_report",
    "submit",
    "withdraw_correction",
    "write",
]
