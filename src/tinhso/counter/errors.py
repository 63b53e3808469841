"""What can be refused at the counter, by name."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from tinhso.kernel.errors import Conflict, Invalid, NotAllowed, NotFound


class ClosingUnknown(NotFound):
    """There is no such closed day, or it is another agency's."""

    code = "counter.closing_unknown"
    message = _("Không tìm thấy ngày đã khóa sổ.")


class DayNotCome(Conflict):
    """A day that has not begun cannot be closed."""

    code = "counter.day_not_come"
    message = _("Ngày {day} chưa đến, không khóa sổ được.")


class DayNotOver(Conflict):
    """Work at the desk has not ended; who closes the day all the same says that they know it."""

    code = "counter.day_not_over"
    message = _("Quầy còn làm việc đến {time}; khóa sổ bây giờ thì xác nhận là khóa sớm.")


class DayClosed(Conflict):
    """The day is closed; the head reopens it first."""

    code = "counter.day_closed"
    message = _("Sổ ngày {day} đã khóa. Người phụ trách mở lại trước khi sửa.")


class DayReopened(Conflict):
    """That closing was taken back already."""

    code = "counter.day_reopened"
    message = _("Sổ của ngày này đã được mở lại.")


class CountsInvalid(Invalid):
    """A paper count is missing, or a difference is not explained; `errors` says which."""

    code = "counter.counts_invalid"
    message = _("Còn số liệu chưa đếm hoặc chênh lệch chưa giải trình; chưa khóa sổ được.")


class ReasonMissing(Invalid):
    """The act must give its reason."""

    code = "counter.reason_missing"
    message = _("Cần ghi rõ lý do.")


class DeskUnknown(NotFound):
    """There is no kiosk at this address, or the desk gives no numbers."""

    code = "counter.desk_unknown"
    message = _("Quầy này chưa mở lấy số, hoặc địa chỉ đã đổi.")


class DeskEnded(Conflict):
    """The agency of the kiosk has ended: it gives no numbers, and says who stands in its place."""

    code = "counter.desk_ended"
    message = _("{agency} đã kết thúc hoạt động. {onward}")


class TicketUnknown(NotFound):
    """There is no such called number, or it is another desk's."""

    code = "counter.ticket_unknown"
    message = _("Không tìm thấy số đang gọi này.")


class NobodyWaits(Conflict):
    """No number waits."""

    code = "counter.nobody_waits"
    message = _("Không còn ai đang chờ.")


class TicketOpen(Conflict):
    """The window still serves a number."""

    code = "counter.ticket_open"
    message = _("Cửa này đang phục vụ số {number}. Kết thúc số đó trước.")


class TicketEnded(Conflict):
    """The visit is over already."""

    code = "counter.ticket_ended"
    message = _("Số {number} đã kết thúc.")


class AppointmentUnknown(NotFound):
    """There is no such appointment, or it is somebody else's."""

    code = "counter.appointment_unknown"
    message = _("Không tìm thấy lịch hẹn.")


class NobodyToMeet(NotAllowed):
    """A visitor books nothing: whoever books signs in, or has the desk do it."""

    code = "counter.nobody_to_meet"
    message = _("Đăng nhập để đặt lịch hẹn, hoặc nhờ quầy đặt giúp.")


class OfferInvalid(Invalid):
    """A length, a number of people or a number of days that no desk can offer."""

    code = "counter.offer_invalid"
    message = _("Mỗi lượt từ 5 đến 120 phút, từ 1 đến 50 người, đặt trước từ 1 đến 60 ngày.")


class TimeNotOffered(Conflict):
    """The desk offers no such time, it is past, or too far ahead."""

    code = "counter.time_not_offered"
    message = _("Quầy không nhận hẹn vào giờ này. Chọn giờ khác.")


class TimeTaken(Conflict):
    """All places of that time are booked."""

    code = "counter.time_taken"
    message = _("Giờ này vừa đủ người. Chọn giờ khác.")


class AppointmentsMany(Conflict):
    """One person holds as many appointments ahead as one may."""

    code = "counter.appointments_many"
    message = _("Mỗi người giữ nhiều nhất {limit} lịch hẹn chưa đến. Hủy bớt rồi đặt.")


class BookingUsed(Conflict):
    """The key under which a booking is sent names another appointment: somebody else's, or another desk's."""

    code = "counter.booking_used"
    message = _("Lượt đặt này đã dùng cho một lịch hẹn khác. Mở lại trang đặt lịch rồi đặt lại.")


class AppointmentOver(Conflict):
    """It was cancelled, kept or missed already."""

    code = "counter.appointment_over"
    message = _("Lịch hẹn này đã hủy, đã đến hoặc đã lỡ.")


class AppointmentNotToday(Conflict):
    """It is on another day."""

    code = "counter.appointment_not_today"
    message = _("Lịch hẹn này vào {when}, không phải hôm nay.")


class AppointmentMissed(Conflict):
    """Its time is over; whoever comes late takes a number like everybody."""

    code = "counter.appointment_missed"
    message = _("Đã quá giờ hẹn {when}. Lấy số như bình thường.")
