"""Roles, posts and tokens that go from an agency that ends to the one that follows it.

Called inside the act that carries a reform out, which has required its own right.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q

from tinhso.accounts import events
from tinhso.accounts.models import (
    Departure,
    Grant,
    GrantRevocation,
    Holding,
    PartnerToken,
    Post,
)
from tinhso.accounts.models.periods import overlaps
from tinhso.accounts.services.posts import period
from tinhso.calendars.clock import day_of, instant
from tinhso.events.services import record

if TYPE_CHECKING:
    from datetime import date, datetime

    from tinhso.kernel.actors import Actor


def _open(at: datetime) -> Q:
    return Q(until=None) | Q(until__gt=day_of(at))


def holding(at: datetime) -> set[int]:
    """The agencies that have something to move: few of the hundreds that a reform ends."""
    found = {
        *Grant.objects.filter(_open(at), revocation=None).values_list("agency", flat=True),
        *Holding.objects.filter(_open(at), departure=None).values_list("post__agency", flat=True),
        *PartnerToken.objects.in_force(at).values_list("agency", flat=True),
    }
    return {agency for agency in found if agency is not None}


@transaction.atomic
def move_grants(
    predecessor: int, successor: int, *, on: date, reason: str, actor: Actor, at: datetime
) -> int:
    """Revoke each open grant at the predecessor from the day on, and give it at the successor."""
    locked = Grant.objects.select_for_update(of=("self",)).select_related("user", "role")
    rows = list(locked.filter(_open(at), agency=predecessor, revocation=None))
    midnight = max(instant(on, 0), at)
    for row in rows:
        GrantRevocation.objects.create(grant=row, at=midnight, actor=actor.key, reason=reason)
        record(
            events.GRANT_REVOKED,
            subject=row.uuid,
            actor=actor,
            at=at,
            agency=predecessor,
            payload={"user": str(row.user.uuid), "role": row.role.code},
        )
        _give_at(successor, row, on=on, reason=reason, actor=actor, at=at)
    return len(rows)


def _give_at(
    successor: int, row: Grant, *, on: date, reason: str, actor: Actor, at: datetime
) -> None:
    """The same grant at the successor from the day on, unless it has run out or is held there already."""
    since = max(on, row.since)
    held = Grant.objects.filter(user=row.user, role=row.role, agency=successor, revocation=None)
    if (row.until and row.until <= since) or held.filter(overlaps(since, row.until)).exists():
        return
    given = Grant.objects.create(
        user=row.user,
        role=row.role,
        agency_id=successor,
        includes_subordinates=row.includes_subordinates,
        since=since,
        until=row.until,
        reason=reason,
        at=at,
        actor=actor.key,
    )
    record(
        events.GRANT_ISSUED,
        subject=given.uuid,
        actor=actor,
        at=at,
        agency=successor,
        payload={
            "user": str(row.user.uuid),
            "role": row.role.code,
            "includes_subordinates": row.includes_subordinates,
            **period(since, row.until),
        },
    )


@transaction.atomic
def move_holdings(
    predecessor: int, successor: int, *, on: date, reason: str, actor: Actor, at: datetime
) -> int:
    """End each open holding of a post at the predecessor, and begin it at the successor."""
    locked = Holding.objects.select_for_update(of=("self",)).select_related("user", "post")
    rows = list(locked.filter(_open(at), post__agency=predecessor, departure=None))
    for row in rows:
        until, begun = row.until, max(on, row.since)
        _depart(row, on=on, reason=reason, actor=actor, at=at)
        post = _post_at(successor, row.post, since=on)
        held = Holding.objects.filter(overlaps(begun, until), user=row.user, post=post)
        if (until and until <= begun) or held.exists():
            continue
        moved = Holding.objects.create(
            user=row.user,
            post=post,
            since=begun,
            until=until,
            decision=reason,
            at=at,
            actor=actor.key,
        )
        record(
            events.POST_HELD,
            subject=moved.uuid,
            actor=actor,
            at=at,
            agency=successor,
            payload={
                "user": str(row.user.uuid),
                "post": str(post.uuid),
                **period(begun, until),
            },
        )
    return len(rows)


def _depart(row: Holding, *, on: date, reason: str, actor: Actor, at: datetime) -> None:
    last = on if row.until is None else min(on, row.until)
    Departure.objects.create(
        holding=row, on=last, planned_end_on=row.until, decision=reason, at=at, actor=actor.key
    )
    if row.since < last:
        row.until = last
        row.save(update_fields=["until"])
    record(
        events.POST_LEFT,
        subject=row.uuid,
        actor=actor,
        at=at,
        agency=row.post.agency_id,
        payload={
            "user": str(row.user.uuid),
            "post": str(row.post.uuid),
            "on": last.isoformat(),
        },
    )


def _post_at(agency: int, like: Post, *, since: date) -> Post:
    same = Post.objects.filter(overlaps(since, None), agency=agency, title=like.title).first()
    return same or Post.objects.create(agency_id=agency, title=like.title, since=since)


@transaction.atomic
def move_tokens(predecessor: int, successor: int, *, actor: Actor, at: datetime) -> int:
    """Point the predecessor's tokens to the successor: the partner keeps its secret."""
    rows = list(
        PartnerToken.objects.select_for_update(of=("self",)).in_force(at).filter(agency=predecessor)
    )
    for row in rows:
        row.agency_id = successor
        row.save(update_fields=["agency"])
        record(events.TOKEN_MOVED, subject=row.uuid, actor=actor, at=at, agency=successor)
    return len(rows)
