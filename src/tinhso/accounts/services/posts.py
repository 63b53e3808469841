"""Posts at agencies: making them, holding them, leaving them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import transaction

from tinhso.accounts import errors, events
from tinhso.accounts.models import Departure, Holding, Post, WithdrawnHolding
from tinhso.accounts.models.periods import overlaps
from tinhso.accounts.permissions import AccountPermission
from tinhso.accounts.services.users import officer_for_change
from tinhso.calendars.clock import day_of
from tinhso.events.services import record
from tinhso.kernel.permissions import require

if TYPE_CHECKING:
    from datetime import date, datetime

    from tinhso.kernel.actors import Actor


@transaction.atomic
def create(
    *, agency: int, title: str, since: date, until: date | None, actor: Actor, at: datetime
) -> Post:
    """Make a post at an agency (lập vị trí công tác)."""
    require(actor, AccountPermission.CREATE_POST, agency=agency, at=at)
    refuse_reversed(since, until)
    name = _plain(title)
    posts = Post.objects.select_for_update().filter(agency=agency, title__iexact=name)
    if posts.filter(overlaps(since, until)).exists():
        raise errors.PostExists(title=name)
    post = Post.objects.create(agency_id=agency, title=name, since=since, until=until)
    record(
        events.POST_CREATED,
        subject=post.uuid,
        actor=actor,
        at=at,
        agency=agency,
        payload=period(since, until),
    )
    return post


@transaction.atomic
def hold_titled(
    user: UUID,
    *,
    agency: int,
    title: str,
    since: date,
    until: date | None,
    decision: str,
    actor: Actor,
    at: datetime,
) -> Holding:
    """Give a person the agency's post of this title; where there is none, it is made with the same act."""
    by: Any = {"actor": actor, "at": at}
    named = Post.objects.existing(since).filter(agency=agency, title__iexact=_plain(title))
    post = named.first() or create(agency=agency, title=title, since=since, until=None, **by)
    return hold(user, post=post.uuid, since=since, until=until, decision=decision, **by)


@transaction.atomic
def hold(
    user: UUID,
    *,
    post: UUID,
    since: date,
    until: date | None,
    decision: str,
    actor: Actor,
    at: datetime,
) -> Holding:
    """Give a person a post for a period (bố trí vị trí); refuses when they hold it then already."""
    given = Post.objects.select_for_update().filter(uuid=post).first()
    if given is None:
        raise errors.PostNotFound
    require(actor, AccountPermission.HOLD_POST, agency=given.agency_id, at=at)
    person = officer_for_change(user)
    refuse_reversed(since, until)
    if since < given.since or (given.until and (until is None or until > given.until)):
        raise errors.PostNotOpen
    if Holding.objects.filter(overlaps(since, until), user=person, post=given).exists():
        raise errors.PostAlreadyHeld
    holding = Holding.objects.create(
        user=person,
        post=given,
        since=since,
        until=until,
        decision=decision,
        at=at,
        actor=actor.key,
    )
    record(
        events.POST_HELD,
        subject=holding.uuid,
        actor=actor,
        at=at,
        agency=given.agency_id,
        payload={"user": str(person.uuid), "post": str(given.uuid), **period(since, until)},
    )
    return holding


@transaction.atomic
def leave(key: UUID, *, on: date, decision: str, actor: Actor, at: datetime) -> Holding:
    """End the holding of a post (thôi giữ vị trí); `on` is the first day without it.

    Refuses with `HoldingOver` unless the post is held on the day before. Rights are not touched: a
    grant is revoked for itself.
    """
    locked = Holding.objects.select_for_update(of=("self",)).select_related("post", "user")
    holding = locked.filter(uuid=key).first()
    if holding is None:
        raise errors.HoldingNotFound
    require(actor, AccountPermission.END_HOLDING, agency=holding.post.agency_id, at=at)
    left = Departure.objects.filter(holding=holding).exists()
    if left or on <= holding.since or (holding.until and on >= holding.until):
        raise errors.HoldingOver
    Departure.objects.create(
        holding=holding,
        on=on,
        planned_end_on=holding.until,
        decision=decision,
        at=at,
        actor=actor.key,
    )
    holding.until = on
    holding.save(update_fields=["until"])
    record(
        events.POST_LEFT,
        subject=holding.uuid,
        actor=actor,
        at=at,
        agency=holding.post.agency_id,
        payload={
            "user": str(holding.user.uuid),
            "post": str(holding.post.uuid),
            "on": on.isoformat(),
        },
    )
    return holding


@transaction.atomic
def withdraw(key: UUID, *, user: UUID, actor: Actor, at: datetime) -> None:
    """Take back a person's holding that has not begun (rút việc bố trí chưa bắt đầu), as where its day was mistyped.

    A post that was to begin later as well, and that nobody else is to hold, goes with it: its title is free for the
    right day. What the holding had said stays as a row. Refuses with `HoldingBegun` from its first day on, with
    `HoldingOver` where its end was recorded.
    """
    holdings = Holding.objects.select_for_update().filter(user__uuid=user)
    holding = holdings.filter(uuid=key).first()
    if holding is None:
        raise errors.HoldingNotFound
    post = Post.objects.select_for_update().get(pk=holding.post_id)
    require(actor, AccountPermission.END_HOLDING, agency=post.agency_id, at=at)
    if holding.since <= day_of(at):
        raise errors.HoldingBegun(since=f"{holding.since:%d/%m/%Y}")
    if Departure.objects.filter(holding=holding).exists():
        raise errors.HoldingOver
    _take_back(holding, post, actor=actor, at=at)


def _take_back(holding: Holding, post: Post, *, actor: Actor, at: datetime) -> None:
    told: Any = {"actor": actor, "at": at, "agency": post.agency_id}
    WithdrawnHolding.objects.create(
        uuid=holding.uuid,
        user_id=holding.user_id,
        agency_id=post.agency_id,
        title=post.title,
        since=holding.since,
        until=holding.until,
        decision=holding.decision,
        at=at,
        actor=actor.key,
    )
    whose = {"user": str(holding.user.uuid), "post": str(post.uuid)}
    days = {**whose, **period(holding.since, holding.until)}
    holding.delete()
    record(events.HOLDING_WITHDRAWN, subject=holding.uuid, payload=days, **told)
    if post.since > day_of(at) and not post.holdings.exists():
        post.delete()
        days = period(post.since, post.until)
        record(events.POST_WITHDRAWN, subject=post.uuid, payload=days, **told)


def _plain(title: str) -> str:
    return " ".join(title.split())


def refuse_reversed(since: date, until: date | None) -> None:
    """Refuse a period that holds no day."""
    if until is not None and until <= since:
        raise errors.PeriodReversed


def period(since: date, until: date | None) -> dict[str, str | None]:
    """A period as an event carries it."""
    return {"since": since.isoformat(), "until": until.isoformat() if until else None}
