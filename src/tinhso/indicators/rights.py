"""Rights over the province's own figures: held at the province itself, or everywhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings

from tinhso.agencies.models import Agency
from tinhso.agencies.queries import descendants
from tinhso.calendars.clock import day_of
from tinhso.indicators.permissions import IndicatorPermission
from tinhso.kernel.permissions import PermissionMissing, require

if TYPE_CHECKING:
    from datetime import date, datetime

    from tinhso.kernel.actors import Actor, Scope


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


def is_whole(scope: Scope, on: date) -> bool:
    """Whether the right is held in the whole province: everywhere, or at the province with all below it."""
    if scope.everywhere:
        return True
    province = Agency.objects.filter(key=settings.PROVINCE_KEY).values_list("pk", flat=True).first()
    return province in scope.agencies and descendants(province or 0, on) <= scope.agencies


def may_close(actor: Actor, at: datetime) -> bool:
    """Whether the actor may close the figures of a period: a button is shown, the service decides."""
    try:
        require_over(actor, IndicatorPermission.CLOSE, agency=None, at=at)
    except PermissionMissing:
        return False
    return True
