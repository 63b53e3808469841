"""At which agencies somebody holds a right on tasks, with those that their agencies alone follow."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tinhso.agencies.queries import inherited
from tinhso.calendars.clock import day_of

if TYPE_CHECKING:
    from datetime import datetime

    from tinhso.kernel.actors import Actor
    from tinhso.kernel.permissions import Permission


def held(actor: Actor, *permissions: Permission, at: datetime) -> frozenset[int] | None:
    """The agencies where one of the rights is held, and those that they alone follow that day; None is everywhere."""
    agencies: set[int] = set()
    for permission in permissions:
        scope = actor.scope(permission, at=at)
        if scope.everywhere:
            return None
        agencies |= scope.agencies
    return frozenset(agencies | inherited(agencies, day_of(at))) if agencies else frozenset()
