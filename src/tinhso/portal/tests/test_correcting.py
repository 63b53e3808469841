"""Before receipt the desk guides, and the applicant hands in again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.urls import reverse

from tinhso.dossiers import services
from tinhso.dossiers.models import Dossier, Draft, State
from tinhso.dossiers.tests.factories import AT, ID, submitted
from tinhso.dossiers.tests.stages import HOUR, waiting
from tinhso.portal.tests.test_supplementing import EVERYTHING

if TYPE_CHECKING:
    from django.test import Client

    from tinhso.dossiers.tests.factories import Desk

pytestmark = pytest.mark.usefixtures("demonstration")


def guided(desk: Desk, client: Client) -> Dossier:
    """A dossier whose applicant was guided, and has proved it to be theirs."""
    dossier = submitted(desk)
    client.post(reverse("portal:look_up"), {"ma": dossier.reference, "so": ID})
    return services.guide(dossier.uuid, actor=desk.clerk, content="Ghi rõ thôn", at=AT + HOUR)


@pytest.mark.slow
def test_the_guidance_is_read_and_followed(client: Client, desk: Desk) -> None:
    dossier = guided(desk, client)
    shown = client.get(reverse("portal:dossier", args=[dossier.uuid])).content.decode()
    assert "Ghi rõ thôn" in shown
    here = reverse("portal:correct", args=[dossier.uuid])
    assert "Ghi rõ thôn" in client.get(here).content.decode()

    answer = client.post(here, {**EVERYTHING, "noi_cu_tru": "Thôn Hai"})

    assert answer.headers["Location"] == reverse("portal:dossier", args=[dossier.uuid])
    dossier.refresh_from_db()
    assert dossier.state == State.SUBMITTED
    assert dossier.submissions.latest("at").answers["noi_cu_tru"] == "Thôn Hai"
    assert not Draft.objects.exists()
    assert client.get(here).status_code == 409


@pytest.mark.slow
def test_what_was_begun_as_a_correction_is_not_in_a_supplement(client: Client, desk: Desk) -> None:
    dossier = guided(desk, client)
    here = reverse("portal:correct", args=[dossier.uuid])
    client.post(here, {**EVERYTHING, "noi_cu_tru": "Thôn Hai", "full_name": ""})
    assert Draft.objects.get().answers["typed"]["noi_cu_tru"] == ["Thôn Hai"]
    waiting(desk, dossier, actor=desk.clerk, at=AT + 2 * HOUR)
    there = reverse("portal:supplement", args=[dossier.uuid])
    assert "Thôn Hai" not in client.get(there).content.decode()
    assert Draft.objects.get().owner == f"correction:{dossier.uuid}"
    client.post(there, {**EVERYTHING, "full_name": ""})
    assert Draft.objects.get().owner == f"supplement:{dossier.uuid}"


def test_a_wrong_answer_keeps_what_was_typed(client: Client, desk: Desk) -> None:
    dossier = guided(desk, client)
    here = reverse("portal:correct", args=[dossier.uuid])
    answer = client.post(here, {**EVERYTHING, "phone": "12", "noi_cu_tru": "Thôn Hai"})
    assert answer.status_code == 422
    assert "Thôn Hai" in answer.content.decode()
    assert dossier.submissions.count() == 1


def test_nothing_is_corrected_without_guidance(client: Client, desk: Desk) -> None:
    dossier = submitted(desk)
    client.post(reverse("portal:look_up"), {"ma": dossier.reference, "so": ID})
    here = reverse("portal:correct", args=[dossier.uuid])
    assert client.post(here, EVERYTHING).status_code == 409
    assert dossier.submissions.count() == 1
    assert not Draft.objects.exists()
