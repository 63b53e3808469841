"""A citizen's account says who it is, once, as declared; a number joins nobody to a party that exists."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client
from django.urls import reverse

from tinhso.accounts.actors import actor_for
from tinhso.accounts.models import User
from tinhso.accounts.tests.factories import make_user
from tinhso.dossiers.models import Dossier, Draft
from tinhso.dossiers.services import drafting
from tinhso.dossiers.tests.factories import AT, ID, MARRIAGE, submitted
from tinhso.events.models import Event
from tinhso.parties.models import Correction, Party, Verification
from tinhso.portal.tests.accounts import signed_in
from tinhso.portal.tests.filing import STEPS, begin

if TYPE_CHECKING:
    from tinhso.dossiers.tests.factories import Desk

pytestmark = pytest.mark.usefixtures("demonstration")
WHO = {
    "kind": "citizen",
    "name": "Lan Một",
    "born_on.day": "2",
    "born_on.month": "1",
    "born_on.year": "1990",
    "personal_id": ID,
    "phone": "0000000001",
    "address": "Thôn Một",
}


def newcomer(client: Client) -> User:
    """An account that has not said who it is."""
    user = make_user("Lan", kind=User.Kind.CITIZEN)
    client.force_login(user)
    return user


def say(client: Client, query: str = "", **changes: str) -> Any:
    return client.post(reverse("portal:person") + query, {**WHO, **changes})


@pytest.mark.usefixtures("desk")
def test_it_becomes_the_account_s_own_party_as_declared(client: Client) -> None:
    user = newcomer(client)
    assert say(client).status_code == 302
    user.refresh_from_db()
    party = Party.objects.get()
    assert user.party_key == party.pk
    assert (party.name, party.personal_id, party.email) == ("Lan Một", ID, user.email)
    assert str(party.born_on) == "1990-01-02"
    assert not party.is_verified
    assert [event.kind for event in Event.objects.order_by("pk")][-2:] == [
        "parties.registered",
        "accounts.party_linked",
    ]


def test_a_number_opens_nobody_else_s_dossiers(desk: Desk, client: Client) -> None:
    of_another = submitted(desk)
    user = newcomer(client)
    say(client, personal_id=ID)
    user.refresh_from_db()
    assert of_another.applicant is not None
    assert of_another.applicant.personal_id == ID
    assert user.party_key != of_another.applicant_id
    assert not client.get(reverse("portal:own")).context["page"].paginator.count
    assert client.get(reverse("portal:dossier", args=[of_another.uuid])).status_code == 302


@pytest.mark.usefixtures("desk")
@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": " "}, "name"),
        ({"personal_id": "12"}, "personal-id"),
        ({"born_on.year": "1899"}, "born-on"),
        ({"born_on.year": "2200"}, "born-on"),
        ({"phone": "12"}, "phone"),
        ({"kind": "organisation", "tax_code": "0100000004", "form-shown": "tax_code"}, "tax-code"),
    ],
)
def test_what_is_wrong_is_told_at_its_field(
    client: Client, changes: dict[str, str], field: str
) -> None:
    user = newcomer(client)
    before = Party.objects.count()
    answer = say(client, **changes)
    if answer.status_code == 200:  # the other questions come up first
        answer = say(client, **{**changes, "form-shown": "kind,name,tax_code,phone,address"})
    assert answer.status_code == 422
    assert f'id="f-{field}-error"' in answer.content.decode()
    user.refresh_from_db()
    assert user.party_key is None
    assert Party.objects.count() == before


@pytest.mark.usefixtures("desk")
def test_it_is_corrected_later_and_what_stood_there_is_kept(client: Client) -> None:
    newcomer(client)
    say(client)
    assert say(client, address="Thôn Hai").status_code == 302
    party = Party.objects.get()
    assert party.address == "Thôn Hai"
    assert Correction.objects.get().before == {"address": "Thôn Một"}
    assert say(client, address="Thôn Hai").status_code == 302
    assert Correction.objects.count() == 1


@pytest.mark.usefixtures("desk")
def test_what_an_officer_confirmed_stays_and_the_contact_may_change(client: Client) -> None:
    newcomer(client)
    say(client)
    party = Party.objects.get()
    Verification.objects.create(party=party, method="card_seen", at=AT, actor="user:x")
    Party.objects.update(is_verified=True)
    assert 'name="personal_id"' not in client.get(reverse("portal:person")).content.decode()
    say(client, name="Hùng", personal_id="000190000002", address="Thôn Hai")
    party.refresh_from_db()
    assert (party.name, party.personal_id, party.address) == ("Lan Một", ID, "Thôn Hai")


@pytest.mark.usefixtures("desk")
def test_before_the_first_application_it_is_asked_and_goes_back(client: Client) -> None:
    newcomer(client)
    answer = client.post(reverse("portal:start", args=[MARRIAGE]))
    asked = answer.headers["Location"]
    assert asked.startswith(reverse("portal:person"))
    assert not Draft.objects.exists()
    assert say(client, "?" + asked.partition("?")[2]).headers["Location"] == reverse(
        "portal:procedure", args=[MARRIAGE]
    )


@pytest.mark.usefixtures("desk")
@pytest.mark.parametrize("wanted", ["https://example.com/", "//example.com", "javascript:1", "ho"])
def test_it_leads_to_no_other_house(client: Client, wanted: str) -> None:
    newcomer(client)
    answer = say(client, f"?tiep={wanted}")
    assert answer.headers["Location"] == reverse("portal:person")


@pytest.mark.slow
def test_a_visitor_s_application_is_handed_in_by_an_account_that_said_who_it_is(
    desk: Desk, client: Client
) -> None:
    draft = begin(client)
    client.post(reverse("portal:application", args=[draft.uuid]), {"agency": desk.commune.pk})
    for slug, typed in STEPS.items():
        client.post(reverse("portal:step", args=[draft.uuid, slug]), typed)
    newcomer(client)
    check = reverse("portal:check", args=[draft.uuid])
    assert (
        client.post(check, {"cam_doan": "1"})
        .headers["Location"]
        .startswith(reverse("portal:person"))
    )
    assert not Dossier.objects.exists()
    say(client)
    client.post(check, {"cam_doan": "1"})
    assert client.get(reverse("portal:own")).context["page"].paginator.count == 1


@pytest.mark.usefixtures("desk")
def test_drafts_begun_before_stay_one_s_own(client: Client) -> None:
    user = newcomer(client)
    draft = begin(Client())
    drafting.hand_on("visitor:anonymous", actor=actor_for(user))
    say(client)
    assert [row.uuid for row in client.get(reverse("portal:own")).context["drafts"]] == [draft.uuid]


@pytest.mark.usefixtures("desk")
def test_what_was_said_fills_an_application_in(client: Client) -> None:
    newcomer(client)
    say(client)
    draft = begin(client)
    assert draft.answers["typed"]["personal_id"] == [ID]
    assert draft.answers["typed"]["address"] == ["Thôn Một"]


@pytest.mark.usefixtures("desk")
def test_an_officer_has_no_such_page(client: Client) -> None:
    client.force_login(make_user("Minh"))
    assert client.get(reverse("portal:person")).status_code == 409


@pytest.mark.usefixtures("desk")
def test_who_has_said_it_is_not_asked_again(client: Client) -> None:
    signed_in(client)
    assert client.post(reverse("portal:start", args=[MARRIAGE])).status_code == 302
    assert Draft.objects.exists()
