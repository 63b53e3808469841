"""One commune, who administers it, and somebody who holds nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tinhso.accounts.actors import actor_for
from tinhso.accounts.permissions import AccountPermission
from tinhso.accounts.tests.factories import (
    make_grant,
    make_role,
    make_user,
)
from tinhso.agencies.tests.factories import make_agency

if TYPE_CHECKING:
    from tinhso.agencies.models import Agency
    from tinhso.kernel.actors import Actor


@pytest.fixture
def commune(db: None) -> Agency:
    del db
    return make_agency("Xã Ba Gia")


@pytest.fixture
def admin(commune: Agency) -> Actor:
    """Administers one commune."""
    user = make_user("Vân")
    make_grant(user, make_role(AccountPermission), commune)
    return actor_for(user)


@pytest.fixture
def nobody(db: None) -> Actor:
    del db
    return actor_for(make_user("Nam"))
