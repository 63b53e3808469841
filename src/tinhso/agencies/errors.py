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


class ReformDiscardedBefore(Conflict):
    """A plan that was given up is neither edited nor carried out."""

    code = "agencies.reform_discarded"
    message = _("Phương án này đã bỏ ngày {on}; không sửa, không thực hiện được nữa.")


class ReformCodeTaken(Conflict):
    """Another plan has this code; `key` is its uuid."""

    code = "agencies.reform_code_taken"
    message = _("Mã “{code}” đã là mã của một phương án khác.")


class WorkUnassigned(Conflict):
    """Work in hand would stay with an agency that ends, because no receiver is named."""

    code = "agencies.work_unassigned"
    message = _("Còn {count} việc đang giải quyết chưa có cơ quan tiếp nhận: {agencies}.")


class AgencyPeriodNotOpen(Conflict):
    """The agency has ended, or has changed on or after that day already."""

    code = "agencies.period_not_open"
    message = _("Cơ quan đã kết thúc hoặc đã có thay đổi từ ngày {on} trở đi.")


class ReformTooEarly(Conflict):
    """Work in hand would go, long before the day, to people whose rights begin on the day."""

    code = "agencies.reform_too_early"
    message = _(
        "Phương án có hiệu lực từ {on}. Việc đang giải quyết chuyển ngay khi thực hiện,"
        " nên chỉ thực hiện được từ ngày {earliest}."
    )


class BoundariesUnreadable(Invalid):
    """The file of boundaries is no GeoJSON of areas; nothing of it is loaded."""

    code = "agencies.boundaries_unreadable"
    message = _("Không đọc được tệp ranh giới: {why}.")


class BoundariesTooLarge(Invalid):
    """The file of boundaries is larger than what is read at all."""

    code = "agencies.boundaries_too_large"
    message = _("Tệp ranh giới quá lớn: nhiều nhất {limit}.")


class BoundariesElsewhere(Invalid):
    """The coordinates are no longitude and latitude (WGS 84) of a place in the country."""

    code = "agencies.boundaries_elsewhere"
    message = _("Tọa độ không phải kinh độ, vĩ độ WGS 84 trong lãnh thổ ({found}).")


class BoundariesOfNobody(Conflict):
    """No shape of the file is a unit of that day."""

    code = "agencies.boundaries_of_nobody"
    message = _("Không vùng nào trong tệp khớp với đơn vị của ngày {on}.")


class BoundariesNotLoaded(NotFound):
    """There are no boundaries that could be taken away."""

    code = "agencies.boundaries_not_loaded"
    message = _("Chưa nạp ranh giới nào.")
