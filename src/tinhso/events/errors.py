"""What the log can refuse."""

from django.utils.translation import gettext_lazy as _

from tinhso.kernel.errors import Conflict, Invalid


class AnchorsDisagree(Conflict):
    """The database and the anchor file say different things of the same batch."""

    code = "events.anchors_disagree"
    message = _(
        "Lô {number} trong cơ sở dữ liệu khác tệp neo. Dừng niêm phong; chạy events verify --anchors."
    )


class LogRolledBack(Conflict):
    """The anchor file knows events that the database no longer has."""

    code = "events.log_rolled_back"
    message = _(
        "Tệp neo đã ghi tới vị trí {anchored}, cơ sở dữ liệu chỉ có tới {stored}. "
        "Nếu vừa khôi phục, chạy events restamp; nếu không, nhật ký đã bị cắt."
    )


class AnchorsOfAnotherLog(Conflict):
    """The folder of anchors holds a file of another log."""

    code = "events.anchors_of_another_log"
    message = _(
        "Thư mục neo có tệp {file} của nhật ký khác. Dừng niêm phong; chạy events verify --anchors, "
        "hoặc đặt TINHSO_ANCHORS tới thư mục chỉ dành cho nhà này."
    )


class LogHasGap(Conflict):
    """A position that was given is not there any more."""

    code = "events.log_has_gap"
    message = _("Nhật ký mất vị trí {position}. Dừng niêm phong; chạy events verify --anchors.")


class ExportTooLong(Invalid):
    """More events than one file may hold."""

    code = "events.export_too_long"
    message = _("Có hơn {limit} sự kiện: hãy thu hẹp bộ lọc.")
