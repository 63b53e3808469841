"""A restored demo: its sample accounts sign in again, nobody else's password is touched."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING

import pytest

from tinhso.accounts.models import User
from tinhso.accounts.tests.factories import make_grant, make_role, make_user
from tinhso.calendars import clock
from tinhso.site.province.people import CITIZEN_EMAIL, SHOWN
from tinhso.site.province.signing_in import give_passwords

if TYPE_CHECKING:
    from pathlib import Path

UNITED = date(2025, 7, 1)
pytestmark = pytest.mark.django_db


def test_each_shown_account_signs_in_with_what_is_noted(tmp_path: Path) -> None:
    minh = make_user("Minh", email="minh@tinhso.example")
    make_grant(minh, make_role(), reason=SHOWN)
    lan = make_user("Lan", email=CITIZEN_EMAIL)
    given = give_passwords(tmp_path, at=clock.now())
    assert [sign_in.email for sign_in in given] == [minh.email, lan.email]
    for sign_in in given:
        assert User.objects.get(email=sign_in.email).check_password(sign_in.password)
    note = tmp_path / "demo.json"
    assert json.loads(note.read_text())["sign_ins"] == [vars(sign_in) for sign_in in given]
    assert note.stat().st_mode & 0o077 == 0


def test_a_shown_account_is_named_by_what_it_holds_since_a_reform(tmp_path: Path) -> None:
    minh = make_user("Minh", email="minh@tinhso.example")
    make_grant(minh, make_role(name="Công chức xử lý"), until=UNITED, reason=SHOWN)
    make_grant(minh, make_role(name="Cán bộ một cửa"), since=UNITED, reason="Sắp xếp cơ quan")
    (given,) = give_passwords(tmp_path, at=clock.now())
    assert (given.role, given.email) == ("Cán bộ một cửa", minh.email)


def test_an_account_of_somebody_else_keeps_its_password(tmp_path: Path) -> None:
    own = make_user("Hoa", email="hoa@tinhso.example", password="ba-con-meo-den")
    make_grant(own, make_role())
    assert give_passwords(tmp_path, at=clock.now()) == []
    own.refresh_from_db()
    assert own.check_password("ba-con-meo-den")
