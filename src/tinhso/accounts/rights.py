"""Which rights somebody holds where: grants, stand-ins and subordinate agencies together."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
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


@dataclass(frozen=True)
class Rights:
    """What somebody holds at an instant: the scope of each permission, and the agencies where roles were given.

    `given` says of each such agency whether a role there reaches the agencies below it.
    """

    scopes: Mapping[str, Scope]
    given: Mapping[int, bool]


def rights_of(user: int, *, at: datetime) -> Rights:
    """The rights of a user (by key) at the instant, with what they hold as stand-in."""
    granted = _granted_to(proof_is_needed=not settings.DEMO)
    rows = granted.rows(user=user, at=at, day=day_of(at))
    given: dict[int, bool] = {}
    for _permission, agency, deep in rows:
        if agency is not None:
            given[agency] = deep or given.get(agency, False)
    return Rights(scopes(rows, at=at), given)


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
    roots = {agency for _, agency, deep in rows if deep and agency is not None}
    below = agencies.reaches(roots, day_of(at)) if roots else {}
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
