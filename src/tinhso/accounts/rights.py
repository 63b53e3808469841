"""Which rights somebody holds where: grants, stand-ins and subordinate agencies together."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db.models import Exists, Q

from tinhso.accounts.models import Grant, StandIn
from tinhso.agencies import queries as agencies
from tinhso.calendars.clock import day_of
from tinhso.kernel.actors import EVERYWHERE, Scope

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime


def rights_of(user: int, *, at: datetime) -> Mapping[str, Scope]:
    """Permission to scope for a user (by key) at the instant, with what they hold as stand-in."""
    absent = StandIn.objects.in_force(at).filter(substitute=user).values("absent")
    granted = (
        Grant.objects.in_force(at)
        .filter(Q(user=user) | Q(user__in=absent), _is_proved(user), user__is_active=True)
        .values_list("role__permissions__permission", "agency", "includes_subordinates")
    )
    return scopes(granted, at=at)


def _is_proved(user: int) -> Q:
    """Roles that need a second factor are held only by who has one; a demonstration asks nobody."""
    if settings.DEMO:
        return Q()
    proved = Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP)
    return Q(role__needs_second_factor=False) | Q(Exists(proved))


def scopes(
    granted: Iterable[tuple[str | None, int | None, bool]], *, at: datetime
) -> Mapping[str, Scope]:
    """Permission to scope from (permission, agency, with subordinates); no agency: everywhere."""
    rows = [row for row in granted if row[0] is not None]
    below = subordinates({agency for _, agency, deep in rows if deep and agency is not None}, at=at)
    everywhere: set[str] = set()
    places: dict[str, set[int]] = defaultdict(set)
    for permission, agency, deep in rows:
        if permission is None:
            continue
        if agency is None:
            everywhere.add(permission)
        else:
            places[permission] |= below[agency] if deep else {agency}
    found = {
        permission: Scope(agencies=frozenset(agencies_)) for permission, agencies_ in places.items()
    }
    return found | dict.fromkeys(everywhere, EVERYWHERE)


def subordinates(roots: Iterable[int], *, at: datetime) -> Mapping[int, set[int]]:
    """Each agency with all below it that day: one query an agency, and few people hold two."""
    on = day_of(at)
    return {root: {root, *agencies.descendants(root, on)} for root in roots}
