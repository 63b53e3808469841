"""The verbs of figures that can be granted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from tinhso.kernel.permissions import Permission

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django_stubs_ext import StrOrPromise


class IndicatorPermission(Permission):
    """Rights on figures (quyền về số liệu, chỉ tiêu)."""

    READ = "indicators:figure:read"
    RECORD = "indicators:figure:record"
    ASSIGN = "indicators:target:assign"
    CLOSE = "indicators:period:close"


WORDS: Mapping[Permission, StrOrPromise] = {
    IndicatorPermission.READ: _("Xem số liệu, chỉ tiêu"),
    IndicatorPermission.RECORD: _("Nhập số liệu do nơi khác báo cáo"),
    IndicatorPermission.ASSIGN: _("Giao, kết thúc chỉ tiêu phấn đấu"),
    IndicatorPermission.CLOSE: _("Chốt kỳ số liệu"),
}
"""What each right is called on the screen."""
