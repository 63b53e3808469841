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
from tinhso.accounts.services.reach import is_self, require_over_person, require_over_place
from tinhso.accounts.services.users import officer_for_change
from tinhso.events.services import record

if TYPE_CHECKING:
    from datetime import date, datetime

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
    require_over_place(
        actor, AccountPermission.ISSUE_GRANT, agency=agency, deep=includes_subordinates, at=at
    )
    person = officer_for_change(user)
    if is_self(actor, person):
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
    require_over_place(
        actor, AccountPermission.REVOKE_GRANT, agency=row.agency_id, deep=False, at=at
    )
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
    if not is_self(actor, away):
        require_over_person(actor, AccountPermission.APPOINT_STAND_IN, user=away, at=at)
    if is_self(actor, present):
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
    if not is_self(actor, row.absent):
        require_over_person(actor, AccountPermission.APPOINT_STAND_IN, user=row.absent, at=at)
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
