"""The log of who signed in when (nhật ký đăng nhập)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from tinhso.accounts import events
from tinhso.accounts.models import SignIn, User
from tinhso.events.services import record

if TYPE_CHECKING:
    from datetime import datetime

    from tinhso.kernel.actors import Actor

_KINDS = {
    SignIn.Outcome.SUCCEEDED: events.SIGNED_IN,
    SignIn.Outcome.FAILED: events.SIGN_IN_FAILED,
    SignIn.Outcome.SIGNED_OUT: events.SIGNED_OUT,
}


@transaction.atomic
def note(
    outcome: SignIn.Outcome,
    *,
    user: User | None,
    address: str | None,
    device: str,
    actor: Actor,
    at: datetime,
) -> SignIn:
    """Note an attempt to sign in, or a sign-out; for an unknown e-mail a row without an event."""
    row = SignIn.objects.create(
        user=user, at=at, outcome=outcome, address=address, device=device[:200]
    )
    if user is not None:
        record(_KINDS[outcome], subject=user.uuid, actor=actor, at=at)
    return row


@transaction.atomic
def note_ended(user: User, *, devices: int, actor: Actor, at: datetime) -> None:
    """Note that the user signed other devices out (đăng xuất thiết bị)."""
    record(
        events.SESSION_ENDED, subject=user.uuid, actor=actor, at=at, payload={"devices": devices}
    )
