"""What was asked for is answered on the form as it was handed in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.urls import reverse

from tinhso.dossiers import services
from tinhso.dossiers.models import Dossier, Draft, State
from tinhso.dossiers.tests.factories import AT, ID, received
from tinhso.portal.tests.filing import STEPS

if TYPE_CHECKING:
    from django.test import Client

    from tinhso.dossiers.tests.factories import Desk

pytestmark = pytest.mark.usefixtures("demonstration")
EVERYTHING = {name: text for answers in STEPS.values() for name, text in answers.items()}


def asked(desk: Desk) -> Dossier:
    """A dossier whose applicant was asked for more."""
    return services.request_supplement(
        received(desk).uuid, actor=desk.specialist, items=["Bản án ly hôn"], reason="Thiếu", at=AT
    )


def prove(client: Client, dossier: Dossier) -> None:
    client.post(reverse("portal:look_up"), {"ma": dossier.number, "so": ID})


def test_it_is_answered(client: Client, desk: Desk) -> None:
    dossier = asked(desk)
    here = reverse("portal:supplement", args=[dossier.uuid])
    prove(client, dossier)
    page = client.get(here).content.decode()
    assert "Bản án ly hôn" in page
    assert "Vay vốn" in page

    answer = client.post(here, {**EVERYTHING, "muc_dich_khac": "Vay vốn ngân hàng"})

    assert answer.headers["Location"] == reverse("portal:dossier", args=[dossier.uuid])
    dossier.refresh_from_db()
    assert dossier.state == State.IN_PROCESS
    latest = dossier.submissions.latest("at")
    assert latest.answers["muc_dich_khac"] == "Vay vốn ngân hàng"
    assert latest.actor == "visitor:anonymous"
    assert not Draft.objects.exists()


def test_a_wrong_answer_keeps_what_was_typed(client: Client, desk: Desk) -> None:
    dossier = asked(desk)
    here = reverse("portal:supplement", args=[dossier.uuid])
    prove(client, dossier)
    answer = client.post(here, {**EVERYTHING, "phone": "12", "noi_cu_tru": "Thôn Hai"})
    assert answer.status_code == 422
    assert "Thôn Hai" in client.get(here).content.decode()
    dossier.refresh_from_db()
    assert dossier.state == State.AWAITING_SUPPLEMENT


def test_it_is_closed_to_whoever_has_not_proved_the_pair(client: Client, desk: Desk) -> None:
    dossier = asked(desk)
    here = reverse("portal:supplement", args=[dossier.uuid])
    for answer in (client.get(here), client.post(here, EVERYTHING)):
        assert answer.headers["Location"] == reverse("portal:look_up")
    assert not Draft.objects.exists()

    prove(client, dossier)
    client.get(here)
    client.cookies.clear()
    stolen = reverse("portal:step", args=[dossier.uuid, "nguoi-nop"])
    assert client.get(stolen).status_code == 404


def test_nothing_can_be_added_when_nothing_was_asked(client: Client, desk: Desk) -> None:
    dossier = received(desk)
    prove(client, dossier)
    assert client.get(reverse("portal:supplement", args=[dossier.uuid])).status_code == 409
    assert not Draft.objects.exists()
