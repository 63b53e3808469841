"""Roles given and taken back, and who stands in for whom."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest

from tinhso.accounts import errors, queries
from tinhso.accounts.actors import actor_for
from tinhso.accounts.models import (
    Grant,
    GrantRevocation,
    StandIn,
    User,
)
from tinhso.accounts.permissions import AccountPermission
from tinhso.accounts.services import rights
from tinhso.accounts.tests.factories import (
    AT,
    give_second_factor,
    last_event,
    make_grant,
    make_role,
    make_user,
)
from tinhso.agencies.tests.factories import make_agency
from tinhso.kernel.actors import SystemActor
from tinhso.kernel.permissions import PermissionMissing

if TYPE_CHECKING:
    from tinhso.agencies.models import Agency
    from tinhso.kernel.actors import Actor

pytestmark = pytest.mark.django_db
SYSTEM = SystemActor("test")
SINCE, UNTIL = date(2026, 11, 1), date(2026, 12, 1)


class TestGrants:
    def grant(
        self, user: User, role: str, agency: int | None, actor: Actor, *, deep: bool = False
    ) -> Grant:
        return rights.grant(
            user.uuid,
            role=role,
            agency=agency,
            includes_subordinates=deep,
            since=SINCE,
            until=None,
            reason="phân công",
            actor=actor,
            at=AT,
        )

    def test_a_grant_gives_and_a_revocation_takes(self, admin: Actor, commune: Agency) -> None:
        user, role = make_user(), make_role([AccountPermission.READ_USER])
        row = self.grant(user, role.code, commune.pk, admin)
        assert actor_for(user).holds(AccountPermission.READ_USER, agency=commune.pk, at=AT)
        assert last_event().payload == {
            "user": str(user.uuid),
            "role": role.code,
            "includes_subordinates": False,
            "since": "2026-11-01",
            "until": None,
        }
        rights.revoke(row.uuid, reason="điều chuyển", actor=admin, at=AT)
        assert not actor_for(user).holds(AccountPermission.READ_USER, at=AT)
        with pytest.raises(errors.GrantAlreadyRevoked):
            rights.revoke(row.uuid, reason="", actor=admin, at=AT)
        assert GrantRevocation.objects.count() == 1
        self.grant(user, role.code, commune.pk, admin)

    def test_the_same_grant_is_given_once(self, admin: Actor, commune: Agency) -> None:
        user, role = make_user(), make_role()
        self.grant(user, role.code, commune.pk, admin)
        with pytest.raises(errors.GrantOverlaps):
            self.grant(user, role.code, commune.pk, admin)
        assert Grant.objects.filter(user=user).count() == 1

    def test_nobody_grants_to_themselves(self, commune: Agency) -> None:
        user = make_user()
        make_grant(user, make_role(AccountPermission), commune)
        with pytest.raises(errors.NotToOneself):
            self.grant(user, make_role().code, commune.pk, actor_for(user))
        assert Grant.objects.filter(user=user).count() == 1

    def test_a_grant_reaches_no_further_than_the_giver(self, admin: Actor, commune: Agency) -> None:
        user, role = make_user(), make_role()
        make_agency("Bộ phận một cửa", parent=commune)
        with pytest.raises(PermissionMissing):
            self.grant(user, role.code, commune.pk, admin, deep=True)
        with pytest.raises(PermissionMissing):
            self.grant(user, role.code, None, admin)
        with pytest.raises(PermissionMissing):
            self.grant(user, role.code, make_agency("Xã khác").pk, admin)
        assert not Grant.objects.filter(user=user).exists()

    def test_who_administers_a_branch_grants_in_it(self, commune: Agency) -> None:
        desk = make_agency("Bộ phận một cửa", parent=commune)
        boss = make_user()
        make_grant(boss, make_role(AccountPermission), commune, includes_subordinates=True)
        self.grant(make_user(), make_role().code, commune.pk, actor_for(boss), deep=True)
        self.grant(make_user(), make_role().code, desk.pk, actor_for(boss))

    def test_an_unknown_or_retired_role_is_not_found(self, admin: Actor, commune: Agency) -> None:
        retired = make_role()
        retired.retired_at = AT
        retired.save()
        for code in ("no-such-role", retired.code):
            with pytest.raises(errors.RoleNotFound):
                self.grant(make_user(), code, commune.pk, admin)
        with pytest.raises(errors.GrantNotFound):
            rights.revoke(uuid4(), reason="", actor=admin, at=AT)

    def test_a_provincial_grant_is_revoked_from_above_only(self, admin: Actor) -> None:
        row = make_grant(make_user(), make_role())
        with pytest.raises(PermissionMissing):
            rights.revoke(row.uuid, reason="", actor=admin, at=AT)
        rights.revoke(row.uuid, reason="", actor=SYSTEM, at=AT)

    def test_a_guarded_role_holds_nothing_without_a_second_factor(self, commune: Agency) -> None:
        user = make_user()
        guarded = make_role([AccountPermission.READ_USER], needs_second_factor=True)
        make_grant(user, guarded, commune)
        make_grant(user, make_role([AccountPermission.READ_ROLE]), commune)
        assert not actor_for(user).holds(AccountPermission.READ_USER, at=AT)
        assert actor_for(user).holds(AccountPermission.READ_ROLE, at=AT)
        assert queries.needs_second_factor(user, at=AT) == [guarded.name]
        give_second_factor(user)
        assert queries.needs_second_factor(user, at=AT) == []
        assert actor_for(user).holds(AccountPermission.READ_USER, at=AT)

    def test_a_stand_in_needs_a_second_factor_of_their_own(self, commune: Agency) -> None:
        absent, substitute = make_user(), make_user()
        make_grant(
            absent, make_role([AccountPermission.READ_USER], needs_second_factor=True), commune
        )
        give_second_factor(absent)
        StandIn.objects.create(
            absent=absent, substitute=substitute, since=SINCE, reason="", at=AT, actor="x"
        )
        assert not actor_for(substitute).holds(AccountPermission.READ_USER, at=AT)

    def test_officers_at_an_agency_by_right(self, commune: Agency) -> None:
        role = make_role([AccountPermission.READ_USER])
        minh, an = make_user("Văn Minh"), make_user("Văn An")
        for user in (minh, an, make_user("Đã nghỉ", is_active=False)):
            make_grant(user, role, commune)
        make_grant(make_user("Nơi khác"), role, make_agency())
        found = queries.officers_at(commune.pk, permission="accounts:user:read", at=AT)
        assert found == [an, minh]


class TestStandIns:
    def appoint(self, absent: User, substitute: User, actor: Actor) -> StandIn:
        return rights.appoint_stand_in(
            absent.uuid,
            substitute=substitute.uuid,
            since=SINCE,
            until=UNTIL,
            reason="nghỉ phép",
            actor=actor,
            at=AT,
        )

    def test_people_appoint_and_withdraw_for_themselves(self) -> None:
        hoa, minh = make_user("Hoa"), make_user("Minh")
        row = self.appoint(hoa, minh, actor_for(hoa))
        assert last_event().payload["substitute"] == str(minh.uuid)
        with pytest.raises(errors.StandInOverlaps):
            self.appoint(hoa, minh, actor_for(hoa))
        rights.withdraw_stand_in(row.uuid, reason="đã về", actor=actor_for(hoa), at=AT)
        with pytest.raises(errors.StandInAlreadyWithdrawn):
            rights.withdraw_stand_in(row.uuid, reason="", actor=actor_for(hoa), at=AT)
        self.appoint(hoa, minh, actor_for(hoa))

    def test_for_another_it_takes_the_right_at_all_their_places(
        self, admin: Actor, nobody: Actor, commune: Agency
    ) -> None:
        hoa, minh = make_user("Hoa"), make_user("Minh")
        make_grant(hoa, make_role(), commune)
        with pytest.raises(PermissionMissing):
            self.appoint(hoa, minh, nobody)
        row = self.appoint(hoa, minh, admin)
        with pytest.raises(PermissionMissing):
            rights.withdraw_stand_in(row.uuid, reason="", actor=nobody, at=AT)
        make_grant(hoa, make_role())
        with pytest.raises(PermissionMissing):
            rights.withdraw_stand_in(row.uuid, reason="", actor=admin, at=AT)

    def test_nobody_appoints_themselves(self, commune: Agency) -> None:
        hoa, boss = make_user("Hoa"), make_user("Vân")
        make_grant(boss, make_role(AccountPermission), commune)
        make_grant(hoa, make_role(), commune)
        with pytest.raises(errors.NotToOneself):
            self.appoint(hoa, boss, actor_for(boss))
        with pytest.raises(errors.StandInForOneself):
            self.appoint(hoa, hoa, actor_for(hoa))
        with pytest.raises(errors.StandInNotFound):
            rights.withdraw_stand_in(uuid4(), reason="", actor=actor_for(boss), at=AT)
        assert not StandIn.objects.exists()
