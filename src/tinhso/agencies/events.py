"""Kinds of event of this app."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from tinhso.events.kinds import EventKind

AGENCY_ESTABLISHED = EventKind(
    "agencies.established",
    _("Lập cơ quan"),
    {"key": "code", "agency_code": "code", "since": "date"},
)
AGENCY_AMENDED = EventKind(
    "agencies.amended",
    _("Thay đổi thông tin cơ quan"),
    {"on": "date", "changed": "array"},
)
REFORM_PREPARED = EventKind(
    "agencies.reform_prepared",
    _("Lập phương án sắp xếp"),
    {"code": "code", "version": "integer"},
)
REFORM_EDITED = EventKind(
    "agencies.reform_edited",
    _("Sửa phương án sắp xếp"),
    {"code": "code", "version": "integer"},
)
REFORM_DISCARDED = EventKind(
    "agencies.reform_discarded",
    _("Bỏ phương án sắp xếp"),
    {"code": "code", "version": "integer"},
)
REFORM_CARRIED_OUT = EventKind(
    "agencies.reform_carried_out",
    _("Thực hiện sắp xếp cơ quan"),
    {
        "code": "code",
        "on": "date",
        "begun": "integer",
        "ended": "integer",
        "continued": "integer",
        "successions": "integer",
        "competences": "integer",
        "work_moved": "integer",
    },
)
UNITS_LOADED = EventKind(
    "agencies.units_loaded",
    _("Nạp danh mục đơn vị"),
    {"agencies": "integer", "fields": "integer"},
)

BOUNDARIES_LOADED = EventKind(
    "agencies.boundaries_loaded",
    _("Nạp ranh giới đơn vị"),
    {"on": "date", "units": "integer"},
)
BOUNDARIES_REMOVED = EventKind(
    "agencies.boundaries_removed",
    _("Bỏ ranh giới đã nạp"),
    {"on": "date", "units": "integer"},
)

ALL = (
    AGENCY_ESTABLISHED,
    AGENCY_AMENDED,
    REFORM_PREPARED,
    REFORM_EDITED,
    REFORM_DISCARDED,
    REFORM_CARRIED_OUT,
    UNITS_LOADED,
    BOUNDARIES_LOADED,
    BOUNDARIES_REMOVED,
)
