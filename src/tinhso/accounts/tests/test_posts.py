"""Posts: making, holding, leaving."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from tinhso.accounts import errors
from tinhso.accounts.models import (
    Departure,
    Holding,
    Post,
    User,
    WithdrawnHolding,
)
from tinhso.accounts.services import posts
from tinhso.accounts.tests.factories import (
    AT,
    last_event,
    make_post,
    make_user,
)
from tinhso.agencies.tests.factories import make_agency
from tinhso.events.models import Event
from tinhso.kernel.permissions import PermissionMissing

if TYPE_CHECKING:
    from tinhso.agencies.models import Agency
    from tinhso.kernel.actors import Actor

pytestmark = pytest.mark.django_db
SINCE, UNTIL = date(2026, 11, 1), date(2026, 12, 1)


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
        assert Post.objects.existing(UNTIL).get(agency=commune) == later

    def test_a_holding_that_is_refused_leaves_no_post_of_its_title(
        self, admin: Actor, commune: Agency
    ) -> None:
        """One act: a post that nobody may hold would take the title away from who comes next."""
        user, told = make_user(), Event.objects.count()
        facts: dict[str, Any] = {"agency": commune.pk, "title": "Kế toán trưởng", "decision": ""}
        with pytest.raises(errors.PeriodReversed):
            posts.hold_titled(user.uuid, since=UNTIL, until=SINCE, **facts, actor=admin, at=AT)
        assert (Post.objects.count(), Event.objects.count()) == (0, told)
        held = posts.hold_titled(user.uuid, since=SINCE, until=None, **facts, actor=admin, at=AT)
        facts["title"] = " kế  toán trưởng"
        with pytest.raises(errors.PostAlreadyHeld):
            posts.hold_titled(user.uuid, since=SINCE, until=None, **facts, actor=admin, at=AT)
        assert Post.objects.get() == held.post

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


class TestWithdrawing:
    """A day of next year, typed for one of this: until it comes, it can be taken back and said again."""

    def held_by_mistake(self, user: User, agency: Agency, actor: Actor) -> Holding:
        return self.held(user, agency, actor, SINCE.replace(year=2027))

    def held(self, user: User, agency: Agency, actor: Actor, since: date) -> Holding:
        facts: dict[str, Any] = {"title": "Kế toán", "decision": "", "actor": actor, "at": AT}
        return posts.hold_titled(user.uuid, agency=agency.pk, since=since, until=None, **facts)

    def test_the_right_day_can_be_said_again(self, admin: Actor, commune: Agency) -> None:
        user = make_user()
        wrong = self.held_by_mistake(user, commune, admin)
        with pytest.raises(errors.PostExists):
            self.held(user, commune, admin, SINCE)
        posts.withdraw(wrong.uuid, user=wrong.user.uuid, actor=admin, at=AT)
        kinds = Event.objects.order_by("pk").values_list("kind", flat=True)
        assert list(kinds)[-2:] == ["accounts.holding_withdrawn", "accounts.post_withdrawn"]
        assert not Post.objects.exists()
        kept = WithdrawnHolding.objects.get()
        assert (kept.uuid, kept.user, kept.title, kept.since) == (
            wrong.uuid,
            user,
            "Kế toán",
            wrong.since,
        )
        right = self.held(user, commune, admin, SINCE)
        assert (right.since, right.post.since) == (SINCE, SINCE)

    def test_a_post_that_others_are_to_hold_stays(self, admin: Actor, commune: Agency) -> None:
        wrong = self.held_by_mistake(make_user(), commune, admin)
        other = self.held_by_mistake(make_user("Hoa"), commune, admin)
        posts.withdraw(wrong.uuid, user=wrong.user.uuid, actor=admin, at=AT)
        assert [Holding.objects.get(), Post.objects.get()] == [other, other.post]
        assert last_event().kind == "accounts.holding_withdrawn"

    def test_a_post_that_exists_already_stays(self, admin: Actor, commune: Agency) -> None:
        post = make_post(commune)
        wrong = posts.hold(
            make_user().uuid,
            post=post.uuid,
            since=UNTIL,
            until=None,
            decision="",
            actor=admin,
            at=AT,
        )
        posts.withdraw(wrong.uuid, user=wrong.user.uuid, actor=admin, at=AT)
        assert not Holding.objects.exists()
        assert Post.objects.get() == post

    @pytest.mark.parametrize("days", [0, 1])
    def test_what_has_begun_is_not_taken_back(
        self, admin: Actor, commune: Agency, days: int
    ) -> None:
        held = self.held(make_user(), commune, admin, AT.date() - timedelta(days=days))
        told = Event.objects.count()
        with pytest.raises(errors.HoldingBegun, match="hãy ghi nhận thôi giữ"):
            posts.withdraw(held.uuid, user=held.user.uuid, actor=admin, at=AT)
        assert Holding.objects.get() == held
        assert Event.objects.count() == told

    def test_one_whose_end_was_recorded_is_not_taken_back(
        self, admin: Actor, commune: Agency
    ) -> None:
        held = self.held_by_mistake(make_user(), commune, admin)
        end = held.since + timedelta(days=9)
        posts.leave(held.uuid, on=end, decision="", actor=admin, at=AT)
        with pytest.raises(errors.HoldingOver):
            posts.withdraw(held.uuid, user=held.user.uuid, actor=admin, at=AT)
        assert Departure.objects.get().holding == held

    def test_it_takes_the_right_at_that_agency(self, admin: Actor) -> None:
        post = make_post(make_agency("Xã khác"))
        wrong = Holding.objects.create(
            user=make_user(), post=post, since=UNTIL, at=AT, actor="system:test"
        )
        with pytest.raises(PermissionMissing):
            posts.withdraw(wrong.uuid, user=wrong.user.uuid, actor=admin, at=AT)
        with pytest.raises(errors.HoldingNotFound):
            posts.withdraw(wrong.uuid, user=uuid4(), actor=admin, at=AT)
        assert Holding.objects.get() == wrong
