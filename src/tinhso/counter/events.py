"""What the counter records in the log: keys, codes and counts, never who stood before it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from tinhso.events.kinds import EventKind

DAY_CLOSED = EventKind(
    "counter.day_closed",
    _("Khóa sổ cuối ngày"),
    {"day": "date", "paper": "integer", "system": "integer", "differences": "integer"},
)
DAY_REOPENED = EventKind("counter.day_reopened", _("Mở lại sổ đã khóa"), {"day": "date"})

ALL = (DAY_CLOSED, DAY_REOPENED)
