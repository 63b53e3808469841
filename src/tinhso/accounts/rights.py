"""Which rights somebody holds where: grants, stand-ins and subordinate agencies together."""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, datetime
from functools import cache
from typing import TYPE_CHECKING, Any

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db.models import Exists, Q

from tinhso.accounts.models import Grant, StandIn
from tinhso.agencies import queries as agencies
from tinhso.calendars.clock import day_of
from tinhso.kernel.actors import EVERYWHERE, Scope
from tinhso.kernel.compiled import Compiled

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from django.db.models import QuerySet

_SOME_TIME = datetime(1970, 1, 1, tzinfo=UTC)
"""Stands in the compiled query where each question puts its own instant."""


def rights_of(user: int, *, at: datetime) -> Mapping[str, Scope]:
    """Permission to scope for a user (by key) at the instant, with what they hold as stand-in."""
    granted = _granted_to(proof_is_needed=not settings.DEMO)
    return scopes(granted.rows(user=user, at=at, day=day_of(at)), at=at)


@cache
def _granted_to(*, proof_is_needed: bool) -> Compiled:
    """What is granted to a user at an instant, as (permission, agency, with subordinates): asked on every request.

    Roles that need a second factor are held only by who has one; a demonstration asks nobody.
    """

    def granted(*, user: int, at: datetime, day: date) -> QuerySet[Grant, Any]:
        del day  # follows from the instant
        absent = StandIn.objects.in_force(at).filter(substitute=user).values("absent")
        theirs = Grant.objects.in_force(at).filter(
            Q(user=user) | Q(user__in=absent), user__is_active=True
        )
        if proof_is_needed:
            proved = Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP)
            theirs = theirs.filter(Q(role__needs_second_factor=False) | Q(Exists(proved)))
        return theirs.values_list(
            "role__permissions__permission", "agency", "includes_subordinates"
        )

    return Compiled(granted, user=-1, at=_SOME_TIME, day=day_of(_SOME_TIME))


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
