"""Where the pages of figures stand in the menu."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.utils.translation import gettext_lazy as _

from tinhso.indicators.permissions import IndicatorPermission
from tinhso.ui.navigation import NavigationEntry

if TYPE_CHECKING:
    from django.http import HttpRequest

    from tinhso.kernel.requests import ActedRequest

STEERING = _("Chỉ đạo, điều hành")
_RIGHTS = (IndicatorPermission.ASSIGN, IndicatorPermission.CLOSE, IndicatorPermission.RECORD)


def steers(request: HttpRequest) -> bool:
    """Whether somebody answers for figures, or reads those of more agencies than one: a board tells others little."""
    acted = cast("ActedRequest", request)
    if any(acted.actor.holds(right, at=acted.at) for right in _RIGHTS):
        return True
    scope = acted.actor.scope(IndicatorPermission.READ, at=acted.at)
    return scope.everywhere or len(scope.agencies) > 1


ENTRIES = (
    NavigationEntry(
        "indicators.board",
        STEERING,
        _("Tổng quan"),
        "indicators:board",
        permission=IndicatorPermission.READ,
        is_for=steers,
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
        is_for=steers,
        order=9,
    ),
    NavigationEntry(
        "indicators.agencies",
        STEERING,
        _("Theo cơ quan"),
        "indicators:agencies",
        permission=IndicatorPermission.READ,
        is_for=steers,
        order=7,
    ),
    NavigationEntry(
        "indicators.communes",
        STEERING,
        _("Theo xã"),
        "indicators:communes",
        permission=IndicatorPermission.READ,
        is_for=steers,
        order=8,
    ),
)
"""The lines of the menu."""
