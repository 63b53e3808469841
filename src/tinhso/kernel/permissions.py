"""Rights (quyền): verbs in code, one question to an actor, one way to require.

Each app names its verbs in `permissions.py` as a `Permission` (a `StrEnum` of `app:thing:verb`) and
registers them in its AppConfig with `declare`. Roles that hold them are content of packs; grants
are data of `accounts`.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from tinhso.kernel.errors import NotAllowed
from tinhso.kernel.registry import Registry

if TYPE_CHECKING:
    from datetime import datetime

    from tinhso.kernel.actors import Actor


class Permission(StrEnum):
    """A verb that can be granted; the value has the form `app:thing:verb`."""


registry: Registry[Permission] = Registry("permission")


class PermissionMissing(NotAllowed):
    """The actor does not hold the right at this agency at this time."""

    code = "permission_missing"
    message = _("Bạn không có quyền “{permission}” tại cơ quan này.")


def declare(permissions: type[Permission]) -> None:
    """Register every verb of an app."""
    for permission in permissions:
        registry.register(permission.value, permission)


def require(
    actor: Actor, permission: Permission, *, at: datetime, agency: int | None = None
) -> None:
    """Refuse with `PermissionMissing` unless the actor holds the right at the agency (its key) at that instant."""
    if not actor.holds(permission, agency=agency, at=at):
        raise PermissionMissing(permission=permission.value)
