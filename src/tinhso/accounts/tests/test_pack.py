"""Roles as content of a pack."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tinhso.accounts import pack
from tinhso.accounts.models import Role
from tinhso.accounts.tests.factories import AT, make_role
from tinhso.events.models import Event
from tinhso.kernel.actors import SystemActor
from tinhso.packs.sources import Document, PackHeader, Source

if TYPE_CHECKING:
    from typing import Any

pytestmark = pytest.mark.django_db
SYSTEM = SystemActor("packs")
READ, CREATE = "accounts:user:read", "accounts:user:create"


def source(
    *roles: dict[str, Any], code: str = "core", version: str = "1.0.0", around: Any = ()
) -> Source:
    document = Document(file=f"{code}/roles.yaml", value={"roles": list(roles)}, positions={})
    header = PackHeader(code, "Gói", version, (), (), document)
    return Source(
        pack=header,
        kind="roles",
        code="roles",
        version=version,
        document=document,
        files={},
        digest="",
        around=around,
    )


def role(code: str = "clerk", *permissions: str, **more: Any) -> dict[str, Any]:
    return {"code": code, "name": "Văn thư", "permissions": list(permissions or (READ,)), **more}


def apply(*roles: dict[str, Any], version: str = "1.0.0") -> tuple[int, int, int]:
    done = pack.apply(source(*roles, version=version), at=AT, actor=SYSTEM)
    return done.created, done.changed, done.ended


def held(code: str) -> set[str]:
    return set(Role.objects.get(code=code).permissions.values_list("permission", flat=True))


def test_roles_come_change_and_go() -> None:
    assert apply(role("clerk"), role("guard", second_factor=True)) == (2, 0, 0)
    assert Role.objects.get(code="guard").needs_second_factor
    assert apply(role("clerk", CREATE), version="1.1.0") == (0, 1, 1)
    assert held("clerk") == {CREATE}
    assert Role.objects.get(code="clerk").version == "1.1.0"
    assert Role.objects.get(code="guard").retired_at == AT
    kinds = list(Event.objects.order_by("pk").values_list("kind", flat=True))
    assert kinds == ["accounts.role_applied"] * 3 + ["accounts.role_retired"]
    change = Event.objects.filter(kind="accounts.role_applied").latest("pk").payload
    assert change == {"role": "clerk", "version": "1.1.0", "added": [CREATE], "removed": [READ]}


def test_a_role_that_returns_is_in_use_again() -> None:
    apply(role("clerk"), role("guard"))
    apply(role("clerk"))
    assert apply(role("clerk"), role("guard")) == (1, 0, 0)
    assert Role.objects.get(code="guard").retired_at is None


def test_what_is_the_same_is_left_alone() -> None:
    apply(role())
    assert pack.diff(source(role())) == []
    before = Event.objects.count()
    assert apply(role()) == (0, 0, 0)
    assert Event.objects.count() == before


def test_a_role_of_another_pack_stays() -> None:
    other = make_role(code="other")
    assert apply(role()) == (1, 0, 0)
    other.refresh_from_db()
    assert other.retired_at is None


def test_the_difference_names_rights_and_words() -> None:
    apply(role("clerk"), role("guard"))
    changed = {**role("clerk", CREATE, second_factor=True), "name": "Thư ký"}
    found = {(each.before, each.after) for each in pack.diff(source(changed, role("new")))}
    assert found == {
        ("Văn thư", "Thư ký"),
        ("không cần xác thực hai lớp", "cần xác thực hai lớp"),
        (READ, None),
        (None, CREATE),
        (None, "Văn thư"),
        ("Văn thư", None),
    }


def test_unknown_and_repeated_rights_and_roles_are_problems() -> None:
    assert pack.check(source(role())) == []
    [unknown] = pack.check(source(role("clerk", "accounts:user:fly")))
    assert "accounts:user:fly" in unknown.found
    assert READ in unknown.expected
    assert len(pack.check(source(role("clerk", READ, READ)))) == 1
    assert len(pack.check(source(role("clerk"), role("clerk")))) == 1
    assert len(pack.check(source(role("clerk", "ghost:thing:do")))) == 1
