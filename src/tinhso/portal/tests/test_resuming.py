"""A visitor's draft is opened by the session that began it, by its code, or by an officer who helps with consent."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import pytest
from django.test import Client
from django.urls import reverse

from tinhso.accounts.models import User
from tinhso.dossiers.models import Draft
from tinhso.dossiers.tests.factories import MARRIAGE
from tinhso.events.models import Event
from tinhso.portal.tests.accounts import signed_in
from tinhso.portal.tests.filing import begin, fill_in

if TYPE_CHECKING:
    from tinhso.accounts.actors import OfficerActor
    from tinhso.dossiers.tests.factories import Desk

pytestmark = pytest.mark.usefixtures("demonstration")
RESUME = "/nop-ho-so/tiep-tuc/"
HELP = "/ho-so/tiep-nhan/ban-nhap/"


def client_of(officer: OfficerActor) -> Client:
    client = Client()
    client.force_login(User.objects.get(pk=officer.user))
    return client


def pages_of(draft: Draft) -> list[str]:
    names = ("application", "check", "kept", "discard")
    step = reverse("portal:step", args=[draft.uuid, "nguoi-nop"])
    return [*(reverse(f"portal:{name}", args=[draft.uuid]) for name in names), step]


@pytest.mark.slow
def test_its_key_alone_opens_it_to_nobody(
    client: Client, desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    draft = fill_in(client, desk)
    citizen = Client()
    signed_in(citizen, "Hùng", personal_id="000090000002")
    known = Event.objects.count()
    caplog.set_level(logging.DEBUG)
    caplog.clear()
    for other in (Client(), citizen, client_of(desk.clerk), client_of(desk.head)):
        for page in pages_of(draft):
            answer = other.get(page)
            assert answer.status_code == 404, page
            assert "Lan Một" not in answer.content.decode()
        step = reverse("portal:step", args=[draft.uuid, "nguoi-nop"])
        assert other.post(step, {"full_name": "Khác", "then": "later"}).status_code == 404
        counter = reverse("dossiers:counter_form", args=[MARRIAGE])
        shown = other.get(counter, {"nhap": str(draft.uuid)})
        assert shown.status_code in (302, 403, 404)
        assert "Lan Một" not in shown.content.decode()
    written = " ".join(record.getMessage() for record in caplog.records)
    assert all(word not in written for word in ("Lan Một", "Khác", "0000000001", "Thôn Một"))
    assert not Event.objects.filter(subject=draft.uuid).exists()
    assert Event.objects.count() - known <= 1, "the sign-ins alone"
    draft.refresh_from_db()
    assert draft.answers["typed"]["full_name"] == ["Lan Một"]


def test_its_code_opens_it_elsewhere(client: Client, desk: Desk) -> None:
    draft = fill_in(client, desk)
    code = client.get(reverse("portal:kept", args=[draft.uuid])).context["code"]
    other = Client()
    answer = other.post(RESUME, {"ma": code.lower()})
    assert answer.headers["Location"] == reverse("portal:application", args=[draft.uuid])
    assert "Lan Một" in other.get(pages_of(draft)[-1]).content.decode()


def test_a_wrong_code_opens_nothing_and_is_not_guessed_for_ever(client: Client, desk: Desk) -> None:
    del desk
    begin(Client())
    for _time in range(5):
        assert client.post(RESUME, {"ma": "ABCDE-12345"}).status_code == 422
    assert client.post(RESUME, {"ma": "ABCDE-12345"}).status_code == 429
    assert client.get(RESUME).status_code == 200


def test_who_signs_in_goes_on_with_what_they_began(client: Client, desk: Desk) -> None:
    draft = fill_in(client, desk)
    signed_in(client)
    assert client.get(reverse("portal:check", args=[draft.uuid])).status_code == 200


@pytest.mark.slow
def test_an_officer_helps_at_the_counter_with_consent(client: Client, desk: Desk) -> None:
    draft = fill_in(client, desk)
    clerk = client_of(desk.clerk)
    assert clerk.get(RESUME).headers["Location"] == HELP
    code = Draft.objects.values_list("code", flat=True).get()
    assert clerk.post(HELP, {"ma": code}).status_code == 422
    assert clerk.post(HELP, {"ma": "ABCDE-12345", "dong-y": "1"}).status_code == 422
    assert not Event.objects.filter(kind="dossiers.draft_opened").exists()
    answer = clerk.post(HELP, {"ma": code, "dong-y": "1"})
    assert f"nhap={draft.uuid}&kenh=helper" in answer.headers["Location"]
    assert "Lan Một" in clerk.get(answer.headers["Location"]).content.decode()
    assert client_of(desk.specialist).get(HELP).status_code == 403
