"""What can happen to parties; the only writer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction

from tinhso.accounts.services import users
from tinhso.calendars.clock import day_of
from tinhso.events.services import record
from tinhso.kernel.permissions import require
from tinhso.parties import errors, events, queries
from tinhso.parties.facts import (
    PartyFacts,
    PartyRows,
    columns,
    folded,
    plan_keys,
    plan_register,
    read,
)
from tinhso.parties.models import Correction, Party, PartyKey, Verification
from tinhso.parties.permissions import PartyPermission

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from tinhso.kernel.actors import Actor


@dataclass(frozen=True)
class Match:
    """What is already known: the party with the same number, else parties that may be the same."""

    party: Party | None
    possible: list[Party]


@transaction.atomic
def register(facts: PartyFacts, *, actor: Actor, at: datetime, agency: int | None = None) -> Party:
    """Register a party (ghi nhận công dân, tổ chức), as declared and not confirmed.

    At an agency it takes the right there; without an agency the party speaks for itself, as anybody
    may who files at the portal. Refuses malformed facts with `PartyFactsInvalid`.
    """
    rows = register_beside(facts, actor=actor, at=at, agency=agency)
    rows.party.save(force_insert=True)
    PartyKey.objects.bulk_create(rows.keys)
    return rows.party


def register_beside(
    facts: PartyFacts,
    *,
    actor: Actor,
    at: datetime,
    agency: int | None = None,
    pk: int | None = None,
) -> PartyRows:
    """`register` for an act that writes the rows together with its own, in its transaction, and must do so."""
    if agency is not None:
        require(actor, PartyPermission.REGISTER, agency=agency, at=at)
    official = read(facts, on=day_of(at))
    rows = plan_register(official, key=uuid4(), agency=agency, at=at, pk=pk)
    record(
        events.REGISTERED,
        subject=rows.party.uuid,
        actor=actor,
        at=at,
        agency=agency,
        payload={"kind": rows.party.kind},
    )
    return rows


@transaction.atomic
def register_own(user: UUID, facts: PartyFacts, *, actor: Actor, at: datetime) -> Party:
    """A citizen says who they are: registers their own party and joins their account to it.

    Never joined to a party that exists, even with the same number: anybody can type a number.
    """
    if actor.key != f"user:{user}":
        raise errors.PartyNotFound
    party = register(facts, actor=actor, at=at)
    users.link_party(user, party=party.pk, party_uuid=party.uuid, actor=actor, at=at)
    return party


def match(facts: PartyFacts, *, agency: int, actor: Actor, at: datetime) -> Match:
    """Look for the party at a counter (đối chiếu): by number, else by folded name and birthday.

    Whoever may register at the agency may ask by the full number across the province; a party found
    so is a read and is logged.
    """
    require(actor, PartyPermission.REGISTER, agency=agency, at=at)
    official = read(facts, on=day_of(at))
    party = queries.with_identity(official).first()
    if party is not None:
        note_read([party], purpose="match", actor=actor, at=at, agency=agency)
        return Match(party=party, possible=[])
    possible = queries.possible_duplicates(
        official.name, born_on=official.born_on, actor=actor, at=at
    )
    note_read(possible, purpose="match", actor=actor, at=at, agency=agency)
    return Match(party=None, possible=possible)


@transaction.atomic
def correct(key: UUID, facts: PartyFacts, *, reason: str, actor: Actor, at: datetime) -> Party:
    """Correct what is written about a party (sửa thông tin); what stood there is kept.

    By the party itself as long as nobody confirmed its identity, else by an officer with the right.
    Contact facts (phone, e-mail, address, commune) are always the party's own to correct.
    """
    party = _locked(key, actor=actor, at=at)
    official = read(facts, on=day_of(at))
    before = {
        name: value for name, value in _values(party).items() if value != columns(official)[name]
    }
    if not before:
        raise errors.NothingCorrected
    if actor.party != party.pk or (party.is_verified and set(before) - _CONTACT):
        require(actor, PartyPermission.CORRECT, agency=party.agency_id, at=at)
    _refuse_taken(official, party=party)
    Correction.objects.create(
        party=party,
        before={name: None if value is None else str(value) for name, value in before.items()},
        reason=reason,
        at=at,
        actor=actor.key,
    )
    for name, value in {**columns(official), **folded(official)}.items():
        setattr(party, name, value)
    party.save()
    party.keys.all().delete()
    PartyKey.objects.bulk_create(plan_keys(official, party))
    record(
        events.CORRECTED,
        subject=party.uuid,
        actor=actor,
        at=at,
        agency=party.agency_id,
        payload={"fields": sorted(before)},
    )
    return party


_CONTACT = frozenset({"phone", "email", "address", "commune_id"})


def _values(party: Party) -> dict[str, object]:
    facts = PartyFacts(name=party.name)
    return {name: getattr(party, name) for name in columns(facts)}


def _refuse_taken(facts: PartyFacts, *, party: Party) -> None:
    taken = queries.with_identity(facts).filter(is_verified=True).exclude(pk=party.pk)
    if party.is_verified and taken.exists():
        raise errors.IdentityTaken


@transaction.atomic
def verify(key: UUID, *, method: str, agency: int, actor: Actor, at: datetime) -> Party:
    """Confirm who a party is (xác nhận nhân thân), having compared it with a genuine paper.

    Refuses with `IdentityTaken` when the number belongs to another confirmed party.
    """
    require(actor, PartyPermission.VERIFY, agency=agency, at=at)
    party = Party.objects.select_for_update().filter(uuid=key).first()
    if party is None:
        raise errors.PartyNotFound
    if party.is_verified:
        raise errors.PartyAlreadyVerified
    if not party.personal_id and not party.tax_code:
        raise errors.IdentityMissing
    same = PartyFacts(name=party.name, personal_id=party.personal_id, tax_code=party.tax_code)
    if queries.with_identity(same).filter(is_verified=True).exists():
        raise errors.IdentityTaken
    Verification.objects.create(party=party, method=method, at=at, actor=actor.key)
    party.is_verified = True
    try:
        with transaction.atomic():
            party.save(update_fields=["is_verified"])
    except IntegrityError:
        raise errors.IdentityTaken from None
    record(
        events.VERIFIED,
        subject=party.uuid,
        actor=actor,
        at=at,
        agency=agency,
        payload={"method": method},
    )
    return party


def note_read(
    shown: Iterable[Party], *, purpose: str, actor: Actor, at: datetime, agency: int | None = None
) -> None:
    """Write down whose personal data was shown to whom and why: one event a request.

    Nothing is written when nothing was shown, or when a party looks at itself.
    """
    own = queries.stood_for(actor)
    keys = [party.uuid for party in shown if party.pk not in own]
    if keys:
        record(
            events.READ,
            subject=keys[0],
            actor=actor,
            at=at,
            agency=agency,
            payload={"parties": [str(key) for key in keys], "purpose": purpose},
        )


def _locked(key: UUID, *, actor: Actor, at: datetime) -> Party:
    party = queries.visible(key, actor=actor, at=at)
    return Party.objects.select_for_update().get(pk=party.pk)
