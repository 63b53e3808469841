"""Roles, as packs declare them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID, uuid5

from django.db import transaction

from tinhso.accounts import events
from tinhso.accounts.models import Role, RolePermission
from tinhso.events.services import record

if TYPE_CHECKING:
    from datetime import datetime

    from tinhso.kernel.actors import Actor

ROLES = UUID("5e0c3a57-6f0c-5d0e-9d0a-0d9f4a3a7c11")
"""The name space from which a role's code makes the subject of its events."""


@dataclass(frozen=True)
class RoleFacts:
    """What a pack says about a role."""

    code: str
    name: str
    description: str
    permissions: frozenset[str]
    needs_second_factor: bool = False
    name_en: str = ""
    description_en: str = ""


def subject_of(code: str) -> UUID:
    """The subject of the events of a role, the same in every house."""
    return uuid5(ROLES, code)


@transaction.atomic
def apply(facts: RoleFacts, *, pack: str, version: str, actor: Actor, at: datetime) -> Role:
    """Bring a role to what a pack says (áp dụng vai trò); grants of it follow at once.

    Called by `packs apply`, which has required its own right.
    """
    role, _created = Role.objects.select_for_update().update_or_create(
        code=facts.code,
        defaults={
            "name": facts.name,
            "description": facts.description,
            "name_en": facts.name_en,
            "description_en": facts.description_en,
            "needs_second_factor": facts.needs_second_factor,
            "pack": pack,
            "version": version,
            "retired_at": None,
        },
    )
    held = set(role.permissions.values_list("permission", flat=True))
    added, removed = sorted(facts.permissions - held), sorted(held - facts.permissions)
    role.permissions.filter(permission__in=removed).delete()
    RolePermission.objects.bulk_create(
        RolePermission(role=role, permission=permission) for permission in added
    )
    record(
        events.ROLE_APPLIED,
        subject=subject_of(facts.code),
        actor=actor,
        at=at,
        payload={"role": facts.code, "version": version, "added": added, "removed": removed},
    )
    return role


@transaction.atomic
def retire(role: Role, *, actor: Actor, at: datetime) -> None:
    """Take a role out of use (ngừng dùng vai trò): its grants hold nothing from now on."""
    role.retired_at = at
    role.save(update_fields=["retired_at"])
    record(
        events.ROLE_RETIRED,
        subject=subject_of(role.code),
        actor=actor,
        at=at,
        payload={"role": role.code},
    )
