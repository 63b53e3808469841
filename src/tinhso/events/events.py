"""What this app itself records."""

from django.utils.translation import gettext_lazy as _

from tinhso.events.kinds import EventKind
from tinhso.events.models import READ as READ_CODE

READ = EventKind(READ_CODE, _("Xem dữ liệu cá nhân"), {"purpose": "code", "subjects": "array"})
BULK_WRITTEN = EventKind(
    "events.bulk_written",
    _("Ghi hàng loạt"),
    {"reason": "code", "rows": "integer", "tables": "array"},
)
EXPORTED = EventKind("events.exported", _("Kết xuất nhật ký"), {"rows": "integer"})
RESTAMPED = EventKind(
    "events.restamped", _("Tiếp tục nhật ký sau khôi phục"), {"lost": "integer", "last": "integer"}
)

ALL = (READ, BULK_WRITTEN, EXPORTED, RESTAMPED)
