"""Kinds of event of the calendars; the subject is the calendar."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from tinhso.events.kinds import EventKind

FOUNDED = EventKind("calendars.founded", _("Lập lịch làm việc"), {"calendar": "code"})
HOURS_SET = EventKind(
    "calendars.hours_set",
    _("Đặt giờ làm việc"),
    {"calendar": "code", "version": "integer", "valid_from": "date"},
)
DAY_ENTERED = EventKind(
    "calendars.day_entered",
    _("Thêm ngày vào lịch"),
    {"calendar": "code", "version": "integer", "day": "date", "kind": "code"},
)
DAY_WITHDRAWN = EventKind(
    "calendars.day_withdrawn",
    _("Rút ngày khỏi lịch"),
    {"calendar": "code", "version": "integer", "day": "date", "kind": "code"},
)
DAYS_ADOPTED = EventKind(
    "calendars.days_adopted",
    _("Nhận danh mục ngày nghỉ"),
    {"calendar": "code", "version": "integer", "entered": "integer", "withdrawn": "integer"},
)
