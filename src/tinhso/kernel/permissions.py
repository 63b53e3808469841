"""Rights (quyền): verbs in code, one question to an actor, one way to require.

Each app names its verbs in `permissions.py` as a `Permission` (a `StrEnum` of `app:thing:verb`) and
registers them, with words for the screen, in its AppConfig with `declare`. Roles that hold them are
content of packs; grants are data of `accounts`.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from tinhso.kernel.errors import NotAllowed
from tinhso.kernel.registry import Registry

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from django_stubs_ext import StrOrPromise

    from tinhso.kernel.actors import Actor


class Permission(StrEnum):
    """A verb that can be granted; the value has the form `app:thing:verb`."""

    @property
    def label(self) -> StrOrPromise:
        """What the right is called on the screen; its value where its app gave no words."""
        return _words.get(self.value, self.value)


registry: Registry[Permission] = Registry("permission")
_words: dict[str, StrOrPromise] = {}


class PermissionMissing(NotAllowed):
    """The actor does not hold the right at this time: at this agency, or anywhere where none is concerned."""

    code = "permission_missing"
    message = _("Bạn không có quyền “{permission}”.")
    message_at_agency = _("Bạn không có quyền “{permission}” tại cơ quan này.")

    def __str__(self) -> str:
        if self.details.get("agency") is None:
            return super().__str__()
        return str(self.message_at_agency).format(**self.details)


def declare(
    permissions: type[Permission], words: Mapping[Permission, StrOrPromise] | None = None
) -> None:
    """Register every verb of an app, with what it is called on the screen."""
    for permission in permissions:
        registry.register(permission.value, permission)
    _words.update({permission.value: label for permission, label in (words or {}).items()})


def require(
    actor: Actor, permission: Permission, *, at: datetime, agency: int | None = None
) -> None:
    """Refuse with `PermissionMissing` unless the actor holds the right at the agency (its key) at that instant."""
    if not actor.holds(permission, agency=agency, at=at):
        raise PermissionMissing(permission=permission.label, agency=agency)
