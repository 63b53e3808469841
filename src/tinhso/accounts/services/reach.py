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
    from tinhso.kernel.permissions import Permission


def require_over_place(
    actor: Actor, permission: AccountPermission, *, agency: int | None, deep: bool, at: datetime
) -> None:
    """Require the right wherever a thing will reach: an agency, all below it, or everywhere."""
    if not holds_over_place(actor, permission, agency=agency, deep=deep, at=at):
        raise PermissionMissing(permission=permission.label)


def holds_over_place(
    actor: Actor, permission: Permission, *, agency: int | None, deep: bool, at: datetime
) -> bool:
    """Whether the right is held wherever a thing will reach."""
    scope = actor.scope(permission, at=at)
    if scope.everywhere or agency is None:
        return scope.everywhere
    reach = agencies.descendants(agency, day_of(at)) if deep else {agency}
    return {agency, *reach} <= scope.agencies


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
