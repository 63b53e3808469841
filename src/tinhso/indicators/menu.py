"""Where the pages of figures stand in the menu."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from tinhso.indicators.permissions import IndicatorPermission
from tinhso.ui.navigation import NavigationEntry

STEERING = _("Chỉ đạo, điều hành")
ENTRIES = (
    NavigationEntry(
        "indicators.board",
        STEERING,
        _("Tổng quan"),
        "indicators:board",
        permission=IndicatorPermission.READ,
        order=5,
        begins_for=IndicatorPermission.ASSIGN,
    ),
    NavigationEntry(
        "indicators.catalogue",
        STEERING,
        _("Chỉ tiêu"),
        "indicators:catalogue",
        permission=IndicatorPermission.READ,
        order=6,
    ),
    NavigationEntry(
        "indicators.periods",
        STEERING,
        _("Kỳ số liệu"),
        "indicators:periods",
        permission=IndicatorPermission.READ,
        order=9,
    ),
    NavigationEntry(
        "indicators.agencies",
        STEERING,
        _("Theo cơ quan"),
        "indicators:agencies",
        permission=IndicatorPermission.READ,
        order=7,
    ),
    NavigationEntry(
        "indicators.communes",
        STEERING,
        _("Theo xã"),
        "indicators:communes",
        permission=IndicatorPermission.READ,
        order=8,
    ),
)
"""The lines of the menu."""
