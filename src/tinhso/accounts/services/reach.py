"""How far a right reaches: over a place and all below it, over a person and their places."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tinhso.accounts.models import Grant, Holding, User
from tinhso.agencies import queries as agencies
from tinhso.calendars.clock import day_of
from tinhso.kernel.permissions import PermissionMissing, require

if TYPE_CHECKING:
    from datetime import datetime

    from tinhso.accounts.permissions import AccountPermission
    from tinhso.kernel.actors import Actor


def require_over_place(
    actor: Actor, permission: AccountPermission, *, agency: int | None, deep: bool, at: datetime
) -> None:
    """Require the right wherever a thing will reach: an agency, all below it, or everywhere."""
    scope = actor.scope(permission, at=at)
    if scope.everywhere:
        return
    if agency is None:
        raise PermissionMissing(permission=permission.value)
    reach = agencies.descendants(agency, day_of(at)) if deep else {agency}
    if not {agency, *reach} <= scope.agencies:
        raise PermissionMissing(permission=permission.value)


def require_over_person(
    actor: Actor, permission: AccountPermission, *, user: User, at: datetime
) -> None:
    """Require the right at every agency where the person is granted a role or holds a post.

    So nobody who administers one commune touches somebody who also works elsewhere.
    """
    require(actor, permission, at=at)
    granted = Grant.objects.in_force(at).filter(user=user).values_list("agency", flat=True)
    held = Holding.objects.current(day_of(at)).filter(user=user)
    for agency in {*granted, *held.values_list("post__agency", flat=True)}:
        require_over_place(actor, permission, agency=agency, deep=False, at=at)


def is_self(actor: Actor, user: User) -> bool:
    """Whether the actor is this very person."""
    return actor.key in {f"user:{user.uuid}", f"party:{user.party_uuid}"}
