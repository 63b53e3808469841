"""Every address × the cast, against the committed table: a new address without a decision fails."""

from __future__ import annotations

import os
from datetime import date
from typing import TYPE_CHECKING

import yaml

from tests import permission_walk
from tests.cast import AT, ROLES
from tinhso.calendars import services as calendars
from tinhso.calendars.tests.factories import FIVE_DAYS
from tinhso.kernel.actors import SystemActor
from tinhso.kernel.permissions import registry

if TYPE_CHECKING:
    from tests.cast import Cast


def test_every_address_has_a_name() -> None:
    assert permission_walk.unnamed() == []


def test_every_right_is_in_a_role_and_every_role_knows_its_rights() -> None:
    roles = yaml.safe_load(ROLES.read_text(encoding="utf-8"))["roles"]
    assert {right for role in roles for right in role["permissions"]} == set(registry)


def test_everybody_is_answered_as_decided(cast: Cast) -> None:
    calendars.found(
        code="province",
        name="Lịch của tỉnh",
        agency=None,
        week=FIVE_DAYS,
        valid_from=date(2020, 1, 1),
        actor=SystemActor("test"),
        at=AT,
    )
    table = permission_walk.table(cast)
    if os.environ.get("TINHSO_PERMISSIONS") == "write":
        permission_walk.TABLE.write_text(table, encoding="utf-8")
    decided = permission_walk.TABLE.read_text(encoding="utf-8").splitlines()
    assert table.splitlines() == decided, "look at the difference, then: tools/permissions.py write"
