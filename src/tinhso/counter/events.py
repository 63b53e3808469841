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

DESK_OPENED = EventKind("counter.desk_opened", _("Mở quầy lấy số"), {"generation": "integer"})
TICKET_ISSUED = EventKind(
    "counter.ticket_issued", _("Lấy số"), {"number": "integer", "errand": "code"}
)
TICKET_CALLED = EventKind(
    "counter.ticket_called", _("Gọi số"), {"number": "integer", "window": "integer"}
)
TICKET_ENDED = EventKind(
    "counter.ticket_ended", _("Kết thúc lượt"), {"number": "integer", "outcome": "code"}
)

ALL = (DAY_CLOSED, DAY_REOPENED, DESK_OPENED, TICKET_ISSUED, TICKET_CALLED, TICKET_ENDED)
