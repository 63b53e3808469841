"""The verbs of inspections that can be granted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from tinhso.kernel.permissions import Permission

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django_stubs_ext import StrOrPromise


class InspectionPermission(Permission):
    """Rights on inspections (quyền về kiểm tra)."""

    CONCLUDE = "inspections:inspection:conclude"
    READ = "inspections:inspection:read"

    AGREE = "inspections:minutes:agree"

    REPORT = "inspections:unit:report"

    MAKE = "inspections:plan:make"

    HOLD = "inspections:visit:hold"


WORDS: Mapping[Permission, StrOrPromise] = {
    InspectionPermission.CONCLUDE: _("Kết luận kiểm tra, kết thúc cuộc kiểm tra"),
    InspectionPermission.READ: _("Xem kiểm tra"),
    InspectionPermission.AGREE: _("Thông qua biên bản kiểm tra của đơn vị mình"),
    InspectionPermission.REPORT: _("Tự báo cáo trước khi đoàn kiểm tra đến"),
    InspectionPermission.MAKE: _("Lập kế hoạch kiểm tra"),
    InspectionPermission.HOLD: _("Tham gia đoàn kiểm tra, ghi phiếu kiểm tra"),
}
"""What each right is called on the screen."""
