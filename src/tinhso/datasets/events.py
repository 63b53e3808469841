"""What data sets record in the log: codes and counts, never a cell of a row."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from tinhso.events.kinds import EventKind

DELIVERED = EventKind(
    "datasets.delivered",
    _("Giao bộ dữ liệu"),
    {
        "dataset": "code",
        "period": "code",
        "good": "integer",
        "changed": "integer",
        "bad": "integer",
        "sha256": "code",
    },
)
ROWS_READ = EventKind(
    "datasets.rows_read",
    _("Xem số liệu trong kho dùng chung"),
    {"dataset": "code", "period": "code", "indicator": "code", "rows": "integer", "format": "code"},
)
BAD_ROWS_READ = EventKind(
    "datasets.bad_rows_read", _("Tải dòng lỗi của bộ dữ liệu"), {"rows": "integer"}
)

ALL = (DELIVERED, ROWS_READ, BAD_ROWS_READ)
