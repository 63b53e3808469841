"""Where an actor holds a right, at which instant."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tinhso.accounts.actors import OfficerActor, actor_for, partner_for
from tinhso.accounts.models import GrantRevocation, StandIn, StandInWithdrawal, User
from tinhso.accounts.permissions import AccountPermission
from tinhso.accounts.tests.factories import (
    AT,
    make_grant,
    make_role,
    make_token,
    make_user,
)
from tinhso.agencies.tests.factories import make_agency
from tinhso.kernel.actors import Actor

pytestmark = pytest.mark.django_db
READ = AccountPermission.READ_USER


def officer(user: User) -> OfficerActor:
    actor = actor_for(user)
    assert isinstance(actor, OfficerActor)
    return actor


def test_an_officer_holds_what_is_granted_there_only() -> None:
    here, elsewhere = make_agency("Xã A"), make_agency("Xã B")
    user = make_user()
    make_grant(user, make_role([READ]), here)
    actor = officer(user)
    assert isinstance(actor, Actor)
    assert actor.key == f"user:{user.uuid}"
    assert actor.holds(READ, agency=here.pk, at=AT)
    assert actor.holds(READ, at=AT)
    assert not actor.holds(READ, agency=elsewhere.pk, at=AT)
    assert not actor.holds(AccountPermission.CREATE_USER, agency=here.pk, at=AT)
    assert not actor.holds(AccountPermission.CREATE_USER, at=AT)


def test_a_grant_with_subordinates_reaches_all_below() -> None:
    province = make_agency("Tỉnh")
    commune = make_agency("Xã", parent=province)
    desk = make_agency("Bộ phận một cửa", parent=commune)
    other = make_agency("Tỉnh khác")
    user = make_user()
    make_grant(user, make_role([READ]), province, includes_subordinates=True)
    assert officer(user).scope(READ, at=AT).agencies == {province.pk, commune.pk, desk.pk}
    assert other.pk not in officer(user).scope(READ, at=AT)


def test_without_an_agency_a_grant_holds_everywhere() -> None:
    user = make_user()
    make_grant(user, make_role([READ]))
    assert officer(user).scope(READ, at=AT).everywhere


def test_a_period_begins_and_ends_at_midnight_in_vietnam() -> None:
    here = make_agency()
    user = make_user()
    make_grant(user, make_role([READ]), here, since=date(2026, 11, 20), until=date(2026, 11, 21))

    def holds(text: str) -> bool:
        return officer(user).holds(READ, agency=here.pk, at=datetime.fromisoformat(text))

    assert not holds("2026-11-19T23:59:59+07:00")
    assert holds("2026-11-20T00:00:00+07:00")
    assert holds("2026-11-20T06:59:00+07:00")
    assert holds("2026-11-20T23:59:59+07:00")
    assert not holds("2026-11-21T00:00:00+07:00")


def test_a_revocation_ends_the_right_at_that_instant() -> None:
    here = make_agency()
    user = make_user()
    grant = make_grant(user, make_role([READ]), here)
    GrantRevocation.objects.create(grant=grant, at=AT, actor="system:test", reason="thử")
    assert officer(user).holds(READ, agency=here.pk, at=AT - timedelta(seconds=1))
    assert not officer(user).holds(READ, agency=here.pk, at=AT)


def test_a_stand_in_holds_the_rights_of_the_absent_while_it_lasts() -> None:
    here = make_agency()
    absent, substitute, third = make_user("Hoa"), make_user("Minh"), make_user("Nam")
    make_grant(absent, make_role([READ]), here)
    first = StandIn.objects.create(
        absent=absent,
        substitute=substitute,
        since=date(2026, 11, 20),
        until=date(2026, 11, 21),
        reason="nghỉ phép",
        at=AT,
        actor="system:test",
    )
    StandIn.objects.create(
        absent=substitute,
        substitute=third,
        since=date(2026, 1, 1),
        reason="nghỉ phép",
        at=AT,
        actor="system:test",
    )
    assert officer(substitute).holds(READ, agency=here.pk, at=AT)
    assert not officer(substitute).holds(READ, agency=here.pk, at=AT + timedelta(days=1))
    assert not officer(third).holds(READ, agency=here.pk, at=AT), "it does not pass on"
    StandInWithdrawal.objects.create(stand_in=first, at=AT, actor="system:test", reason="đã về")
    assert not officer(substitute).holds(READ, agency=here.pk, at=AT)


def test_a_closed_account_holds_nothing() -> None:
    here = make_agency()
    user = make_user(is_active=False)
    make_grant(user, make_role([READ]), here)
    assert not officer(user).holds(READ, at=AT)


def test_a_request_asks_the_database_twice_at_most() -> None:
    here = make_agency()
    user = make_user()
    make_grant(
        user, make_role([READ, AccountPermission.CREATE_USER]), here, includes_subordinates=True
    )
    officer(user).holds(READ, at=AT)  # the process keeps the book of agencies from now on
    actor = officer(user)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        for permission in AccountPermission:
            actor.holds(permission, agency=here.pk, at=AT)
    assert len(queries) == 2


def test_a_citizen_holds_nothing_and_acts_for_its_party() -> None:
    party = "6f1a1f60-0000-4000-8000-000000000001"
    user = make_user("Lan", kind=User.Kind.CITIZEN, party_key=7, party_uuid=party)
    user.refresh_from_db()
    actor = actor_for(user)
    assert (actor.key, actor.party) == (f"party:{party}", 7)
    assert not actor.holds(READ, at=AT)
    assert not actor.scope(READ, at=AT)


def test_a_partner_holds_what_its_token_names() -> None:
    province = make_agency("Tỉnh")
    commune = make_agency("Xã", parent=province)
    token = make_token(province, [READ])
    actor = partner_for(token)
    assert actor.key == f"partner:{token.uuid}"
    assert actor.holds(READ, agency=province.pk, at=AT)
    assert not actor.holds(READ, agency=commune.pk, at=AT)
    assert not actor.holds(AccountPermission.CREATE_USER, at=AT)
    wide = partner_for(make_token(province, [READ], includes_subordinates=True))
    assert wide.holds(READ, agency=commune.pk, at=AT)
