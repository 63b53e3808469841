"""The page of the exchange: what waits and why, for operators alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import make_pack_role
from tinhso.accounts.models import User
from tinhso.accounts.tests.factories import give_second_factor, make_grant, make_user
from tinhso.dossiers.models.national import NationalMessage
from tinhso.dossiers.tests.factories import AT, ID, received
from tinhso.dossiers.tests.national.playing import tell

if TYPE_CHECKING:
    from tinhso.dossiers.tests.factories import Desk

PAGE = "/ho-so/dong-bo/"


@pytest.fixture
def operator(desk: Desk) -> Client:
    del desk
    user = make_user("Vân")
    make_grant(user, make_pack_role("operator"), None)
    give_second_factor(user)
    client = Client()
    client.force_login(user)
    return client


def test_the_operator_sees_what_waits_and_tries_it_anew(desk: Desk, operator: Client) -> None:
    dossier = received(desk)
    tell(dossier)
    assert str(dossier.number) in operator.get(PAGE).content.decode()
    NationalMessage.objects.filter(state=1).update(refused_at=AT, reason="mã lỗi -3: Thiếu ChuHoSo")
    refused = operator.get(f"{PAGE}?xem=tu-choi").content.decode()
    assert "Thiếu ChuHoSo" in refused
    assert ID not in refused
    message = NationalMessage.objects.refused().get()
    operator.post(reverse("dossiers:national_retry"), {"tin": message.pk})
    assert not NationalMessage.objects.refused().exists()


def test_what_was_sent_is_shown_too(desk: Desk, operator: Client) -> None:
    tell(received(desk))
    NationalMessage.objects.update(sent_at=AT)
    assert "Đã gửi" in operator.get(f"{PAGE}?xem=da-gui").content.decode()
    assert "Không có tin nào" in operator.get(PAGE).content.decode()


@pytest.mark.parametrize("typed", ["rác", "-1", "999999999"])
def test_a_message_that_is_none_is_refused(operator: Client, typed: str) -> None:
    assert operator.post(reverse("dossiers:national_retry"), {"tin": typed}).status_code == 404


def test_other_officers_are_refused(desk: Desk) -> None:
    tell(received(desk))
    client = Client()
    client.force_login(User.objects.get(pk=desk.clerk.user))
    assert client.get(PAGE).status_code == 403
    assert client.post(reverse("dossiers:national_retry")).status_code == 403
    assert NationalMessage.objects.filter(tries=0, refused_at=None).count() == 3
