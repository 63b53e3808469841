"""What can be refused at the counter, by name."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from tinhso.kernel.errors import Conflict, Invalid, NotFound


class ClosingUnknown(NotFound):
    """There is no such closed day, or it is another agency's."""

    code = "counter.closing_unknown"
    message = _("Không tìm thấy ngày đã khóa sổ.")


class DayNotCome(Conflict):
    """A day that has not begun cannot be closed."""

    code = "counter.day_not_come"
    message = _("Ngày {day} chưa đến, không khóa sổ được.")


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
