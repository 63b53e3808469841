"""Registering a party, at a counter and by oneself."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from tests.cast import AT
from tinhso.accounts.actors import actor_for
from tinhso.accounts.errors import PartyAlreadyLinked
from tinhso.accounts.models import User
from tinhso.accounts.tests.factories import make_user
from tinhso.events.models import Event
from tinhso.kernel.actors import AnonymousVisitor
from tinhso.kernel.permissions import PermissionMissing
from tinhso.parties import services
from tinhso.parties.errors import PartyFactsInvalid, PartyNotFound
from tinhso.parties.facts import PartyFacts
from tinhso.parties.models import Party, PartyKey

if TYPE_CHECKING:
    from tests.cast import Cast

FACTS = PartyFacts(
    name="  Lan   Một ",
    personal_id="000 190 000 009",
    phone="+84000000009",
    email="LAN@example.vn",
    address="Thôn 1",
    born_on=date(1990, 1, 2),
)


def test_an_officer_registers_where_they_work(cast: Cast) -> None:
    party = services.register(FACTS, actor=cast.minh, at=AT, agency=cast.commune.pk)
    party.refresh_from_db()
    assert (party.name, party.personal_id, party.phone) == (
        "Lan Một",
        "000190000009",
        "0000000009",
    )
    assert party.email == "lan@example.vn"
    assert party.agency_id == cast.commune.pk
    assert not party.is_verified
    assert {key.kind for key in party.keys.all()} == {"personal_id", "phone", "email"}
    event = Event.objects.get(subject=party.uuid)
    assert (event.kind, event.payload) == ("parties.registered", {"kind": "citizen"})


def test_an_officer_of_another_commune_may_not(cast: Cast) -> None:
    before = Party.objects.count(), Event.objects.count()
    with pytest.raises(PermissionMissing):
        services.register(FACTS, actor=cast.nam, at=AT, agency=cast.commune.pk)
    assert (Party.objects.count(), Event.objects.count()) == before


def test_a_visitor_speaks_for_themselves(cast: Cast) -> None:
    del cast
    party = services.register(FACTS, actor=AnonymousVisitor(), at=AT)
    assert party.agency_id is None
    assert Event.objects.get(subject=party.uuid).actor == "visitor:anonymous"


def test_a_visitor_may_not_register_at_an_agency(cast: Cast) -> None:
    with pytest.raises(PermissionMissing):
        services.register(FACTS, actor=AnonymousVisitor(), at=AT, agency=cast.commune.pk)


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        (PartyFacts(name=" "), "name"),
        (PartyFacts(name="a" * 301), "name"),
        (PartyFacts(name="Lan", kind="ghost"), "kind"),
        (PartyFacts(name="Lan", personal_id="12"), "personal_id"),
        (PartyFacts(name="Lan", tax_code="0100000004"), "tax_code"),
        (PartyFacts(name="Lan", phone="12"), "phone"),
        (PartyFacts(name="Lan", email="lan"), "email"),
        (PartyFacts(name="Lan", address="a" * 501), "address"),
        (PartyFacts(name="Lan", born_on=date(2026, 11, 21)), "born_on"),
        (PartyFacts(name="Lan", born_on=date(1800, 1, 1)), "born_on"),
    ],
)
def test_malformed_facts_are_refused_by_field(cast: Cast, facts: PartyFacts, field: str) -> None:
    before = Party.objects.count()
    with pytest.raises(PartyFactsInvalid) as refused:
        services.register(facts, actor=cast.minh, at=AT, agency=cast.commune.pk)
    assert set(refused.value.errors) == {field}
    assert Party.objects.count() == before


@pytest.mark.django_db
def test_a_citizen_says_once_who_they_are() -> None:
    user = make_user("Lan", kind=User.Kind.CITIZEN)
    party = services.register_own(user.uuid, FACTS, actor=actor_for(user), at=AT)
    user.refresh_from_db()
    actor = actor_for(user)
    assert (actor.party, actor.key) == (party.pk, f"party:{party.uuid}")
    assert list(Party.objects.visible_to(actor, at=AT)) == [party]
    with pytest.raises(PartyNotFound):
        services.register_own(user.uuid, FACTS, actor=actor, at=AT)
    assert Party.objects.count() == 1


def test_a_citizen_is_never_joined_to_a_party_by_number_alone(cast: Cast) -> None:
    user = make_user("Người lạ", kind=User.Kind.CITIZEN)
    lan = cast.parties["lan"]
    facts = PartyFacts(name="Lan", personal_id=lan.personal_id)
    party = services.register_own(user.uuid, facts, actor=actor_for(user), at=AT)
    assert party.pk != lan.pk
    user.refresh_from_db()
    assert lan not in Party.objects.visible_to(actor_for(user), at=AT)


def test_nobody_says_it_for_another(cast: Cast) -> None:
    user = make_user("Lan", kind=User.Kind.CITIZEN)
    with pytest.raises(PartyNotFound):
        services.register_own(user.uuid, FACTS, actor=cast.minh, at=AT)
    user.refresh_from_db()
    assert user.party_key is None


def test_an_account_and_a_party_are_joined_once(cast: Cast) -> None:
    user = cast.users["lan"]
    stale = actor_for(User(pk=user.pk, uuid=user.uuid, name="Lan", kind="citizen"))
    before = PartyKey.objects.count()
    with pytest.raises(PartyAlreadyLinked):
        services.register_own(user.uuid, FACTS, actor=stale, at=AT)
    assert PartyKey.objects.count() == before
