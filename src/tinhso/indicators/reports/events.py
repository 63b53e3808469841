"""What reports record in the log; keys, codes and days, never a word of a report."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from tinhso.events.kinds import EventKind

_WHICH = {"regime": "code", "period": "code"}

CALLED = EventKind("indicators.report_called", _("Đến kỳ báo cáo"), {**_WHICH, "due_on": "date"})
REMINDED = EventKind(
    "indicators.report_reminded", _("Nhắc sắp đến hạn báo cáo"), {**_WHICH, "due_on": "date"}
)
OVERDUE = EventKind("indicators.report_overdue", _("Quá hạn báo cáo"), {**_WHICH, "due_on": "date"})
OPENED = EventKind("indicators.report_opened", _("Mở báo cáo"), _WHICH)
RECOUNTED = EventKind(
    "indicators.report_recounted", _("Lấy lại số liệu báo cáo"), {"figures": "integer"}
)
WRITTEN = EventKind(
    "indicators.report_written",
    _("Sửa nội dung báo cáo"),
    {"sentence": "uuid", "act": "code"},
)
CORRECTED = EventKind(
    "indicators.report_corrected",
    _("Sửa số liệu báo cáo"),
    {"figure": "uuid", "indicator": "code", "is_withdrawn": "boolean"},
)
CONFIRMED = EventKind("indicators.report_confirmed", _("Thủ trưởng xác nhận báo cáo"))
REOPENED = EventKind("indicators.report_reopened", _("Mở lại báo cáo để sửa"))
SUBMITTED = EventKind(
    "indicators.report_submitted",
    _("Gửi báo cáo"),
    {**_WHICH, "number": "integer", "is_on_time": "boolean"},
)
RECEIVED = EventKind("indicators.report_received", _("Nhận báo cáo"), {"number": "integer"})
RETURNED = EventKind("indicators.report_returned", _("Trả lại báo cáo"), {"number": "integer"})

ALL = (
    *(CALLED, REMINDED, OVERDUE, OPENED, RECOUNTED, WRITTEN, CORRECTED),
    *(CONFIRMED, REOPENED, SUBMITTED, RECEIVED, RETURNED),
)
