"""What it costs and where the result goes are said before anything is handed in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.urls import reverse

from tinhso.dossiers import services
from tinhso.dossiers.models import Dossier
from tinhso.dossiers.pages.dossier import sent_where
from tinhso.dossiers.printing.papers import FORMS
from tinhso.dossiers.tests.factories import AT
from tinhso.portal.tests.filing import STEPS, begin, fill_in

if TYPE_CHECKING:
    from django.test import Client

    from tinhso.dossiers.tests.factories import Desk

pytestmark = pytest.mark.usefixtures("demonstration")
POST = {"muc_dich": "khac", "muc_dich_khac": "Vay vốn", "hinh_thuc_nhan": "post"}
ADDRESS = "Thôn Hai, xã Ba Gia"


def test_the_fee_is_shown_before_it_is_handed_in(client: Client, desk: Desk) -> None:
    draft = fill_in(client, desk)
    page = client.get(reverse("portal:check", args=[draft.uuid])).content.decode()
    assert "Lệ phí cấp giấy xác nhận tình trạng hôn nhân" in page
    assert "Tổng cộng" in page
    assert "Chưa xác định" not in page


def test_the_confirmation_tells_what_is_owed_and_how_to_pay(client: Client, desk: Desk) -> None:
    draft = fill_in(client, desk)
    page = reverse("portal:check", args=[draft.uuid])
    told = client.post(page, {"cam_doan": "on"}, follow=True)
    assert "hôn nhân: Không phải nộp" in told.content.decode()
    Dossier.objects.update(channel="counter")
    owed = client.get(told.request["PATH_INFO"]).content.decode()
    assert "15.000 đồng" in owed
    assert "Cách nộp: tiền mặt hoặc chuyển khoản" in owed


def test_while_answers_are_missing_it_is_not_told_and_the_page_says_why(
    client: Client, desk: Desk
) -> None:
    del desk
    draft = begin(client)
    page = client.get(reverse("portal:check", args=[draft.uuid])).content.decode()
    assert "Chưa xác định" in page
    assert "còn câu hỏi chưa trả lời" in page
    assert "Tổng cộng" not in page


def test_by_post_asks_for_an_address(client: Client, desk: Desk) -> None:
    draft = fill_in(client, desk)
    step = reverse("portal:step", args=[draft.uuid, "muc-dich"])

    refused = client.post(step, POST)
    assert refused.status_code == 422
    assert "post_address" in refused.content.decode()
    assert client.post(step, STEPS["muc-dich"]).status_code == 302, "at the counter it is not asked"


@pytest.mark.slow
def test_the_address_is_seen_at_the_desk_and_printed(client: Client, desk: Desk) -> None:
    draft = fill_in(client, desk)
    step = reverse("portal:step", args=[draft.uuid, "muc-dich"])
    assert client.post(step, {**POST, "post_address": ADDRESS}).status_code == 302
    client.post(reverse("portal:check", args=[draft.uuid]), {"cam_doan": "on"})
    dossier = Dossier.objects.get()
    dossier = services.receive(dossier.uuid, actor=desk.clerk, at=AT)

    assert [words for _label, words in sent_where(dossier)] == [ADDRESS]
    printed = FORMS["giay-tiep-nhan"].words(dossier, dossier.receipts.get())
    assert ["Trả qua bưu chính tới", ADDRESS] in printed["more"]
