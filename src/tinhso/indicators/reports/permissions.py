"""The verbs of reports that can be granted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from tinhso.kernel.permissions import Permission

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django_stubs_ext import StrOrPromise


class ReportPermission(Permission):
    """Rights on periodic reports (quyền về báo cáo định kỳ)."""

    CONFIRM = "indicators:report:confirm"
    READ = "indicators:report:read"
    RECEIVE = "indicators:report:receive"
    WRITE = "indicators:report:write"


WORDS: Mapping[Permission, StrOrPromise] = {
    ReportPermission.CONFIRM: _("Xác nhận báo cáo định kỳ của cơ quan"),
    ReportPermission.READ: _("Xem báo cáo định kỳ"),
    ReportPermission.RECEIVE: _("Nhận hoặc trả lại báo cáo của đơn vị"),
    ReportPermission.WRITE: _("Lập, gửi, tổng hợp báo cáo định kỳ"),
}
"""What each right is called on the screen."""
