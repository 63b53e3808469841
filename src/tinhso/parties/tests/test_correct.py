"""Correcting and confirming what is written about a party."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.cast import AT
from tinhso.events.models import Event
from tinhso.kernel.permissions import PermissionMissing
from tinhso.parties import queries, services
from tinhso.parties.errors import (
    IdentityMissing,
    IdentityTaken,
    NothingCorrected,
    PartyAlreadyVerified,
    PartyFactsInvalid,
    PartyNotFound,
)
from tinhso.parties.facts import PartyFacts
from tinhso.parties.models import Correction, Party, Verification
from tinhso.parties.tests.factories import make_party

if TYPE_CHECKING:
    from tests.cast import Cast


def verify(cast: Cast, party: Party) -> Party:
    return services.verify(
        party.uuid, method="card_seen", agency=cast.commune.pk, actor=cast.minh, at=AT
    )


def test_a_correction_keeps_what_stood_there_and_moves_the_keys(cast: Cast) -> None:
    party = make_party("Lan", agency=cast.commune, phone="0000000005")
    facts = PartyFacts(name="Lan Một", phone="0000000006")
    services.correct(party.uuid, facts, reason="gõ sai", actor=cast.minh, at=AT)
    party.refresh_from_db()
    assert (party.name, party.phone) == ("Lan Một", "0000000006")
    assert Correction.objects.get().before == {"name": "Lan", "phone": "0000000005"}
    assert Event.objects.get(kind="parties.corrected").payload == {"fields": ["name", "phone"]}
    assert list(queries.search("0000000005", actor=cast.minh, at=AT)) == []
    assert list(queries.search("0000000006", actor=cast.minh, at=AT)) == [party]
    assert list(queries.search("mot lan", actor=cast.minh, at=AT)) == [party]


def test_a_correction_that_changes_nothing_is_refused(cast: Cast) -> None:
    party = make_party("Lan", agency=cast.commune)
    with pytest.raises(NothingCorrected):
        services.correct(party.uuid, PartyFacts(name="Lan"), reason="", actor=cast.minh, at=AT)
    assert not Correction.objects.exists()


def test_whoever_may_not_see_a_party_cannot_tell_that_it_exists(cast: Cast) -> None:
    party = make_party("Lan", agency=cast.commune)
    for actor in (cast.nam, cast.hung, cast.van):
        with pytest.raises(PartyNotFound):
            services.correct(party.uuid, PartyFacts(name="X"), reason="", actor=actor, at=AT)
    party.refresh_from_db()
    assert party.name == "Lan"


def test_who_sees_may_not_yet_correct(cast: Cast) -> None:
    party = make_party("Lan", agency=cast.commune)
    for actor in (cast.hoa, cast.tu):
        with pytest.raises(PermissionMissing):
            services.correct(party.uuid, PartyFacts(name="X"), reason="", actor=actor, at=AT)
    assert not Correction.objects.exists()


def test_a_party_corrects_itself_until_it_is_confirmed_and_its_contact_always(cast: Cast) -> None:
    lan = cast.parties["lan"]
    facts = PartyFacts(name="Thị Lan", personal_id=lan.personal_id, phone=lan.phone)
    services.correct(lan.uuid, facts, reason="", actor=cast.lan, at=AT)
    verify(cast, lan)
    renamed = PartyFacts(name="Người khác", personal_id=lan.personal_id, phone=lan.phone)
    with pytest.raises(PermissionMissing):
        services.correct(lan.uuid, renamed, reason="", actor=cast.lan, at=AT)
    moved = PartyFacts(name="Thị Lan", personal_id=lan.personal_id, phone="0000000008")
    services.correct(lan.uuid, moved, reason="", actor=cast.lan, at=AT)
    lan.refresh_from_db()
    assert (lan.name, lan.phone) == ("Thị Lan", "0000000008")


def test_a_confirmed_party_does_not_take_anothers_number(cast: Cast) -> None:
    first = make_party("Lan", agency=cast.commune, personal_id="000190000003")
    second = make_party("Hoa", agency=cast.commune, personal_id="000190000004")
    verify(cast, first)
    verify(cast, second)
    facts = PartyFacts(name="Hoa", personal_id="000190000003")
    with pytest.raises(IdentityTaken):
        services.correct(second.uuid, facts, reason="", actor=cast.minh, at=AT)
    second.refresh_from_db()
    assert second.personal_id == "000190000004"


def test_malformed_facts_correct_nothing(cast: Cast) -> None:
    party = make_party("Lan", agency=cast.commune)
    with pytest.raises(PartyFactsInvalid):
        services.correct(
            party.uuid, PartyFacts(name="Lan", phone="1"), reason="", actor=cast.minh, at=AT
        )
    assert not Correction.objects.exists()


def test_an_identity_is_confirmed_once(cast: Cast) -> None:
    lan = cast.parties["lan"]
    verify(cast, lan)
    lan.refresh_from_db()
    assert lan.is_verified
    assert Event.objects.get(kind="parties.verified").payload == {"method": "card_seen"}
    with pytest.raises(PartyAlreadyVerified):
        verify(cast, lan)
    assert Verification.objects.count() == 1


def test_one_number_is_confirmed_for_one_party_only(cast: Cast) -> None:
    twin = make_party("Lan khác", personal_id=cast.parties["lan"].personal_id)
    verify(cast, cast.parties["lan"])
    with pytest.raises(IdentityTaken):
        verify(cast, twin)
    twin.refresh_from_db()
    assert not twin.is_verified
    assert Verification.objects.count() == 1


def test_without_a_number_there_is_nothing_to_confirm(cast: Cast) -> None:
    with pytest.raises(IdentityMissing):
        verify(cast, make_party("Lan"))


def test_confirming_takes_its_own_right(cast: Cast) -> None:
    lan = cast.parties["lan"]
    for actor in (cast.nam, cast.hoa, cast.tu, cast.lan):
        with pytest.raises(PermissionMissing):
            services.verify(
                lan.uuid, method="card_seen", agency=cast.commune.pk, actor=actor, at=AT
            )
    lan.refresh_from_db()
    assert not lan.is_verified


def test_an_unknown_party_cannot_be_confirmed(cast: Cast) -> None:
    with pytest.raises(PartyNotFound):
        verify(cast, Party(uuid=cast.users["minh"].uuid))
