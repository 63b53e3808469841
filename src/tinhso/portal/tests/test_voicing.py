"""The applicant rates and complains; the agency answers, and its head sees the mean."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from django.urls import reverse

from tinhso.dossiers import services
from tinhso.dossiers.errors import ComplaintPending, RatedBefore, ScoreUnknown
from tinhso.dossiers.models import Complaint, Rating, WorkItem
from tinhso.dossiers.tests.factories import AT, received, step
from tinhso.dossiers.tests.pages.test_officer_pages import signed_in
from tinhso.dossiers.tests.stages import ACTS, DAY, DOCUMENT, concluded, refused
from tinhso.portal.tests.test_supplementing import prove

if TYPE_CHECKING:
    from django.test import Client

    from tinhso.dossiers.tests.factories import Desk

pytestmark = pytest.mark.usefixtures("demonstration")


@pytest.mark.slow
def test_it_is_rated_once_and_the_head_sees_the_mean(client: Client, desk: Desk) -> None:
    dossier = concluded(desk)
    prove(client, dossier)
    here = reverse("portal:voice", args=[dossier.uuid])
    assert client.post(here, {"loai": "danh-gia", "muc": "9"}).status_code == 422
    assert (
        client.post(here, {"loai": "danh-gia", "muc": "4", "noi-dung": "Nhanh"}).status_code == 302
    )
    assert client.post(here, {"loai": "danh-gia", "muc": "1"}).status_code == 409
    assert Rating.objects.get().score == 4
    page = signed_in(desk, "head").get(reverse("dossiers:ratings")).content.decode()
    assert "4,0" in page
    assert "Nhanh" in page
    assert signed_in(desk, "specialist").get(reverse("dossiers:ratings")).status_code == 403


def test_no_score_is_chosen_beforehand_and_the_texts_stay_apart(client: Client, desk: Desk) -> None:
    dossier = concluded(desk)
    prove(client, dossier)
    here = reverse("portal:voice", args=[dossier.uuid])
    page = client.get(here).content.decode()
    assert page.count('type="radio"') == 5
    assert " checked" not in page
    again = client.post(here, {"loai": "danh-gia", "noi-dung": "Nhanh"}).content.decode()
    assert re.search(r'id="loi"[^>]*>Nhanh</textarea>', again)
    assert re.search(r'id="noi-dung"[^>]*></textarea>', again)
    assert not Rating.objects.exists()


def test_a_complaint_is_answered_in_its_own_time(client: Client, desk: Desk) -> None:
    dossier = received(desk)
    prove(client, dossier)
    here = reverse("portal:voice", args=[dossier.uuid])
    assert client.post(here, {"loai": "khieu-nai", "noi-dung": " "}).status_code == 422
    assert client.post(here, {"loai": "khieu-nai", "noi-dung": "Chậm quá"}).status_code == 302
    assert client.post(here, {"loai": "khieu-nai", "noi-dung": "Nữa"}).status_code == 409
    item = WorkItem.objects.get(node="complaint")
    assert item.due_at == Complaint.objects.get().due_at != dossier.due_at
    services.answer_complaint(
        dossier.uuid,
        step(dossier, "complaint"),
        actor=desk.leader,
        is_right=True,
        content="Xin lỗi bạn",
        at=Complaint.objects.get().at + DAY,
    )
    shown = client.get(reverse("portal:dossier", args=[dossier.uuid])).content.decode()
    assert "Xin lỗi bạn" in shown


@pytest.mark.slow
def test_refusals_have_names(desk: Desk) -> None:
    act = ACTS["rate"](desk)
    with refused(ScoreUnknown):
        act.run(score=6)
    act.run()
    with refused(RatedBefore):
        act.run()
    complaint = ACTS["complain"](desk)
    complaint.run(at=AT)
    with refused(ComplaintPending):
        complaint.run(at=AT)


def test_a_stranger_says_nothing(client: Client, desk: Desk) -> None:
    here = reverse("portal:voice", args=[concluded(desk).uuid])
    for answer in (client.get(here), client.post(here, {"loai": "danh-gia", "muc": "1"})):
        assert answer.headers["Location"] == reverse("portal:look_up")
    assert not Rating.objects.exists()


@pytest.mark.slow
def test_what_is_handed_over_again_is_rated_again(client: Client, desk: Desk) -> None:
    act = ACTS["rate"](desk)
    act.run()
    dossier = ACTS["reopen"](desk).run(dossier=act.dossier, at=AT + DAY)
    prove(client, dossier)
    page = client.get(reverse("portal:dossier", args=[dossier.uuid]))
    assert reverse("portal:withdraw", args=[dossier.uuid]) in page.content.decode()
    at, key = AT + 2 * DAY, dossier.uuid
    services.forward(key, step(dossier, "tham_dinh"), actor=desk.specialist, outcome="agree", at=at)
    services.decide(key, step(dossier, "ky_duyet"), actor=desk.leader, approves=True, at=at)
    services.attach_result(key, step(dossier, "ket_qua"), DOCUMENT, actor=desk.specialist, at=at)
    services.hand_over(key, step(dossier, "tra_ket_qua"), actor=desk.clerk, way="counter", at=at)
    act.run(at=at)
    assert Rating.objects.count() == 2
    with refused(RatedBefore):
        act.run(at=at)


def test_the_page_opens_while_a_complaint_waits(client: Client, desk: Desk) -> None:
    dossier = ACTS["complain"](desk).run()
    prove(client, dossier)
    assert client.get(reverse("portal:dossier", args=[dossier.uuid])).status_code == 200
