"""What inspections record in the log; keys, codes and days, never a word of a note."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from tinhso.events.kinds import EventKind

PLANNED = EventKind(
    "inspections.planned", _("Lập kế hoạch kiểm tra"), {"units": "integer", "team": "integer"}
)
PREPARED = EventKind(
    "inspections.prepared",
    _("Điền sẵn phiếu kiểm tra"),
    {"figures": "integer", "missing": "integer"},
)
NOTED = EventKind(
    "inspections.noted",
    _("Ghi tiêu chí kiểm tra"),
    {"item": "integer", "version": "integer", "is_aside": "boolean"},
)
SELF_REPORTED = EventKind(
    "inspections.self_reported", _("Đơn vị tự báo cáo trước kiểm tra"), {"items": "integer"}
)
SAT = EventKind(
    "inspections.sat",
    _("Ghi buổi làm việc của đoàn kiểm tra"),
    {"attendees": "integer", "is_over": "boolean"},
)
PHOTOGRAPHED = EventKind("inspections.photographed", _("Thêm ảnh kiểm tra"), {"item": "integer"})
FOUND = EventKind("inspections.found", _("Ghi nhận định kiểm tra"), {"kind": "code"})
RECOMMENDED = EventKind("inspections.recommended", _("Kiến nghị sau kiểm tra"))
DROPPED = EventKind("inspections.dropped", _("Bỏ một nội dung khỏi biên bản"), {"what": "code"})
SEALED = EventKind("inspections.minutes_sealed", _("Chốt biên bản kiểm tra"), {"digest": "code"})
RETURNED = EventKind("inspections.minutes_returned", _("Trả biên bản kiểm tra để sửa"))
AGREED = EventKind(
    "inspections.minutes_agreed", _("Thông qua biên bản kiểm tra"), {"digest": "code"}
)
CONCLUDED = EventKind("inspections.concluded", _("Kết luận kiểm tra"), {"tasks": "integer"})
RECHECKED = EventKind("inspections.rechecked", _("Kiểm tra lại kiến nghị"), {"outcome": "code"})
CLOSED = EventKind("inspections.closed", _("Kết thúc cuộc kiểm tra"))

ALL = (
    *(PLANNED, PREPARED, SELF_REPORTED, NOTED, PHOTOGRAPHED, SAT, FOUND, RECOMMENDED),
    *(DROPPED, SEALED, RETURNED, AGREED, CONCLUDED, RECHECKED, CLOSED),
)
