"""A half-typed supplement is its applicant's: nobody else opens it, nobody else writes over it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client
from django.urls import reverse

from tinhso.accounts.models import User
from tinhso.dossiers.models import Dossier, Draft, State
from tinhso.dossiers.tests.factories import officer
from tinhso.portal.tests.accounts import signed_in
from tinhso.portal.tests.test_supplementing import EVERYTHING, asked, prove

if TYPE_CHECKING:
    from tinhso.accounts.actors import OfficerActor
    from tinhso.dossiers.tests.factories import Desk

pytestmark = pytest.mark.usefixtures("demonstration")
TYPED = "Thôn Hai, chưa khai xong"
OVERWRITTEN = {**EVERYTHING, "noi_cu_tru": "Thôn Ba"}


@pytest.fixture
def half_typed(client: Client, desk: Desk) -> Dossier:
    """Asked for more; the applicant has typed something that is not right yet."""
    dossier = asked(desk)
    prove(client, dossier)
    typed = {**EVERYTHING, "phone": "12", "noi_cu_tru": TYPED}
    assert client.post(page_of(dossier), typed).status_code == 422
    return dossier


def page_of(dossier: Dossier) -> str:
    return reverse("portal:supplement", args=[dossier.uuid])


def stored(dossier: Dossier) -> tuple[Any, Any, str, int]:
    """Everything that an intruder could have changed."""
    draft = Draft.objects.get(uuid=dossier.uuid)
    dossier = Dossier.objects.get(pk=dossier.pk)
    return draft.answers, draft.saved_at, dossier.state, dossier.submissions.count()


def of_officer(actor: OfficerActor) -> Client:
    client = Client()
    client.force_login(User.objects.get(pk=actor.user))
    return client


def test_a_stranger_neither_opens_nor_changes_it(half_typed: Dossier) -> None:
    before = stored(half_typed)
    visitor, citizen = Client(), Client()
    signed_in(citizen, "Hùng", personal_id="000090000002")
    for stranger in (visitor, citizen):
        for answer in (
            stranger.get(page_of(half_typed)),
            stranger.post(page_of(half_typed), OVERWRITTEN),
        ):
            assert answer.headers["Location"] == reverse("portal:look_up")
    assert stored(half_typed) == before


@pytest.mark.slow
def test_nobody_reaches_it_as_an_application(half_typed: Dossier, desk: Desk) -> None:
    before = stored(half_typed)
    step = reverse("portal:step", args=[half_typed.uuid, "nguoi-nop"])
    check = reverse("portal:check", args=[half_typed.uuid])
    for client in (Client(), of_officer(desk.specialist)):
        for address in (step, check):
            assert client.get(address).status_code == 404
            assert client.post(address, {**OVERWRITTEN, "cam_doan": "1"}).status_code == 404
    assert stored(half_typed) == before


def test_an_officer_who_only_reads_neither_opens_nor_changes_it(
    half_typed: Dossier, desk: Desk
) -> None:
    before = stored(half_typed)
    for actor in (desk.specialist, officer("Sơn", "specialist", desk.commune)):
        client = of_officer(actor)
        shown = client.get(page_of(half_typed))
        assert shown.status_code == 403
        assert TYPED not in shown.text
        assert client.post(page_of(half_typed), OVERWRITTEN).status_code == 403
    assert stored(half_typed) == before


def test_an_officer_who_only_reads_does_not_begin_one(client: Client, desk: Desk) -> None:
    del client
    dossier = asked(desk)
    assert of_officer(desk.specialist).get(page_of(dossier)).status_code == 403
    assert not Draft.objects.exists()
    dossier.refresh_from_db()
    assert dossier.state == State.AWAITING_SUPPLEMENT


def test_the_applicant_finds_what_was_typed(client: Client, half_typed: Dossier) -> None:
    assert TYPED in client.get(page_of(half_typed)).text
