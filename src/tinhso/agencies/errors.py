"""What can be refused about agencies."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from tinhso.kernel.errors import Conflict, Invalid, NotFound


class AgencyNotFound(NotFound):
    """No such agency, or none with this code on that day."""

    code = "agencies.not_found"
    message = _("Không tìm thấy cơ quan “{agency}”.")


class AgencyKeyTaken(Conflict):
    """Another agency has this key."""

    code = "agencies.key_taken"
    message = _("Mã định danh nội bộ “{key}” đã được dùng.")


class AgencyCodeTaken(Conflict):
    """Another agency holds this code on one of these days."""

    code = "agencies.code_taken"
    message = _("Mã cơ quan “{agency_code}” đã được cấp cho cơ quan khác trong thời gian này.")


class ReformNotFound(NotFound):
    """No such reform."""

    code = "agencies.reform_not_found"
    message = _("Không tìm thấy phương án sắp xếp.")


class ReformMalformed(Invalid):
    """The document of a reform does not read; `errors` names each line or entry."""

    code = "agencies.reform_malformed"
    message = _("Phương án sắp xếp chưa đúng: {reason}")


class ReformDoesNotFit(Conflict):
    """The reform speaks of agencies or fields that are not as it supposes on that day."""

    code = "agencies.reform_does_not_fit"
    message = _("Phương án không khớp với danh mục vào ngày {on}: {reason}")


class ReformAlreadyCarriedOut(Conflict):
    """A reform that was carried out is not edited again."""

    code = "agencies.reform_already_carried_out"
    message = _("Phương án này đã được thực hiện ngày {on}; không sửa được nữa.")


class WorkUnassigned(Conflict):
    """Work in hand would stay with an agency that ends, because no receiver is named."""

    code = "agencies.work_unassigned"
    message = _("Còn {count} việc đang giải quyết chưa có cơ quan tiếp nhận: {agencies}.")


class AgencyPeriodNotOpen(Conflict):
    """The agency has ended, or has changed on or after that day already."""

    code = "agencies.period_not_open"
    message = _("Cơ quan đã kết thúc hoặc đã có thay đổi từ ngày {on} trở đi.")
