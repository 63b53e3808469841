"""The acts of accounts: who may, what is refused, what is recorded."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
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
    Departure,
    Grant,
    GrantRevocation,
    Holding,
    PartnerToken,
    Post,
    StandIn,
    User,
)
from tinhso.accounts.permissions import AccountPermission
from tinhso.accounts.services import posts, rights, tokens, users
from tinhso.accounts.tests.factories import (
    AT,
    give_second_factor,
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


@pytest.fixture
def commune() -> Agency:
    return make_agency("Xã Ba Gia")


@pytest.fixture
def admin(commune: Agency) -> Actor:
    """Administers one commune."""
    user = make_user("Vân")
    make_grant(user, make_role(AccountPermission), commune)
    return actor_for(user)


@pytest.fixture
def nobody() -> Actor:
    return actor_for(make_user("Nam"))


def last_event() -> Event:
    event = Event.objects.order_by("-pk").first()
    assert event is not None
    return event


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


class TestPosts:
    def hold(self, user: User, post: Post, actor: Actor, **days: date | None) -> Holding:
        return posts.hold(
            user.uuid,
            post=post.uuid,
            since=days.get("since") or SINCE,
            until=days.get("until"),
            decision="12/QĐ",
            actor=actor,
            at=AT,
        )

    def test_a_post_is_made_once_for_a_time(self, admin: Actor, commune: Agency) -> None:
        post = posts.create(
            agency=commune.pk, title=" Chuyên  viên ", since=SINCE, until=UNTIL, actor=admin, at=AT
        )
        assert post.title == "Chuyên viên"
        assert last_event().payload == {"since": "2026-11-01", "until": "2026-12-01"}
        with pytest.raises(errors.PostExists):
            posts.create(
                agency=commune.pk,
                title="chuyên viên",
                since=SINCE,
                until=None,
                actor=admin,
                at=AT,
            )
        later = posts.create(
            agency=commune.pk, title="Chuyên viên", since=UNTIL, until=None, actor=admin, at=AT
        )
        assert queries.post_named(commune.pk, "CHUYÊN VIÊN", on=UNTIL) == later

    def test_a_period_has_a_day(self, admin: Actor, commune: Agency) -> None:
        with pytest.raises(errors.PeriodReversed):
            posts.create(agency=commune.pk, title="A", since=SINCE, until=SINCE, actor=admin, at=AT)
        assert not Post.objects.exists()

    def test_it_takes_the_right_at_that_agency(self, admin: Actor) -> None:
        elsewhere = make_agency("Xã khác")
        with pytest.raises(PermissionMissing):
            posts.create(
                agency=elsewhere.pk, title="A", since=SINCE, until=None, actor=admin, at=AT
            )
        with pytest.raises(PermissionMissing):
            self.hold(make_user(), make_post(elsewhere), admin)
        assert not Holding.objects.exists()

    def test_somebody_holds_a_post_and_leaves_it(self, admin: Actor, commune: Agency) -> None:
        user, post = make_user(), make_post(commune)
        holding = self.hold(user, post, admin)
        assert last_event().payload == {
            "user": str(user.uuid),
            "post": str(post.uuid),
            "since": "2026-11-01",
            "until": None,
        }
        left = posts.leave(holding.uuid, on=UNTIL, decision="13/QĐ", actor=admin, at=AT)
        assert (left.until, left.last_on) == (UNTIL, date(2026, 11, 30))
        assert Departure.objects.get().planned_end_on is None
        with pytest.raises(errors.HoldingOver):
            posts.leave(holding.uuid, on=date(2026, 11, 15), decision="", actor=admin, at=AT)
        assert Departure.objects.count() == 1
        self.hold(user, post, admin, since=UNTIL)

    @pytest.mark.parametrize("on", [SINCE, UNTIL])
    def test_one_leaves_within_the_period_only(
        self, admin: Actor, commune: Agency, on: date
    ) -> None:
        holding = self.hold(make_user(), make_post(commune), admin, until=UNTIL)
        with pytest.raises(errors.HoldingOver):
            posts.leave(holding.uuid, on=on, decision="", actor=admin, at=AT)
        assert not Departure.objects.exists()

    def test_a_post_is_held_once_at_a_time(self, admin: Actor, commune: Agency) -> None:
        user, post = make_user(), make_post(commune)
        self.hold(user, post, admin)
        with pytest.raises(errors.PostAlreadyHeld):
            self.hold(user, post, admin, since=UNTIL)
        with pytest.raises(IntegrityError), transaction.atomic():
            Holding.objects.create(user=user, post=post, since=UNTIL, at=AT, actor="x")
        self.hold(make_user("Hoa"), post, admin)

    def test_a_post_is_held_while_it_exists(self, admin: Actor, commune: Agency) -> None:
        post = Post.objects.create(agency=commune, title="Tạm", since=SINCE, until=UNTIL)
        for days in (
            {"since": date(2026, 10, 31), "until": UNTIL},
            {"until": None},
            {"until": date(2026, 12, 2)},
        ):
            with pytest.raises(errors.PostNotOpen):
                self.hold(make_user(), post, admin, **days)
        self.hold(make_user(), post, admin, until=UNTIL)

    def test_citizens_and_closed_accounts_hold_nothing(self, admin: Actor, commune: Agency) -> None:
        post = make_post(commune)
        with pytest.raises(errors.CitizenHoldsNothing):
            self.hold(make_user(kind=User.Kind.CITIZEN), post, admin)
        with pytest.raises(errors.UserInactive):
            self.hold(make_user(is_active=False), post, admin)
        assert not Holding.objects.exists()

    def test_what_is_unknown_is_not_found(self, admin: Actor) -> None:
        with pytest.raises(errors.PostNotFound):
            self.hold(make_user(), Post(), admin)
        with pytest.raises(errors.HoldingNotFound):
            posts.leave(uuid4(), on=UNTIL, decision="", actor=admin, at=AT)


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


class TestTokens:
    def issue(
        self, agency: int | None, actor: Actor, *, expires_at: datetime, codes: list[str]
    ) -> tuple[PartnerToken, str]:
        return tokens.issue(
            name="Hệ thống của Cục",
            permissions=codes,
            agency=agency,
            includes_subordinates=False,
            expires_at=expires_at,
            actor=actor,
            at=AT,
        )

    def test_a_token_opens_until_it_ends_or_is_withdrawn(
        self, admin: Actor, commune: Agency
    ) -> None:
        end = AT + timedelta(days=30)
        codes = ["accounts:user:read"]
        token, secret = self.issue(commune.pk, admin, expires_at=end, codes=codes)
        assert secret.startswith(token.hint)
        assert secret.encode() not in bytes(token.digest)
        assert last_event().payload["permissions"] == codes
        actor = queries.partner(secret, at=AT)
        assert actor is not None
        assert actor.holds(AccountPermission.READ_USER, agency=commune.pk, at=AT)
        assert queries.partner(secret, at=end) is None
        assert queries.partner(secret, at=AT - timedelta(seconds=1)) is None
        assert queries.partner(secret + "x", at=AT) is None
        tokens.withdraw(token.uuid, reason="hết hợp đồng", actor=admin, at=AT)
        assert queries.partner(secret, at=AT) is None
        with pytest.raises(errors.TokenAlreadyWithdrawn):
            tokens.withdraw(token.uuid, reason="", actor=admin, at=AT)

    def test_it_takes_the_right_where_the_token_reaches(
        self, admin: Actor, commune: Agency
    ) -> None:
        end = AT + timedelta(days=30)
        for agency in (None, make_agency().pk):
            with pytest.raises(PermissionMissing):
                self.issue(agency, admin, expires_at=end, codes=["accounts:user:read"])
        token, _secret = self.issue(
            commune.pk, SYSTEM, expires_at=end, codes=["accounts:user:read"]
        )
        with pytest.raises(PermissionMissing):
            tokens.withdraw(token.uuid, reason="", actor=actor_for(make_user()), at=AT)
        with pytest.raises(errors.TokenNotFound):
            tokens.withdraw(uuid4(), reason="", actor=admin, at=AT)
        assert PartnerToken.objects.count() == 1

    def test_rights_are_known_and_the_end_is_near(self, admin: Actor, commune: Agency) -> None:
        end = AT + timedelta(days=30)
        for codes in ([], ["accounts:user:fly"]):
            with pytest.raises(errors.TokenWithoutRights):
                self.issue(commune.pk, admin, expires_at=end, codes=codes)
        for moment in (AT, datetime(2030, 1, 1, tzinfo=UTC)):
            with pytest.raises(errors.TokenExpiryPast):
                self.issue(commune.pk, admin, expires_at=moment, codes=["accounts:user:read"])
        assert not PartnerToken.objects.exists()


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
        with pytest.raises(CommandError):
            call_command("create_administrator", "van@example.vn", "Vân")
        assert not User.objects.exists()
