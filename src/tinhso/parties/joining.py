"""An account's own party and the one that a counter knows are the same person: joined by an officer, taken back by one.

A typed number never joins anybody (số tự khai không kết nối ai). The two must be alike, and an officer says with
what genuine paper they compared the person in front of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from tinhso.accounts.models import User
from tinhso.events.services import record
from tinhso.kernel.folding import fold
from tinhso.kernel.permissions import require
from tinhso.parties import errors, events, queries
from tinhso.parties.models import Joining, Party, Separation
from tinhso.parties.permissions import PartyPermission
from tinhso.parties.services import note_read

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from tinhso.kernel.actors import Actor


def account_of(text: str, *, agency: int, actor: Actor, at: datetime) -> Party:
    """Find the account of the person at the counter (tìm tài khoản) by its e-mail or short code; a read, logged."""
    require(actor, PartyPermission.VERIFY, agency=agency, at=at)
    own = queries.own_party_of_account(text)
    if own is None:
        raise errors.AccountUnknown
    _refuse_own(own, actor)
    note_read([own], purpose="join", actor=actor, at=at, agency=agency)
    return own


def _refuse_own(own: Party, actor: Actor) -> None:
    """Nobody confirms themselves: whoever bears the officer's own name is another officer's business.

    An officer's sign-in and the same person's account as a citizen are two, and nothing but the name is known of both.
    """
    officer = User.objects.filter(pk=getattr(actor, "user", None)).first()
    if officer is not None and fold(officer.name) == fold(own.name):
        raise errors.OwnAccount


def alike(own: Party, *, agency: int, actor: Actor, at: datetime) -> list[Party]:
    """Known parties that may be the same person as an account's own (có thể trùng); a read, logged."""
    require(actor, PartyPermission.VERIFY, agency=agency, at=at)
    found = queries.alike(own, actor=actor, at=at)
    note_read(found, purpose="join", actor=actor, at=at, agency=agency)
    return found


@transaction.atomic
def join(
    own: UUID, known: UUID, *, method: str, agency: int, actor: Actor, at: datetime
) -> Joining:
    """Join an account's own party to the known one (kết nối tài khoản), the person having been confirmed here.

    Refuses with `PartiesUnlike`, `JoinedBefore`, `PartyOfAnAccount`.
    """
    require(actor, PartyPermission.VERIFY, agency=agency, at=at)
    found = {party.uuid: party for party in _locked(own, known)}
    queries.own_party(own)
    _refuse_own(found[own], actor)
    if User.objects.filter(party_uuid=known).exists():
        raise errors.PartyOfAnAccount
    if Joining.objects.in_force().filter(known__uuid=known).exists():
        raise errors.JoinedBefore
    if known not in {party.uuid for party in queries.alike(found[own], actor=actor, at=at)}:
        raise errors.PartiesUnlike
    joining = Joining.objects.create(
        own=found[own],
        known=found[known],
        method=method,
        agency_id=agency,
        at=at,
        actor=actor.key,
    )
    told = {"known": known, "method": method}
    record(events.JOINED, subject=own, actor=actor, at=at, agency=agency, payload=told)
    return joining


def _locked(*keys: UUID) -> list[Party]:
    """Both, in one order, so that two officers cannot wait for each other."""
    found = list(Party.objects.select_for_update().filter(uuid__in=keys).order_by("pk"))
    if len(found) != len(set(keys)) or len(set(keys)) != len(keys):
        raise errors.PartyNotFound
    return found


@transaction.atomic
def separate(key: UUID, *, reason: str, actor: Actor, at: datetime) -> Separation:
    """Take a joining back (hủy kết nối): from now on the account sees its own only."""
    joining = queries.joinings(actor, at=at).filter(uuid=key).first()
    if joining is None:
        raise errors.PartyNotFound
    require(actor, PartyPermission.VERIFY, agency=joining.agency_id, at=at)
    if not reason.strip():
        raise errors.SeparationReasonMissing
    Joining.objects.select_for_update().get(pk=joining.pk)
    if Separation.objects.filter(joining=joining).exists():
        raise errors.SeparatedBefore
    separation = Separation.objects.create(
        joining=joining, reason=reason.strip(), at=at, actor=actor.key
    )
    record(
        events.SEPARATED,
        subject=joining.own.uuid,
        actor=actor,
        at=at,
        agency=joining.agency_id,
        payload={"known": joining.known.uuid},
    )
    return separation
