"""Roles given and taken back, and people who stand in for others."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction

from tinhso.accounts import errors, events
from tinhso.accounts.models import Grant, GrantRevocation, Role, StandIn, StandInWithdrawal
from tinhso.accounts.models.periods import overlaps
from tinhso.accounts.permissions import AccountPermission
from tinhso.accounts.services.posts import period, refuse_reversed
from tinhso.accounts.services.users import officer_for_change
from tinhso.agencies import queries as agencies
from tinhso.calendars.clock import day_of
from tinhso.events.services import record
from tinhso.kernel.permissions import PermissionMissing, require

if TYPE_CHECKING:
    from datetime import date, datetime

    from tinhso.accounts.models import User
    from tinhso.kernel.actors import Actor


@transaction.atomic
def grant(
    user: UUID,
    *,
    role: str,
    agency: int | None,
    includes_subordinates: bool,
    since: date,
    until: date | None,
    reason: str,
    actor: Actor,
    at: datetime,
) -> Grant:
    """Give a person a role at an agency for a period (phân quyền); without an agency, everywhere.

    Refuses with `NotToOneself`, `CitizenHoldsNothing`, `GrantOverlaps`. A grant that reaches further
    than the giver's own right to give (subordinates, the whole province) is refused as well.
    """
    require_reach(
        actor,
        AccountPermission.ISSUE_GRANT,
        agency=agency,
        deep=includes_subordinates,
        at=at,
    )
    person = officer_for_change(user)
    if actor.key == f"user:{person.uuid}":
        raise errors.NotToOneself
    given = Role.objects.filter(code=role, retired_at=None).first()
    if given is None:
        raise errors.RoleNotFound
    refuse_reversed(since, until)
    same = Grant.objects.filter(user=person, role=given, agency=agency, revocation=None)
    if same.filter(overlaps(since, until)).exists():
        raise errors.GrantOverlaps
    row = Grant.objects.create(
        user=person,
        role=given,
        agency_id=agency,
        includes_subordinates=includes_subordinates,
        since=since,
        until=until,
        reason=reason,
        at=at,
        actor=actor.key,
    )
    record(
        events.GRANT_ISSUED,
        subject=row.uuid,
        actor=actor,
        at=at,
        agency=agency,
        payload={
            "user": str(person.uuid),
            "role": given.code,
            "includes_subordinates": includes_subordinates,
            **period(since, until),
        },
    )
    return row


@transaction.atomic
def revoke(key: UUID, *, reason: str, actor: Actor, at: datetime) -> Grant:
    """Take a grant back from this instant on (thu hồi quyền)."""
    locked = Grant.objects.select_for_update(of=("self",)).select_related("user", "role")
    row = locked.filter(uuid=key).first()
    if row is None:
        raise errors.GrantNotFound
    require_reach(actor, AccountPermission.REVOKE_GRANT, agency=row.agency_id, deep=False, at=at)
    if GrantRevocation.objects.filter(grant=row).exists():
        raise errors.GrantAlreadyRevoked
    GrantRevocation.objects.create(grant=row, at=at, actor=actor.key, reason=reason)
    record(
        events.GRANT_REVOKED,
        subject=row.uuid,
        actor=actor,
        at=at,
        agency=row.agency_id,
        payload={"user": str(row.user.uuid), "role": row.role.code},
    )
    return row


@transaction.atomic
def appoint_stand_in(
    absent: UUID,
    *,
    substitute: UUID,
    since: date,
    until: date,
    reason: str,
    actor: Actor,
    at: datetime,
) -> StandIn:
    """Let somebody act in the place of an absent person (cử người thay thế), for a period that ends.

    People appoint for themselves; for another it takes the right at every agency where that person
    is granted something, and nobody appoints themselves.
    """
    people = {key: officer_for_change(key) for key in sorted({absent, substitute})}
    if absent == substitute:
        raise errors.StandInForOneself
    away, present = people[absent], people[substitute]
    _require_over(actor, away, at=at)
    if actor.key == f"user:{present.uuid}":
        raise errors.NotToOneself
    refuse_reversed(since, until)
    same = StandIn.objects.filter(absent=away, substitute=present, withdrawal=None)
    if same.filter(overlaps(since, until)).exists():
        raise errors.StandInOverlaps
    row = StandIn.objects.create(
        absent=away,
        substitute=present,
        since=since,
        until=until,
        reason=reason,
        at=at,
        actor=actor.key,
    )
    record(
        events.STAND_IN_APPOINTED,
        subject=row.uuid,
        actor=actor,
        at=at,
        payload={
            "absent": str(away.uuid),
            "substitute": str(present.uuid),
            **period(since, until),
        },
    )
    return row


@transaction.atomic
def withdraw_stand_in(key: UUID, *, reason: str, actor: Actor, at: datetime) -> StandIn:
    """End a stand-in before its time (chấm dứt thay thế): by the absent person or who may appoint."""
    locked = StandIn.objects.select_for_update(of=("self",)).select_related("absent", "substitute")
    row = locked.filter(uuid=key).first()
    if row is None:
        raise errors.StandInNotFound
    _require_over(actor, row.absent, at=at)
    if StandInWithdrawal.objects.filter(stand_in=row).exists():
        raise errors.StandInAlreadyWithdrawn
    StandInWithdrawal.objects.create(stand_in=row, at=at, actor=actor.key, reason=reason)
    record(
        events.STAND_IN_WITHDRAWN,
        subject=row.uuid,
        actor=actor,
        at=at,
        payload={"absent": str(row.absent.uuid), "substitute": str(row.substitute.uuid)},
    )
    return row


def require_reach(
    actor: Actor, permission: AccountPermission, *, agency: int | None, deep: bool, at: datetime
) -> None:
    """Require the right wherever the thing given will reach: an agency, all below it, everywhere."""
    scope = actor.scope(permission, at=at)
    if scope.everywhere:
        return
    if agency is None:
        raise PermissionMissing(permission=permission.value)
    reach = agencies.descendants(agency, day_of(at)) if deep else {agency}
    if not reach <= scope.agencies:
        raise PermissionMissing(permission=permission.value)


def _require_over(actor: Actor, absent: User, *, at: datetime) -> None:
    if actor.key == f"user:{absent.uuid}":
        return
    places = Grant.objects.in_force(at).filter(user=absent).values_list("agency", flat=True)
    require(actor, AccountPermission.APPOINT_STAND_IN, at=at)
    for agency in set(places):
        require_reach(actor, AccountPermission.APPOINT_STAND_IN, agency=agency, deep=False, at=at)
