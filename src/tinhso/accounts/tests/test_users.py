"""Accounts: creating, correcting, closing, opening; the first administrator."""

from __future__ import annotations

from datetime import date
from io import StringIO
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction

from tinhso.accounts import errors, queries
from tinhso.accounts.actors import actor_for
from tinhso.accounts.models import (
    Deactivation,
    Holding,
    User,
)
from tinhso.accounts.permissions import AccountPermission
from tinhso.accounts.services import users
from tinhso.accounts.tests.factories import (
    AT,
    last_event,
    make_grant,
    make_post,
    make_role,
    make_user,
)
from tinhso.agencies.tests.factories import make_agency
from tinhso.events.models import Event
from tinhso.kernel.actors import SystemActor
from tinhso.kernel.permissions import PermissionMissing

if TYPE_CHECKING:
    from tinhso.agencies.models import Agency
    from tinhso.kernel.actors import Actor

pytestmark = pytest.mark.django_db
SYSTEM = SystemActor("test")
SINCE, UNTIL = date(2026, 11, 1), date(2026, 12, 1)


class TestUsers:
    def test_an_account_is_created_with_a_proved_address(self, admin: Actor) -> None:
        user = users.create(email=" Minh@Example.vn ", name=" Văn  Minh ", actor=admin, at=AT)
        assert (user.email, user.name, user.kind) == ("minh@example.vn", "Văn Minh", "officer")
        assert not user.has_usable_password()
        assert last_event().payload == {"kind": "officer"}
        assert list(User.objects.named("minh van")) == [user]

    def test_an_address_belongs_to_one(self, admin: Actor) -> None:
        make_user(email="minh@example.vn")
        with pytest.raises(errors.EmailTaken):
            users.create(email="MINH@example.vn", name="Khác", actor=admin, at=AT)
        assert not Event.objects.exists()

    def test_the_table_itself_refuses_capitals(self) -> None:
        with pytest.raises(IntegrityError), transaction.atomic():
            make_user(email="Minh@example.vn")

    def test_it_takes_the_right(self, nobody: Actor) -> None:
        before = User.objects.count()
        with pytest.raises(PermissionMissing):
            users.create(email="a@example.vn", name="A", actor=nobody, at=AT)
        assert User.objects.count() == before

    def test_closing_and_opening_again_are_rows(self, admin: Actor) -> None:
        user = make_user()
        users.deactivate(user.uuid, actor=admin, reason="nghỉ việc", at=AT)
        user.refresh_from_db()
        assert not user.is_active
        with pytest.raises(errors.UserAlreadyDeactivated):
            users.deactivate(user.uuid, actor=admin, reason="", at=AT)
        assert Deactivation.objects.count() == 1
        users.reactivate(user.uuid, actor=admin, reason="trở lại", at=AT)
        user.refresh_from_db()
        assert user.is_active
        with pytest.raises(errors.UserIsActive):
            users.reactivate(user.uuid, actor=admin, reason="", at=AT)
        assert last_event().kind == "accounts.user_reactivated"

    def test_nobody_closes_themselves(self, commune: Agency) -> None:
        user = make_user()
        make_grant(user, make_role(AccountPermission), commune)
        with pytest.raises(errors.NotToOneself):
            users.deactivate(user.uuid, actor=actor_for(user), reason="", at=AT)
        user.refresh_from_db()
        assert user.is_active

    def test_who_also_works_elsewhere_is_out_of_reach(self, admin: Actor, commune: Agency) -> None:
        user, role = make_user(), make_role()
        make_grant(user, role, commune)
        make_grant(user, role, make_agency("Xã khác"))
        provincial = make_user()
        make_grant(provincial, role)
        held = make_user()
        Holding.objects.create(
            user=held, post=make_post(make_agency("Sở")), since=SINCE, at=AT, actor="system:test"
        )
        for person in (user, provincial, held):
            with pytest.raises(PermissionMissing):
                users.deactivate(person.uuid, actor=admin, reason="", at=AT)
            with pytest.raises(PermissionMissing):
                users.rename(person, name="X", actor=admin, at=AT)
        assert not Deactivation.objects.exists()

    def test_people_correct_their_own_name(self, nobody: Actor) -> None:
        user = make_user("Nam cũ")
        renamed = users.rename(user, name="Nam  mới", actor=actor_for(user), at=AT)
        assert renamed.name == "Nam mới"
        with pytest.raises(PermissionMissing):
            users.rename(user, name="X", actor=nobody, at=AT)

    def test_an_officer_stands_for_no_party(self) -> None:
        user = make_user()
        with pytest.raises(errors.NotACitizenAccount):
            users.link_party(user.uuid, party=1, party_uuid=uuid4(), actor=SYSTEM, at=AT)

    def test_an_unknown_user_is_not_found(self, admin: Actor) -> None:
        for act in (users.deactivate, users.reactivate):
            with pytest.raises(errors.UserNotFound):
                act(uuid4(), actor=admin, reason="", at=AT)
        with pytest.raises(errors.UserNotFound):
            queries.visible_user(uuid4(), actor=admin, at=AT)


class TestTheFirstAdministrator:
    def test_comes_with_a_link_to_choose_a_password(self) -> None:
        for code in ("administrator", "operator"):
            make_role(code=code)
        printed = StringIO()
        call_command("create_administrator", "van@example.vn", "Vân", stdout=printed)
        user = User.objects.get(email="van@example.vn")
        assert "/quen-mat-khau/" in printed.getvalue()
        assert {row.role.code for row in user.grants.all()} == {"administrator", "operator"}
        with pytest.raises(CommandError):
            call_command("create_administrator", "van@example.vn", "Vân", stdout=printed)

    def test_is_not_half_made_when_the_roles_are_missing(self) -> None:
        with pytest.raises(CommandError, match="packs apply"):
            call_command("create_administrator", "van@example.vn", "Vân")
        assert not User.objects.exists()
