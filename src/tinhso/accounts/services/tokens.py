"""Keys of partner systems to the API."""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction

from tinhso.accounts import errors, events
from tinhso.accounts.models import PartnerToken, PartnerTokenWithdrawal
from tinhso.accounts.permissions import PARTNER_RIGHTS, AccountPermission
from tinhso.accounts.services.reach import holds_over_place, require_over_place
from tinhso.calendars.clock import day_of
from tinhso.events.services import record
from tinhso.kernel.permissions import registry
from tinhso.ui import formatting

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from tinhso.kernel.actors import Actor

LONGEST = timedelta(days=731)
PREFIX = "ts_"
HINT_LENGTH = 8


def digest_of(secret: str) -> bytes:
    """What is kept of a secret: its SHA-256."""
    return hashlib.sha256(secret.encode()).digest()


@transaction.atomic
def issue(
    *,
    name: str,
    permissions: Sequence[str],
    agency: int | None,
    includes_subordinates: bool,
    expires_at: datetime,
    actor: Actor,
    at: datetime,
    now: datetime | None = None,
) -> tuple[PartnerToken, str]:
    """Issue a token to a partner system (cấp mã truy cập); the secret is given once, kept nowhere.

    The issuer must hold the right to issue at the agency; a token for the whole province asks for
    it everywhere. What partner systems are not given as such (`PARTNER_RIGHTS`), the issuer must
    hold too wherever the token reaches, so that nobody makes themselves a key to more than they have.
    `now`, the real clock, is what ends it; a house that plays another day is told so.
    """
    require_over_place(
        actor, AccountPermission.ISSUE_TOKEN, agency=agency, deep=includes_subordinates, at=at
    )
    wanted = sorted(set(permissions))
    if not wanted or any(code not in registry for code in wanted):
        raise errors.TokenWithoutRights
    for code in wanted:
        if code not in PARTNER_RIGHTS and not holds_over_place(
            actor, registry[code], agency=agency, deep=includes_subordinates, at=at
        ):
            raise errors.TokenRightNotHeld(permission=code)
    begins = max(at, now or at)
    if not begins < expires_at <= begins + LONGEST:
        raise errors.TokenExpiryPast(today=formatting.day(day_of(begins)))
    secret = PREFIX + secrets.token_urlsafe(32)
    token = PartnerToken.objects.create(
        name=" ".join(name.split()),
        digest=digest_of(secret),
        hint=secret[:HINT_LENGTH],
        permissions=wanted,
        agency_id=agency,
        includes_subordinates=includes_subordinates,
        at=at,
        expires_at=expires_at,
        actor=actor.key,
    )
    record(
        events.TOKEN_ISSUED,
        subject=token.uuid,
        actor=actor,
        at=at,
        agency=agency,
        payload={
            "permissions": wanted,
            "includes_subordinates": includes_subordinates,
            "expires_at": expires_at.isoformat(),
        },
    )
    return token, secret


@transaction.atomic
def withdraw(key: UUID, *, reason: str, actor: Actor, at: datetime) -> PartnerToken:
    """Withdraw a partner's token at once (thu hồi mã truy cập)."""
    token = PartnerToken.objects.select_for_update().filter(uuid=key).first()
    if token is None:
        raise errors.TokenNotFound
    require_over_place(
        actor, AccountPermission.WITHDRAW_TOKEN, agency=token.agency_id, deep=False, at=at
    )
    if PartnerTokenWithdrawal.objects.filter(token=token).exists():
        raise errors.TokenAlreadyWithdrawn
    PartnerTokenWithdrawal.objects.create(token=token, at=at, actor=actor.key, reason=reason)
    record(events.TOKEN_WITHDRAWN, subject=token.uuid, actor=actor, at=at, agency=token.agency_id)
    return token
