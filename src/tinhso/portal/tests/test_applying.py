"""An application from the procedure's page to its confirmation."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.urls import reverse

from tinhso.dossiers.models import Channel, Dossier
from tinhso.portal.tests.filing import fill_in

if TYPE_CHECKING:
    from django.test import Client

    from tinhso.dossiers.tests.factories import Desk

pytestmark = pytest.mark.usefixtures("demonstration")


def test_an_application_is_filed(client: Client, desk: Desk) -> None:
    draft = fill_in(client, desk)
    check = reverse("portal:check", args=[draft.uuid])
    assert "Vay vốn" in client.get(check).content.decode()

    answer = client.post(check, {"cam_doan": "1"})

    confirmation = reverse("portal:submitted", args=[draft.uuid])
    assert (answer.status_code, answer.headers["Location"]) == (302, confirmation)
    dossier = Dossier.objects.get(uuid=draft.uuid)
    assert dossier.channel == Channel.NATIONAL
    assert dossier.receiving_agency_id == desk.commune.pk
    page = client.get(confirmation).content.decode()
    assert dossier.reference
    assert f"{dossier.reference[:5]}-{dossier.reference[5:]}" in page
    assert f"/tra-cuu/?ma={dossier.reference}" in page
    assert "Nguyễn" not in page
