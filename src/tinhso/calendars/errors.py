"""What can be refused in the calendars, by name."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from tinhso.kernel.errors import Conflict, Invalid, NotFound, Unavailable


class CalendarMissing(Unavailable):
    """The province has no calendar yet, so that no due date can be worked out."""

    code = "calendars.missing"
    message = _("Tỉnh chưa có lịch làm việc nên chưa tính được thời hạn.")


class CalendarUnknown(NotFound):
    """There is no such calendar."""

    code = "calendars.unknown"
    message = _("Không có lịch làm việc này.")


class CalendarCodeTaken(Conflict):
    """A calendar of this code, or of this agency, exists already."""

    code = "calendars.code_taken"
    message = _("Đã có lịch làm việc mang mã {calendar} hoặc của cơ quan này.")


class DayUnknown(NotFound):
    """There is no such entry in the calendar."""

    code = "calendars.day_unknown"
    message = _("Lịch không có mục ngày này.")


class DayAlreadyEntered(Conflict):
    """The day already carries an entry that is in force; withdraw that one first."""

    code = "calendars.day_already_entered"
    message = _("Ngày {day} đã có trong lịch: {name}. Rút mục đó trước khi thêm mục khác.")


class DayAlreadyWithdrawn(Conflict):
    """The entry was withdrawn before."""

    code = "calendars.day_already_withdrawn"
    message = _("Mục ngày này đã được rút khỏi lịch.")


class ReasonMissing(Invalid):
    """An entry or its withdrawal needs words that say why."""

    code = "calendars.reason_missing"
    message = _("Cần ghi tên ngày và lý do, căn cứ.")


class HoursInvalid(Invalid):
    """The hours of the week overlap, leave the day, or hold no working time at all."""

    code = "calendars.hours_invalid"
    message = _("Giờ làm việc không hợp lệ: các ca phải nối tiếp nhau và có ít nhất một ca.")
