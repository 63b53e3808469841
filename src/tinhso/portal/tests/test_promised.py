"""When the result is due and how it comes is said alike on every page, from the beginning and during a pause."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from tinhso.accounts.models import User
from tinhso.dossiers import services
from tinhso.dossiers.forming import PAPER
from tinhso.dossiers.judging import answers_so_far
from tinhso.dossiers.models import Channel, Dossier, SeenAs
from tinhso.dossiers.pages.papers import papers_of
from tinhso.dossiers.pages.result_forms import HandOverForm
from tinhso.dossiers.services.intake import Application
from tinhso.dossiers.tests.factories import (
    AT,
    ID,
    MARRIAGE,
    answers,
    application,
    definition_of,
    stored_paper,
    submitted,
)
from tinhso.dossiers.tests.stages import ACTS, waiting
from tinhso.events.models import Event
from tinhso.notifications.models import Notification
from tinhso.notifications.services import notify
from tinhso.portal.tests.accounts import signed_in
from tinhso.ui.formatting import moment

if TYPE_CHECKING:
    from tinhso.dossiers.services.intake import Application
from tinhso.dossiers.tests.factories import Desk

ADDRESS = "Số 1, thôn Một"
SAID = {
    "post": ("gửi qua bưu chính tới địa chỉ bạn đã khai", "Qua bưu chính, tới địa chỉ bạn đã khai"),
    "online": ("bản điện tử, tải ở trang này", "Bản điện tử, tải ở trang tra cứu khi đã trả"),
    "counter": ("tại UBND xã Ba Gia.", "Tại UBND xã Ba Gia"),
}
TOLD = {
    "post": "gửi qua bưu chính tới địa chỉ bạn đã khai",
    "online": "bản điện tử, tải ở trang tra cứu",
    "counter": "Nhận kết quả tại UBND xã Ba Gia.",
}


def filed(desk: Desk, way: str, **actor: Any) -> Dossier:
    """A dossier whose applicant chose that way."""
    chosen: dict[str, Any] = {
        "hinh_thuc_nhan": way,
        "post_address": ADDRESS if way == "post" else None,
    }
    sent = application(MARRIAGE, agency=desk.commune, **chosen)
    return services.submit(sent, at=AT, **{"actor": signed_in(Client()), **actor})


def look_up(dossier: Dossier) -> str:
    client = Client()
    client.post(reverse("portal:look_up"), {"ma": dossier.number or dossier.reference, "so": ID})
    page = client.get(reverse("portal:dossier", args=[dossier.uuid])).content.decode()
    return page.replace("\xa0", " ")


def officers_page(desk: Desk, dossier: Dossier) -> str:
    client = Client()
    client.force_login(User.objects.get(pk=desk.specialist.user))
    return client.get(reverse("dossiers:dossier", args=[dossier.uuid])).content.decode()


@pytest.mark.parametrize("way", SAID)
@pytest.mark.slow
def test_the_way_chosen_is_told_from_the_beginning(desk: Desk, way: str) -> None:
    client = Client()
    dossier = filed(desk, way, actor=signed_in(client))
    promise, fact = SAID[way]
    assert fact in look_up(dossier), "also before it is received"
    assert fact in client.get(reverse("portal:own")).content.decode().replace("\xa0", " ")

    dossier = services.receive(dossier.uuid, actor=desk.clerk, at=AT)
    page = look_up(dossier)
    assert promise in " ".join(page.replace("</b>", "").split())
    others = [words for name, said in SAID.items() if name != way for words in said]
    assert not [words for words in others if words in page]

    notify(list(Event.objects.filter(subject=dossier.uuid)), at=AT)
    told = Notification.objects.get(rule="dossiers.received")
    assert TOLD[way] in told.body
    assert ADDRESS not in told.body
    form = HandOverForm(dossier=dossier, definition=definition_of(MARRIAGE), step=None, at=AT)
    assert form.fields["way"].initial == way


@pytest.mark.slow
def test_during_a_pause_no_page_keeps_the_old_day(desk: Desk) -> None:
    client = Client()
    dossier = submitted(desk, actor=signed_in(client))
    dossier = services.receive(dossier.uuid, actor=desk.clerk, at=AT)
    assert dossier.due_at is not None
    old = moment(dossier.due_at)
    head = officers_page(desk, dossier).partition("<main")[2][:3000]
    assert f"hẹn trả {old}" in head

    dossier = waiting(desk, dossier)
    for page in (
        client.get(reverse("portal:own")).content.decode(),
        officers_page(desk, dossier).partition("Diễn biến")[0],
    ):
        assert old not in page
        assert "tính lại sau khi bổ sung" in page


def test_a_suspension_is_told_alike(desk: Desk) -> None:
    act = ACTS["suspend"](desk)
    dossier = act.run()
    page = officers_page(desk, dossier)
    assert "hẹn trả tính lại khi hết tạm dừng" in page


@pytest.mark.slow
def test_what_stays_after_a_supplement_is_listed_once(desk: Desk) -> None:
    key = uuid4()
    kept: dict[str, Any] = {f"{PAPER}1": [stored_paper(dossier=key)]}
    sent = answers(dossier=key, **kept)
    filing = Application(
        procedure=MARRIAGE, channel=Channel.NATIONAL, answers=sent, key=key, agency=desk.commune.pk
    )
    dossier = services.submit(filing, actor=signed_in(Client()), at=AT)
    definition = definition_of(MARRIAGE)
    [(_name, paper)] = papers_of(dossier, definition)
    received = services.receive(
        dossier.uuid, actor=desk.clerk, at=AT, seen={paper.code: SeenAs.ELECTRONIC}
    )
    dossier = waiting(desk, received)
    before = answers_so_far(dossier, definition)
    services.supplement(
        dossier.uuid, actor=desk.clerk, answers=before, channel=Channel.COUNTER, at=AT
    )
    rows = papers_of(dossier, definition)
    assert dossier.papers.count() == 2
    assert len(rows) == 1
    assert rows[0][1].confirmation, "the row that was confirmed at receipt"
    assert answers_so_far(dossier, definition).attached == before.attached

    shown = officers_page(desk, dossier)
    declared = shown.partition("Nội dung khai")[2].partition("Giấy tờ</h2>")[0]
    assert rows[0][1].file.filename in declared
