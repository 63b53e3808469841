"""When an agency ends, what people hold there goes to whoever follows it, on that day."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from tinhso.accounts.actors import actor_for, partner_for
from tinhso.accounts.models import Departure, Grant, Holding, PartnerToken
from tinhso.accounts.moving import count, move
from tinhso.accounts.permissions import AccountPermission
from tinhso.accounts.tests.factories import (
    AT,
    make_grant,
    make_post,
    make_role,
    make_token,
    make_user,
)
from tinhso.agencies.tests.factories import make_agency
from tinhso.agencies.work_in_hand import WorkTransfer
from tinhso.calendars.clock import instant
from tinhso.events.models import Event
from tinhso.kernel.actors import SystemActor

if TYPE_CHECKING:
    from tinhso.agencies.models import Agency

pytestmark = pytest.mark.django_db
READ = AccountPermission.READ_USER
SYSTEM = SystemActor("reform")
# Far ahead, so that the business clock of the machine is before it.
ON = date(2090, 1, 1)
BEFORE, AFTER = instant(ON, 0) - timedelta(minutes=1), instant(ON, 0)


def moved(old: Agency, new: Agency, at: datetime = AT) -> int:
    transfers = [WorkTransfer(old.pk, new.pk, "land"), WorkTransfer(old.pk, new.pk)]
    return move(transfers, on=ON, actor=SYSTEM, at=at)


@pytest.fixture
def old() -> Agency:
    return make_agency("Xã cũ")


@pytest.fixture
def new() -> Agency:
    return make_agency("Xã mới")


def test_a_role_holds_at_the_old_agency_until_the_day_and_at_the_new_one_from_it(
    old: Agency, new: Agency
) -> None:
    user = make_user()
    make_grant(user, make_role([READ]), old, includes_subordinates=True)
    assert count([old.pk, new.pk]) == {(old.pk, ""): 1}
    assert moved(old, new) == 1
    assert count([old.pk, new.pk]) == {(new.pk, ""): 1}
    actor = actor_for(user)
    assert actor.scope(READ, at=BEFORE).agencies == {old.pk}
    assert actor.scope(READ, at=AFTER).agencies == {new.pk}
    kinds = list(Event.objects.order_by("pk").values_list("kind", "agency"))
    assert kinds == [("accounts.grant_revoked", old.pk), ("accounts.grant_issued", new.pk)]


def test_who_has_the_role_at_both_keeps_it_once(old: Agency, new: Agency) -> None:
    user, role = make_user(), make_role([READ])
    make_grant(user, role, old)
    make_grant(user, role, new)
    assert moved(old, new) == 1
    assert Grant.objects.filter(user=user, agency=new).count() == 1


def test_what_ends_before_the_day_is_not_given_again(old: Agency, new: Agency) -> None:
    user = make_user()
    make_grant(user, make_role([READ]), old, until=date(2089, 1, 1))
    Holding.objects.create(
        user=user,
        post=make_post(old),
        since=date(2026, 1, 1),
        until=date(2089, 1, 1),
        at=AT,
        actor="system:test",
    )
    assert moved(old, new) == 2
    assert count([old.pk, new.pk]) == {}
    assert Holding.objects.get().until == date(2089, 1, 1)


def test_what_is_over_is_left_in_peace(old: Agency, new: Agency) -> None:
    make_grant(make_user(), make_role([READ]), old, until=date(2021, 1, 1))
    assert count([old.pk]) == {}
    assert moved(old, new) == 0
    assert not Event.objects.exists()


def test_a_post_goes_along_under_its_title(old: Agency, new: Agency) -> None:
    hoa, minh = make_user("Hoa"), make_user("Minh")
    post = make_post(old, "Chuyên viên")
    for user in (hoa, minh):
        Holding.objects.create(
            user=user, post=post, since=date(2026, 1, 1), at=AT, actor="system:test"
        )
    assert moved(old, new) == 2
    assert count([old.pk, new.pk]) == {(new.pk, ""): 2}
    after = Holding.objects.filter(post__agency=new)
    assert {row.user for row in after} == {hoa, minh}
    assert len({row.post for row in after}) == 1
    assert {(row.post.title, row.since, row.until) for row in after} == {("Chuyên viên", ON, None)}
    assert Departure.objects.filter(on=ON).count() == 2


def test_a_token_goes_along_at_once(old: Agency, new: Agency) -> None:
    token = make_token(old, [READ])
    assert moved(old, new) == 1
    token = PartnerToken.objects.get(pk=token.pk)
    assert partner_for(token).scope(READ, at=AT).agencies == {new.pk}
    assert Event.objects.get().kind == "accounts.token_moved"
