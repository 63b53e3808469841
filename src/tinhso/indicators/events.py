"""What figures record in the log; keys, codes and days, never a text that somebody typed."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from tinhso.events.kinds import EventKind

TARGET_ASSIGNED = EventKind(
    "indicators.target_assigned",
    _("Giao chỉ tiêu phấn đấu"),
    {"indicator": "code", "first": "date", "last": "date"},
)
TARGET_ENDED = EventKind(
    "indicators.target_ended", _("Thôi giao chỉ tiêu phấn đấu"), {"indicator": "code", "on": "date"}
)
PERIOD_CLOSED = EventKind(
    "indicators.period_closed",
    _("Chốt kỳ số liệu"),
    {"first": "date", "last": "date", "figures": "integer"},
)
FIGURE_RECORDED = EventKind(
    "indicators.figure_recorded",
    _("Ghi số liệu do nơi khác báo cáo"),
    {"indicator": "code", "kind": "code", "first": "date", "last": "date"},
)

_INTERVAL = {"first": "date", "last": "date"}
LIST_EXPORTED = EventKind(
    "indicators.list_exported",
    _("Kết xuất danh sách sau số liệu"),
    {
        "indicator": "code",
        "part": "code",
        "format": "code",
        **_INTERVAL,
        "rows": "integer",
        "hidden": "integer",
    },
)
FIGURES_EXPORTED = EventKind(
    "indicators.figures_exported",
    _("Kết xuất số liệu đã điều chỉnh"),
    {"format": "code", **_INTERVAL, "rows": "integer"},
)

ALL = (
    *(TARGET_ASSIGNED, TARGET_ENDED, PERIOD_CLOSED, FIGURE_RECORDED),
    *(LIST_EXPORTED, FIGURES_EXPORTED),
)
