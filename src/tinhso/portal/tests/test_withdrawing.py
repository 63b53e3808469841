"""One's own dossier is taken back by its applicant, and by nobody else."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.urls import reverse

from tinhso.dossiers.models import Dossier, State, Withdrawal
from tinhso.dossiers.tests.factories import received
from tinhso.dossiers.tests.stages import until
from tinhso.portal.tests.test_supplementing import prove

if TYPE_CHECKING:
    from django.test import Client

    from tinhso.dossiers.tests.factories import Desk

pytestmark = pytest.mark.usefixtures("demonstration")


def address(dossier: Dossier) -> str:
    return reverse("portal:withdraw", args=[dossier.uuid])


def test_whoever_proved_the_pair_takes_it_back(client: Client, desk: Desk) -> None:
    dossier = received(desk)
    prove(client, dossier)
    standing = client.get(reverse("portal:dossier", args=[dossier.uuid])).content.decode()
    assert address(dossier) in standing
    assert client.get(address(dossier)).status_code == 200

    answer = client.post(address(dossier), {"ly-do": "Đổi ý"}, follow=True)

    assert "Đổi ý" in answer.content.decode()
    dossier.refresh_from_db()
    assert dossier.state == State.WITHDRAWN
    assert Withdrawal.objects.get().actor == "visitor:anonymous"


def test_nobody_else_even_sees_the_page(client: Client, desk: Desk) -> None:
    dossier = received(desk)
    for answer in (client.get(address(dossier)), client.post(address(dossier))):
        assert answer.headers["Location"] == reverse("portal:look_up")
    assert not Withdrawal.objects.exists()


@pytest.mark.slow
def test_what_is_decided_is_not_taken_back(client: Client, desk: Desk) -> None:
    dossier = until(desk, "ket_qua")
    prove(client, dossier)
    standing = client.get(reverse("portal:dossier", args=[dossier.uuid])).content.decode()
    assert address(dossier) not in standing
    answer = client.post(address(dossier), {"ly-do": "Đổi ý rồi"})
    assert answer.status_code == 409
    assert "Đổi ý rồi" in answer.content.decode()
    assert not Withdrawal.objects.exists()
