"""What this app itself records."""

from django.utils.translation import gettext_lazy as _

from tinhso.events.kinds import EventKind

BULK_WRITTEN = EventKind(
    "events.bulk_written",
    _("Ghi hàng loạt"),
    {"reason": "code", "rows": "integer", "tables": "array"},
)
EXPORTED = EventKind("events.exported", _("Kết xuất nhật ký"), {"rows": "integer"})
RESTAMPED = EventKind(
    "events.restamped", _("Tiếp tục nhật ký sau khôi phục"), {"lost": "integer", "last": "integer"}
)

ALL = (BULK_WRITTEN, EXPORTED, RESTAMPED)
