"""What can be refused of inspections, by name."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from tinhso.kernel.errors import Conflict, Invalid, NotAllowed, NotFound


class InspectionUnknown(NotFound):
    """There is no such inspection or plan, or it is nothing of yours."""

    code = "inspections.inspection_unknown"
    message = _("Không tìm thấy cuộc kiểm tra.")


class ItemUnknown(NotFound):
    """The checklist has no such criterion."""

    code = "inspections.item_unknown"
    message = _("Phiếu kiểm tra không có tiêu chí này.")


class FindingUnknown(NotFound):
    """The team found no such thing, or it can hold nobody up."""

    code = "inspections.finding_unknown"
    message = _("Không có nhận định này.")


class RecommendationUnknown(NotFound):
    """The inspection recommends no such thing."""

    code = "inspections.recommendation_unknown"
    message = _("Không có kiến nghị này.")


class RecommendationPast(Invalid):
    """What is asked for today is not due on a day that has passed."""

    code = "inspections.recommendation_past"
    message = _("Hạn {day} đã qua. Ghi một ngày từ hôm nay, hoặc để trống.")


class PlanInvalid(Invalid):
    """What was typed of a plan cannot be kept; `errors` says which field."""

    code = "inspections.plan_invalid"
    message = _("Kế hoạch kiểm tra nhập chưa đúng.")


class PlanKnown(Conflict):
    """The agency has a plan of this number and day."""

    code = "inspections.plan_known"
    message = _("Đã có kế hoạch số {number} ngày {day}.")


class NotInTeam(NotAllowed):
    """Only the team of the plan holds the inspection."""

    code = "inspections.not_in_team"
    message = _("Chỉ thành viên đoàn kiểm tra ghi được phiếu này.")


class InspectionState(Conflict):
    """The inspection does not stand where the act begins."""

    code = "inspections.inspection_state"
    message = _("Cuộc kiểm tra đang ở bước “{state}”, không thực hiện được việc này.")


class WordsMissing(Invalid):
    """The act must say why, or what."""

    code = "inspections.words_missing"
    message = _("Cần ghi rõ nội dung hoặc lý do.")


class NothingNoted(Conflict):
    """Minutes say something: at least one criterion was noted."""

    code = "inspections.nothing_noted"
    message = _("Chưa ghi tiêu chí nào. Ghi phiếu trước khi chốt biên bản.")


class SittingInvalid(Invalid):
    """What was typed of the sitting cannot be kept; `errors` says which field."""

    code = "inspections.sitting_invalid"
    message = _("Buổi làm việc ghi chưa đúng.")


class SittingMissing(Conflict):
    """Minutes say when and where both sides sat together, and who took part for the unit."""

    code = "inspections.sitting_missing"
    message = _("Chưa ghi đủ buổi làm việc: giờ bắt đầu, giờ kết thúc, địa điểm, người của đơn vị.")


class NotAnImage(Invalid):
    """Only photos are kept with a criterion."""

    code = "inspections.not_an_image"
    message = _("Tệp {name} không phải là ảnh.")


class RemediesOpen(Conflict):
    """Not everything recommended was done, or found to be done."""

    code = "inspections.remedies_open"
    message = _("Còn {count} kiến nghị chưa khắc phục xong.")
