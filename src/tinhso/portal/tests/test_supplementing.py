"""What was asked for is answered on the form as it was handed in."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from tinhso.accounts.models import User
from tinhso.dossiers import services
from tinhso.dossiers.asked import came_of, changed_of
from tinhso.dossiers.models import Dossier, Draft, State
from tinhso.dossiers.pages.papers import papers_of
from tinhso.dossiers.tests.factories import AT, ID, MARRIAGE, definition_of, received
from tinhso.files.tests.factories import PDF
from tinhso.portal.standing import standing_of
from tinhso.portal.tests.filing import STEPS

if TYPE_CHECKING:
    from django.http.response import HttpResponseBase

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


def opened(page: HttpResponseBase) -> list[str]:
    """The sections of what was handed in that stand open."""
    shown = page.getvalue().decode()
    return re.findall(r"<details class=\"more\" open><summary>([^<]*)</summary>", shown)


def test_it_is_answered(client: Client, desk: Desk) -> None:
    dossier = asked(desk)
    here = reverse("portal:supplement", args=[dossier.uuid])
    prove(client, dossier)
    page = client.get(here).content.decode()
    assert "Bản án ly hôn" in page
    assert "Vay vốn" in page

    answer = client.post(
        here,
        {**EVERYTHING, "muc_dich_khac": "Vay vốn ngân hàng", "asked_why_0": "Chưa từng kết hôn"},
    )

    assert answer.headers["Location"] == reverse("portal:dossier", args=[dossier.uuid])
    dossier.refresh_from_db()
    assert dossier.state == State.IN_PROCESS
    latest = dossier.submissions.latest("at")
    assert latest.answers["muc_dich_khac"] == "Vay vốn ngân hàng"
    assert latest.actor == "visitor:anonymous"
    assert not Draft.objects.exists()


def test_the_look_up_tells_what_was_asked_and_answered(client: Client, desk: Desk) -> None:
    dossier = asked(desk)
    labels = [step.label for step in standing_of(dossier, at=AT).steps]
    assert labels[:3] == ["Nộp hồ sơ", "Tiếp nhận hồ sơ", "Được yêu cầu bổ sung"]
    prove(client, dossier)
    client.post(
        reverse("portal:supplement", args=[dossier.uuid]),
        {**EVERYTHING, "asked_why_0": "Chưa từng kết hôn"},
    )
    dossier.refresh_from_db()
    shown = standing_of(dossier, at=AT)
    assert [step.label for step in shown.steps[:4]] == [*labels[:3], "Đã bổ sung"]
    assert [step.state for step in shown.steps[:5]] == ["done"] * 4 + ["now"]
    assert shown.position == len(labels[:3]) + 2


def test_a_wrong_answer_keeps_what_was_typed(client: Client, desk: Desk) -> None:
    dossier = asked(desk)
    here = reverse("portal:supplement", args=[dossier.uuid])
    prove(client, dossier)
    answer = client.post(here, {**EVERYTHING, "phone": "12", "noi_cu_tru": "Thôn Hai"})
    assert answer.status_code == 422
    assert "Thôn Hai" in client.get(here).content.decode()
    dossier.refresh_from_db()
    assert dossier.state == State.AWAITING_SUPPLEMENT


def test_the_section_that_was_changed_stands_open_when_the_page_comes_back(
    client: Client, desk: Desk
) -> None:
    dossier = asked(desk)
    here = reverse("portal:supplement", args=[dossier.uuid])
    prove(client, dossier)
    assert opened(client.get(here)) == []
    refused = client.post(here, {**EVERYTHING, "noi_cu_tru": "Thôn Hai"})
    assert refused.status_code == 422
    assert opened(refused) == opened(client.get(here)) == ["Người được xác nhận"]


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


@pytest.mark.slow
def test_each_item_asked_has_its_own_slot_and_the_officer_sees_what_came(
    client: Client, desk: Desk
) -> None:
    items = [
        "Giấy chứng minh nơi cư trú",
        "Giấy xác nhận tình trạng hôn nhân đã cấp trước đó",
        "Ảnh",
    ]
    dossier = services.request_supplement(
        received(desk).uuid, actor=desk.specialist, items=items, reason="Thiếu", at=AT
    )
    here = reverse("portal:supplement", args=[dossier.uuid])
    prove(client, dossier)
    page = client.get(here).content.decode()
    for number in range(3):
        assert f'name="paper_asked_{number}"' in page

    empty = client.post(here, EVERYTHING)
    assert empty.status_code == 422
    for item in items:
        assert f"Chưa có tệp “{item}”" in empty.content.decode()
    assert f"{items[0]} (không bắt buộc)" not in page
    dossier.refresh_from_db()
    assert dossier.state == State.AWAITING_SUPPLEMENT

    program = SimpleUploadedFile("x.exe", b"MZ", "application/pdf")
    refused = client.post(here, {**EVERYTHING, "paper_asked_0": program}).content.decode()
    assert "x.exe: " in refused
    assert f"Chưa có tệp “{items[0]}”" not in refused, "one mistake is told once"
    assert f"Chưa có tệp “{items[1]}”" in refused

    def upload(name: str) -> SimpleUploadedFile:
        return SimpleUploadedFile(name, PDF, "application/pdf")

    files = {"paper_asked_0": upload("cu-tru.pdf"), "paper_asked_1": upload("giay-cu.pdf")}
    other = {"muc_dich_khac": "Mở tài khoản", "asked_why_2": "Tôi không có ảnh"}
    answer = client.post(here, {**EVERYTHING, **files, **other})
    assert answer.status_code == 302, answer.content.decode()

    definition = definition_of(MARRIAGE)
    came = came_of(dossier, definition)
    assert [[paper.file.filename for paper in one.papers] for one in came] == [
        ["cu-tru.pdf"],
        ["giay-cu.pdf"],
        [],
    ]
    assert [one.why for one in came] == ["", "", "Tôi không có ảnh"]
    assert came[1].papers[0].code == "giay-cu", "a paper of the procedure is kept as that paper"
    assert dict(papers_of(dossier, definition))[items[0]].file.filename == "cu-tru.pdf"

    officer = Client()
    officer.force_login(User.objects.get(pk=desk.specialist.user))
    shown = officer.get(reverse("dossiers:dossier", args=[dossier.uuid])).content.decode()
    notice = shown.partition("Người nộp đã bổ sung")[2].partition("</ul>")[0]
    assert "không có tệp" in notice
    assert "Tôi không có ảnh" in notice
    changed = [one.after for one in changed_of(dossier, definition)]
    assert changed == ["Mở tài khoản"], "what came is told above"
    assert "<ins>Mở tài khoản</ins>" in shown, "who decides sees what is another than before"
