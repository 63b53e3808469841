"""What a pack may declare of accounts: roles and the rights that they hold (`roles.yaml`)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from tinhso.accounts.models import Role
from tinhso.accounts.services import roles
from tinhso.accounts.services.roles import RoleFacts
from tinhso.kernel.permissions import registry
from tinhso.packs.kinds import Applied, Change, PackKind

if TYPE_CHECKING:
    from datetime import datetime

    from tinhso.kernel.actors import Actor
    from tinhso.packs.sources import Problem, Source

SCHEMA: dict[str, Any] = {
    "type": "object",
    "required": ["roles"],
    "additionalProperties": False,
    "properties": {
        "roles": {
            "type": "array",
            "minItems": 1,
            "items": {
                "type": "object",
                "required": ["code", "name", "permissions"],
                "additionalProperties": False,
                "properties": {
                    "code": {"type": "string", "pattern": "^[a-z][a-z0-9-]{1,59}$"},
                    "name": {"type": "string", "minLength": 3, "maxLength": 200},
                    "name_en": {"type": "string", "minLength": 3, "maxLength": 200},
                    "description": {"type": "string"},
                    "description_en": {"type": "string"},
                    "second_factor": {"type": "boolean"},
                    "permissions": {
                        "type": "array",
                        "minItems": 1,
                        "items": {"type": "string", "pattern": "^[a-z_]+:[a-z_]+:[a-z_]+$"},
                    },
                },
            },
        },
    },
}


def declared(source: Source) -> list[RoleFacts]:
    """The roles of an entry."""
    return [
        RoleFacts(
            code=role["code"],
            name=role["name"],
            description=role.get("description", ""),
            permissions=frozenset(role["permissions"]),
            needs_second_factor=role.get("second_factor", False),
            name_en=role.get("name_en", ""),
            description_en=role.get("description_en", ""),
        )
        for role in source.value["roles"]
    ]


def check(source: Source) -> list[Problem]:
    """Each role once, each right known and once, no role of another pack."""
    problems: list[Problem] = []
    elsewhere = {
        facts.code
        for other in source.others("roles")
        if other is not source
        for facts in declared(other)
        if other.pack.code != source.pack.code
    }
    seen: set[str] = set()
    for index, role in enumerate(source.value["roles"]):
        place: tuple[str | int, ...] = ("roles", index)
        if role["code"] in seen or role["code"] in elsewhere:
            found = f"vai trò “{role['code']}” khai hai lần"
            problems.append(source.problem(*place, "code", found=found))
        seen.add(role["code"])
        problems += _check_permissions(source, role["permissions"], place)
    return problems


def _check_permissions(
    source: Source, permissions: list[str], place: tuple[str | int, ...]
) -> list[Problem]:
    problems: list[Problem] = []
    for index, permission in enumerate(permissions):
        here = (*place, "permissions", index)
        if permission not in registry:
            problems.append(
                source.problem(
                    *here,
                    found=f"không có quyền “{permission}”",
                    expected=_nearest(permission),
                )
            )
        elif permission in permissions[:index]:
            problems.append(source.problem(*here, found=f"quyền “{permission}” khai hai lần"))
    return problems


def _nearest(permission: str) -> str:
    app = permission.partition(":")[0]
    return ", ".join(code for code in registry if code.startswith(f"{app}:")) or "một quyền đã khai"


def diff(source: Source) -> list[Change]:
    """Roles that come, change or go out of use, with the rights that each gains and loses."""
    standing = {role.code: role for role in _standing(source)}
    changes = [change for facts in declared(source) for change in _changes(facts, standing)]
    gone = set(standing) - {facts.code for facts in declared(source)}
    return changes + [Change(code, standing[code].name, None) for code in sorted(gone)]


def _changes(facts: RoleFacts, standing: dict[str, Role]) -> list[Change]:
    role = standing.get(facts.code)
    if role is None:
        return [Change(facts.code, None, facts.name)]
    held = {row.permission for row in role.permissions.all()}
    lost = [Change(facts.code, code, None) for code in sorted(held - facts.permissions)]
    gained = [Change(facts.code, None, code) for code in sorted(facts.permissions - held)]
    words = [
        (role.name, facts.name),
        (role.description, facts.description),
        (role.name_en, facts.name_en),
        (role.description_en, facts.description_en),
        (_second(role.needs_second_factor), _second(facts.needs_second_factor)),
    ]
    said = [Change(facts.code, before, after) for before, after in words if before != after]
    return said + lost + gained


def _second(is_needed: bool) -> str:
    return "cần xác thực hai lớp" if is_needed else "không cần xác thực hai lớp"


def apply(source: Source, /, *, at: datetime, actor: Actor) -> Applied:
    """Bring the roles of the pack to what it says; a role that left the file goes out of use."""
    standing = {role.code: role for role in _standing(source)}
    created = changed = 0
    for facts in declared(source):
        if facts.code in standing and not _changes(facts, standing):
            continue
        roles.apply(facts, pack=source.pack.code, version=source.version, actor=actor, at=at)
        created += facts.code not in standing
        changed += facts.code in standing
    gone = set(standing) - {facts.code for facts in declared(source)}
    for code in sorted(gone):
        roles.retire(standing[code], actor=actor, at=at)
    return Applied(created=created, changed=changed, ended=len(gone))


def _standing(source: Source) -> list[Role]:
    return list(
        Role.objects.filter(pack=source.pack.code, retired_at=None).prefetch_related("permissions")
    )


ROLES = PackKind(
    code="roles",
    name=_("Vai trò"),
    where="roles.yaml",
    schema=SCHEMA,
    check=check,
    diff=diff,
    apply=apply,
)
