"""A form that is sent again, because its answer was lost, does nothing twice."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest
from django.db import connections

from tinhso.calendars import clock
from tinhso.dossiers import services
from tinhso.dossiers.models import Dossier, Draft, Submission
from tinhso.dossiers.tests.factories import make_desk, received
from tinhso.dossiers.tests.pages.test_counter import address, typed
from tinhso.dossiers.tests.pages.test_officer_pages import signed_in
from tinhso.events.models import Event

if TYPE_CHECKING:
    from django.test import Client

    from tinhso.dossiers.tests.factories import Desk

KEPT = {"X-Kept": "1"}


@pytest.mark.slow
def test_sent_again_it_leads_to_what_the_first_sending_made(desk: Desk) -> None:
    here, client = address(), signed_in(desk, "clerk")
    first = client.post(here, typed())
    events = Event.objects.count()
    again = client.post(here, typed(full_name="Lan Khác"))
    assert (again.status_code, again["Location"]) == (302, first["Location"])
    assert Dossier.objects.count() == Submission.objects.count() == 1
    assert Event.objects.count() == events
    assert "ở lần gửi trước" in client.get(again["Location"]).content.decode()


def test_kept_first_and_received_with_the_second_sending_it_is_still_one(desk: Desk) -> None:
    here, client = address(), signed_in(desk, "clerk")
    client.post(here, typed(then="keep"))
    assert client.post(here, typed()).status_code == 302
    assert Dossier.objects.get().received_at is None, "the second sending only leads there"


def test_a_script_is_told_where_it_has_led(desk: Desk) -> None:
    answer = signed_in(desk, "clerk").post(address(), typed(), headers=KEPT)
    assert (answer.status_code, answer.content) == (204, b"")
    assert answer["X-Went"] == f"/ho-so/{Dossier.objects.get().uuid}/"


def test_a_page_says_that_the_draft_holds_what_was_typed(desk: Desk) -> None:
    answer = signed_in(desk, "clerk").post(address(), typed(full_name=""), headers=KEPT)
    assert (answer.status_code, answer["X-Kept"]) == (422, "1")
    assert Draft.objects.count() == 1
    assert not Dossier.objects.exists()


@pytest.mark.slow
@pytest.mark.parametrize("then", ["receive", "keep", "card"])
def test_an_officer_elsewhere_learns_nothing_of_a_key(desk: Desk, then: str) -> None:
    """Of a dossier as of a draft of others: the same answer, on looking and on sending."""
    here = address()
    signed_in(desk, "clerk").post(here, typed(then=then))
    elsewhere = signed_in(desk, "province_clerk")
    for answer in elsewhere.get(here), elsewhere.post(here, typed()):
        assert answer.status_code == 404
        said = answer.content.decode()
        assert "Không tìm thấy bản nháp" in said
        assert "đã được nộp" not in said
    assert Dossier.objects.count() == (0 if then == "card" else 1)
    assert Submission.objects.count() == Dossier.objects.count()


@pytest.mark.slow
def test_a_supplement_sent_again_is_one_supplement(desk: Desk) -> None:
    dossier = received(desk, at=clock.now())
    services.request_supplement(
        dossier.uuid,
        actor=desk.specialist,
        items=["Bản sao"],
        reason="Thiếu",
        at=clock.now(),
    )
    asked = dossier.supplementrequests.get()
    client, here = signed_in(desk, "clerk"), f"/ho-so/{dossier.uuid}/nhan-bo-sung/?kenh=counter"
    filled = typed(asked=str(asked.pk), then="supplement", asked_why_0="Đã sửa tên")
    first = client.post(here, filled)
    assert first.status_code == 302, first.content.decode()
    again = client.post(here, filled)
    assert (again.status_code, again["Location"]) == (302, first["Location"])
    assert Submission.objects.filter(answered_request=asked).count() == 1
    assert client.post(here, typed(asked="x", then="supplement")).status_code == 409


@pytest.mark.parametrize("then", ["rece", ""])
def test_a_post_that_was_cut_short_is_kept_and_not_judged(desk: Desk, then: str) -> None:
    answer = signed_in(desk, "clerk").post(address(), typed(then=then))
    assert answer.status_code == 200
    assert not Dossier.objects.exists()
    assert Draft.objects.get().answers["typed"]["full_name"] == ["Lan Một"]


@pytest.mark.django_db(transaction=True)
@pytest.mark.slow
def test_sent_four_times_at_once_it_is_one_dossier() -> None:
    house = make_desk()
    here = address()
    clients = [signed_in(house, "clerk") for _ in range(4)]

    def press(client: Client) -> int:
        try:
            return client.post(here, typed()).status_code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(press, clients)) == [302] * 4
    assert Dossier.objects.count() == Submission.objects.count() == 1
