"""At which agencies somebody holds a right on tasks, with those whose work their agencies carry on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tinhso.agencies.queries import carried_on
from tinhso.calendars.clock import day_of

if TYPE_CHECKING:
    from datetime import datetime

    from tinhso.kernel.actors import Actor
    from tinhso.kernel.permissions import Permission


def held(actor: Actor, *permissions: Permission, at: datetime) -> frozenset[int] | None:
    """The agencies where one of the rights is held, and those whose work they carry on that day; None is everywhere."""
    agencies: set[int] = set()
    for permission in permissions:
        scope = actor.scope(permission, at=at)
        if scope.everywhere:
            return None
        agencies |= scope.agencies
    return frozenset(agencies | carried_on(agencies, day_of(at))) if agencies else frozenset()
