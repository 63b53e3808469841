"""An account's own party and the one a counter knows: an officer joins them, a typed number never does."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from tests.cast import AT
from tinhso.accounts.models import User
from tinhso.events.models import Event
from tinhso.kernel.permissions import PermissionMissing
from tinhso.parties import errors, joining, queries
from tinhso.parties.identity import account_code, read_account_code
from tinhso.parties.models import Joining, Party, Separation
from tinhso.parties.tests.factories import make_party

if TYPE_CHECKING:
    from tests.cast import Cast
    from tinhso.accounts.actors import CitizenActor, OfficerActor

CARD = "card_seen"


def known_as_lan(cast: Cast) -> Party:
    return make_party("Lan", agency=cast.commune, personal_id="000190000001")


def join(cast: Cast, known: Party, *, actor: OfficerActor | CitizenActor | None = None) -> Joining:
    return joining.join(
        cast.parties["lan"].uuid,
        known.uuid,
        method=CARD,
        agency=cast.commune.pk,
        actor=actor or cast.minh,
        at=AT,
    )


def untouched() -> bool:
    joined = Event.objects.filter(kind__in=["parties.joined", "parties.separated"])
    return not Joining.objects.exists() and not joined.exists()


@given(st.uuids(version=4))
def test_a_code_names_the_uuid_that_it_was_made_of(key: UUID) -> None:
    keys = read_account_code(account_code(key).lower())
    assert keys is not None
    assert keys[0] <= key <= keys[1]


def test_the_account_is_found_by_e_mail_and_by_code_and_the_read_is_told(cast: Cast) -> None:
    lan = cast.parties["lan"]
    reads = Event.objects.filter(kind="parties.read")
    for text in (cast.users["lan"].email.upper(), account_code(lan.uuid)):
        found = joining.account_of(text, agency=cast.commune.pk, actor=cast.minh, at=AT)
        assert found == lan
    assert (
        list(reads.values_list("payload__purpose", "payload__parties__0"))
        == [("join", str(lan.uuid))] * 2
    )


@pytest.mark.parametrize("text", ["", "nobody@example.vn", "000190000001", "ABCDE12345"])
def test_nothing_else_finds_an_account(cast: Cast, text: str) -> None:
    with pytest.raises(errors.AccountUnknown):
        joining.account_of(text, agency=cast.commune.pk, actor=cast.minh, at=AT)


def test_nobody_joins_their_own_account(cast: Cast) -> None:
    known = known_as_lan(cast)
    User.objects.filter(pk=cast.minh.user).update(name=cast.parties["lan"].name.upper())
    with pytest.raises(errors.OwnAccount):
        join(cast, known)
    code = account_code(cast.parties["lan"].uuid)
    with pytest.raises(errors.OwnAccount):
        joining.account_of(code, agency=cast.commune.pk, actor=cast.minh, at=AT)
    assert untouched()


def test_who_looks_at_the_joinings_is_written_down(cast: Cast) -> None:
    known = known_as_lan(cast)
    join(cast, known)
    client = Client()
    client.force_login(User.objects.get(pk=cast.minh.user))
    assert client.get(reverse("parties:joining")).status_code == 200
    read = Event.objects.filter(kind="parties.read").latest("id")
    assert read.payload["purpose"] == "joinings"
    assert set(read.payload["parties"]) == {str(cast.parties["lan"].uuid), str(known.uuid)}


def test_the_account_stands_for_both_from_then_on(cast: Cast) -> None:
    known = known_as_lan(cast)
    assert queries.stood_for(cast.lan) == [cast.parties["lan"].pk]
    made = join(cast, known)
    assert queries.stood_for(cast.lan) == [cast.parties["lan"].pk, known.pk]
    assert Party.objects.visible_to(cast.lan, at=AT).count() == 2
    assert queries.stood_for(cast.hung) == [cast.parties["hung"].pk]
    event = Event.objects.get(kind="parties.joined")
    assert event.payload == {"known": str(known.uuid), "method": CARD}
    assert (event.subject, event.agency) == (cast.parties["lan"].uuid, cast.commune.pk)
    assert (made.actor, made.at) == (cast.minh.key, AT)


def test_the_same_name_and_birthday_are_like_enough_but_not_the_name_alone(cast: Cast) -> None:
    lan = cast.parties["lan"]
    Party.objects.filter(pk=lan.pk).update(born_on=date(1990, 1, 2))
    lan.refresh_from_db()
    same = make_party("LAN", agency=cast.commune, born_on=date(1990, 1, 2))
    make_party("Lan", agency=cast.commune)
    make_party("Lan", agency=cast.commune, born_on=date(1991, 1, 2))
    found = joining.alike(lan, agency=cast.commune.pk, actor=cast.minh, at=AT)
    assert found == [same]


def test_strangers_are_not_joined(cast: Cast) -> None:
    with pytest.raises(errors.PartiesUnlike):
        join(cast, make_party("Hoa", agency=cast.commune, personal_id="000190000007"))
    assert untouched()


def test_another_account_s_own_party_is_not_joined(cast: Cast) -> None:
    twin = make_party("Lan", personal_id="000190000001")
    User.objects.filter(pk=cast.users["hung"].pk).update(party_key=twin.pk, party_uuid=twin.uuid)
    with pytest.raises(errors.PartyOfAnAccount):
        join(cast, twin)
    assert untouched()


def test_only_where_identities_are_confirmed(cast: Cast) -> None:
    known = known_as_lan(cast)
    for actor in (cast.nam, cast.hoa, cast.lan, cast.tu):
        with pytest.raises(PermissionMissing):
            join(cast, known, actor=actor)
    assert untouched()


def test_a_known_party_is_joined_to_one_account_only(cast: Cast) -> None:
    known = known_as_lan(cast)
    join(cast, known)
    with pytest.raises(errors.JoinedBefore):
        join(cast, known)
    assert Joining.objects.count() == 1


def test_it_is_taken_back_once_with_a_reason(cast: Cast) -> None:
    known = known_as_lan(cast)
    made = join(cast, known)
    with pytest.raises(errors.SeparationReasonMissing):
        joining.separate(made.uuid, reason=" ", actor=cast.minh, at=AT)
    with pytest.raises(errors.PartyNotFound):
        joining.separate(made.uuid, reason="Sai", actor=cast.nam, at=AT)
    assert not Separation.objects.exists()
    joining.separate(made.uuid, reason="Nhầm người", actor=cast.minh, at=AT)
    assert queries.stood_for(cast.lan) == [cast.parties["lan"].pk]
    with pytest.raises(errors.SeparatedBefore):
        joining.separate(made.uuid, reason="Nhầm người", actor=cast.minh, at=AT)
    assert join(cast, known).pk != made.pk


def signed_in(client: Client, cast: Cast) -> None:
    client.force_login(cast.users["minh"])


def test_the_page_shows_both_sides_joins_and_takes_back(client: Client, cast: Cast) -> None:
    known = known_as_lan(cast)
    signed_in(client, cast)
    page = reverse("parties:joining")
    assert client.get(page).status_code == 200
    sent = {"account": cast.users["lan"].email, "agency": cast.commune.pk}
    shown = client.post(page, sent)
    assert shown.context["found"] == [known]
    both = {"own": cast.parties["lan"].uuid, "known": known.uuid, "agency": cast.commune.pk}
    assert client.post(reverse("parties:join"), both).status_code == 422
    assert untouched()
    assert client.post(reverse("parties:join"), {**both, "compared": "1"}).status_code == 302
    made = Joining.objects.get()
    back = reverse("parties:separating", args=[made.uuid])
    assert client.post(back, {"reason": ""}).status_code == 422
    assert client.post(back, {"reason": "Nhầm"}).status_code == 302
    assert Separation.objects.get().joining == made


def test_the_page_refuses_an_unknown_account(client: Client, cast: Cast) -> None:
    signed_in(client, cast)
    sent = {"account": "nobody@example.vn", "agency": cast.commune.pk}
    assert client.post(reverse("parties:joining"), sent).status_code == 404
    assert client.post(reverse("parties:joining"), {}).status_code == 422
    wrong = {"own": uuid4(), "known": uuid4(), "agency": cast.commune.pk, "compared": "1"}
    assert client.post(reverse("parties:join"), wrong).status_code == 404
