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

APPOINTMENTS_OFFERED = EventKind(
    "counter.appointments_offered",
    _("Mở khung giờ hẹn"),
    {"minutes": "integer", "capacity": "integer", "days_ahead": "integer", "is_open": "boolean"},
)
APPOINTMENT_BOOKED = EventKind(
    "counter.appointment_booked", _("Đặt lịch hẹn"), {"starts_at": "date-time", "errand": "code"}
)
APPOINTMENT_MOVED = EventKind(
    "counter.appointment_moved",
    _("Dời lịch hẹn"),
    {"before": "date-time", "starts_at": "date-time"},
)
APPOINTMENT_TRANSFERRED = EventKind(
    "counter.appointment_transferred",
    _("Chuyển lịch hẹn sang cơ quan kế tiếp"),
    {"starts_at": "date-time", "from": "integer", "to": "integer"},
)
APPOINTMENT_CANCELLED = EventKind(
    "counter.appointment_cancelled", _("Hủy lịch hẹn"), {"starts_at": "date-time"}
)
APPOINTMENT_REMINDED = EventKind(
    "counter.appointment_reminded", _("Nhắc lịch hẹn"), {"starts_at": "date-time"}
)
APPOINTMENT_KEPT = EventKind(
    "counter.appointment_kept",
    _("Đến theo lịch hẹn"),
    {"starts_at": "date-time", "number": "integer"},
)
APPOINTMENT_MISSED = EventKind(
    "counter.appointment_missed", _("Lỡ lịch hẹn"), {"starts_at": "date-time"}
)
APPOINTMENT_READ = EventKind("counter.appointment_read", _("Xem tên, số điện thoại người hẹn"))

ALL = (
    DAY_CLOSED,
    DAY_REOPENED,
    DESK_OPENED,
    TICKET_ISSUED,
    TICKET_CALLED,
    TICKET_ENDED,
    APPOINTMENTS_OFFERED,
    APPOINTMENT_BOOKED,
    APPOINTMENT_MOVED,
    APPOINTMENT_TRANSFERRED,
    APPOINTMENT_CANCELLED,
    APPOINTMENT_REMINDED,
    APPOINTMENT_KEPT,
    APPOINTMENT_MISSED,
    APPOINTMENT_READ,
)
