"""What is refused about apologies for what is late."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from tinhso.kernel.errors import Conflict, Invalid


class NotLate(Conflict):
    """Its appointed time has not passed; before that it is extended."""

    code = "dossiers.not_late"
    message = _("Hồ sơ chưa quá hạn. Trước hạn thì xin lỗi bằng văn bản gia hạn.")


class ApologisedBefore(Conflict):
    """The applicant had an apology, and the day that it promises is not over."""

    code = "dossiers.apologised_before"
    message = _("Đã gửi văn bản xin lỗi, hẹn ngày {day}.")


class ApologyWaived(Conflict):
    """It was noted why no apology is due for the late result."""

    code = "dossiers.apology_waived"
    message = _("Đã ghi lý do không phải xin lỗi.")


class PromiseInvalid(Invalid):
    """The promised day is missing, past, or further off than a promise may be."""

    code = "dossiers.promise_invalid"
    message = _("Ngày hẹn lại phải từ hôm nay đến nhiều nhất {days} ngày nữa.")


class ApologyStillOwed(Conflict):
    """Nothing is decided yet: while the applicant waits, they are owed an apology."""

    code = "dossiers.apology_still_owed"
    message = _("Hồ sơ đang quá hạn, chưa có kết quả: phải xin lỗi và hẹn lại ngày trả.")
