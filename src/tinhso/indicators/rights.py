"""Rights over the province's own figures: held at the province itself, or everywhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings

from tinhso.agencies.models import Agency
from tinhso.calendars.clock import day_of
from tinhso.kernel.permissions import PermissionMissing, require

if TYPE_CHECKING:
    from datetime import datetime

    from tinhso.indicators.permissions import IndicatorPermission
    from tinhso.kernel.actors import Actor


def require_over(
    actor: Actor, permission: IndicatorPermission, *, agency: int | None, at: datetime
) -> None:
    """Refuse with `PermissionMissing` unless the right is held at the agency, or at the province when there is none."""
    if agency is not None:
        require(actor, permission, agency=agency, at=at)
        return
    if actor.scope(permission, at=at).everywhere:
        return
    province = Agency.objects.alive(day_of(at)).filter(key=settings.PROVINCE_KEY).first()
    if province is None:
        raise PermissionMissing(permission=permission.label, agency=None)
    require(actor, permission, agency=province.pk, at=at)
