"""One's own page: one's own dossiers and drafts, and nobody else's."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.test import Client
from django.urls import reverse

from tinhso.dossiers.models import Draft
from tinhso.dossiers.tests.factories import submitted
from tinhso.portal.tests.accounts import signed_in
from tinhso.portal.tests.filing import begin

if TYPE_CHECKING:
    from tinhso.dossiers.tests.factories import Desk

pytestmark = pytest.mark.usefixtures("demonstration")
OWN = "portal:own"


def test_it_shows_nobody_else_s(desk: Desk) -> None:
    one, another = Client(), Client()
    lan = signed_in(one)
    signed_in(another, "Hùng", personal_id="000090000002")
    dossier, of_a_visitor = submitted(desk, actor=lan), submitted(desk)
    draft = begin(one)
    begin(Client())

    mine = one.get(reverse(OWN)).context
    assert [row.uuid for row in mine["page"]] == [dossier.uuid]
    assert [row.uuid for row in mine["drafts"]] == [draft.uuid]
    theirs = another.get(reverse(OWN)).context
    assert not theirs["page"].paginator.count
    assert not theirs["drafts"]
    assert of_a_visitor.applicant_id != lan.party


def test_another_s_draft_is_not_found(desk: Desk) -> None:
    del desk
    one, another = Client(), Client()
    signed_in(one)
    signed_in(another, "Hùng", personal_id="000090000002")
    draft = begin(one)
    before = draft.answers
    step = reverse("portal:step", args=[draft.uuid, "nguoi-nop"])
    for stranger in (another, Client()):
        assert stranger.get(step).status_code == 404
        assert stranger.post(step, {"full_name": "Nguyễn Tú"}).status_code == 404
    draft.refresh_from_db()
    assert draft.answers == before


@pytest.mark.usefixtures("desk")
def test_a_visitor_is_asked_to_sign_in(client: Client) -> None:
    begin(client)
    answer = client.get(reverse(OWN))
    assert answer.status_code == 302
    assert reverse("account_login") in answer.headers["Location"]


@pytest.mark.usefixtures("desk")
def test_a_draft_is_deleted_after_asking(client: Client) -> None:
    signed_in(client)
    draft = begin(client)
    asked = client.get(reverse("portal:discard", args=[draft.uuid]))
    assert "không lấy lại được" in asked.content.decode()
    assert Draft.objects.exists()
    assert Client().post(reverse("portal:discard", args=[draft.uuid])).status_code == 404
    assert Draft.objects.exists()
    gone = client.post(reverse("portal:discard", args=[draft.uuid]))
    assert gone.headers["Location"] == reverse("portal:own")
    assert not Draft.objects.exists()
