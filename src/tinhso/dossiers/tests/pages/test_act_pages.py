"""Each act as a page: it opens, it acts, and a refusal keeps what was typed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tinhso.agencies.models import AgencyKind, Competence
from tinhso.agencies.tests.factories import make_agency
from tinhso.calendars import clock
from tinhso.calendars.clock import day_of
from tinhso.dossiers import services
from tinhso.dossiers.models import Dossier, Result
from tinhso.dossiers.tests.factories import AT, officer, received, step
from tinhso.dossiers.tests.pages.test_officer_pages import page_of, signed_in
from tinhso.dossiers.tests.stages import ACTS, WHY, rejected, waiting
from tinhso.events.models import Event
from tinhso.files.tests.factories import PDF
from tinhso.ui.fields import as_written

if TYPE_CHECKING:
    from typing import Any

    from tinhso.dossiers.tests.factories import Desk
    from tinhso.dossiers.tests.stages import Act

PAGES: dict[str, tuple[str, str, dict[str, Any]]] = {
    "receive": ("clerk", "tiep-nhan", {}),
    "refuse": ("clerk", "tu-choi", {"reason": "Sai thẩm quyền rồi"}),
    "request_supplement": (
        "specialist",
        "yeu-cau-bo-sung",
        {"items": "Bản sao\r\nĐơn", "reason": "Thiếu giấy"},
    ),
    "stop": ("head", "dung-xu-ly", {"reason": "Hết hạn bổ sung đã lâu"}),
    "ask_opinion": ("specialist", "lay-y-kien", {"question": "Có ý kiến gì không?", "days": "5"}),
    "assign": ("head", "phan-cong", {}),
    "forward": ("specialist", "chuyen-buoc", {"outcome": "agree", "note": "Đã xác minh"}),
    "send_back": ("leader", "tra-lai", {"to": "tham_dinh", "note": "Xác minh lại"}),
    "give_opinion": ("outsider", "cho-y-kien", {"agrees": "1", "content": "Thống nhất cả"}),
    "decide": ("leader", "quyet-dinh", {"approves": "0", "reason": "Không đủ điều kiện"}),
    "attach_result": (
        "specialist",
        "ket-qua",
        {
            "code": "giay-xac-nhan",
            "title": "Giấy xác nhận",
            "document_number": "12/UBND",
            "signer": "Hoa, Chủ tịch",
            "signed_on": "2026-09-14",
        },
    ),
    "extend": ("leader", "gia-han", {"days": "3", "reason": "Chờ xác minh thêm"}),
    "apologise": (
        "leader",
        "xin-loi",
        {"reason": "Chờ xác minh thêm", "promised_on": day_of(clock.now()).isoformat()},
    ),
    "waive_apology": ("leader", "khong-xin-loi", {"reason": "Người nộp xin dời ngày"}),
    "suspend": ("leader", "tam-dung", {"reason": "Chờ bản án"}),
    "resume": ("leader", "tiep-tuc", {"note": "Đã có bản án"}),
    "require_payment": (
        "specialist",
        "yeu-cau-nop-tien",
        {"amount": "50000", "reason": "Lệ phí nộp tại kho bạc"},
    ),
    "confirm_payment": ("clerk", "da-nop-tien", {"voucher": "BL-0007"}),
    "withdraw": ("clerk", "rut-ho-so", {"reason": "Đơn xin rút"}),
    "cancel_receipt": ("clerk", "huy-tiep-nhan", {"reason": "Nhầm người nộp"}),
    "reopen": (
        "leader",
        "mo-lai",
        {
            "decision_number": "7/QĐ-UBND",
            "decided_on": "2026-09-14",
            "reason": "Kết luận thanh tra",
            "days": "5",
        },
    ),
    "ask_transfer": ("leader", "de-nghi-chuyen", {"reason": "Thuộc Sở Y tế"}),
    "guide": ("clerk", "huong-dan", {"content": "Ghi rõ nơi cư trú"}),
    "hand_over": ("clerk", "tra-ket-qua", {"way": "counter", "receiver": "Hoa Một"}),
}
every_page = pytest.mark.parametrize("name", PAGES)


def possible_now(desk: Desk, name: str) -> Act:
    """The act; one that must follow soon on the receipt, on a dossier that was received today."""
    act = ACTS[name](desk)
    if name in {"extend", "cancel_receipt"}:
        act.dossier = received(desk, at=clock.now())
    return act


def address(act: Act, slug: str) -> str:
    if not act.keys:
        return reverse("dossiers:act", args=[act.dossier.uuid, slug])
    return reverse("dossiers:step_act", args=[act.dossier.uuid, act.keys[0], slug])


def typed(desk: Desk, act: Act) -> dict[str, Any]:
    more: dict[str, Any] = {"version": act.dossier.version}
    if act.name in {"ask_opinion", "ask_transfer"}:
        more["agency"] = desk.health.pk
    if act.name == "assign":
        more["person"] = desk.specialist.user
    return PAGES[act.name][2] | more


@pytest.mark.slow
@every_page
def test_it_opens_and_acts(desk: Desk, name: str) -> None:
    act = possible_now(desk, name)
    who, slug, _texts = PAGES[name]
    client, page = signed_in(desk, who), address(act, slug)
    assert client.get(page).status_code == 200
    answer = client.post(page, typed(desk, act))
    assert (answer.status_code, answer["Location"]) == (
        302,
        reverse("dossiers:dossier", args=[act.dossier.uuid]),
    )
    assert Dossier.objects.get(pk=act.dossier.pk).version == act.dossier.version + 1


@every_page
@pytest.mark.slow
def test_a_page_that_is_too_old_answers_409_and_keeps_the_text(desk: Desk, name: str) -> None:
    act = ACTS[name](desk)
    who, slug, texts = PAGES[name]
    old = typed(desk, act) | {"version": act.dossier.version - 1}
    events = Event.objects.filter(kind__startswith="dossiers.").count()
    answer = signed_in(desk, who).post(address(act, slug), old)
    assert answer.status_code == 409
    page = answer.content.decode()
    for text in texts.values():
        assert as_written(text).split("\r\n", maxsplit=1)[0] in page
    assert Event.objects.filter(kind__startswith="dossiers.").count() == events


@pytest.mark.parametrize("name", sorted(PAGES.keys() - {"receive", "resume"}))
@pytest.mark.slow
def test_a_form_without_its_answers_is_told_so(desk: Desk, name: str) -> None:
    act = ACTS[name](desk)
    who, slug, _texts = PAGES[name]
    empty = {"hand_over": {"way": ""}, "extend": {"days": ""}}.get(name, {})
    assert signed_in(desk, who).post(address(act, slug), empty).status_code == 422
    assert Dossier.objects.get(pk=act.dossier.pk).version == act.dossier.version


def test_each_sentence_on_top_names_its_field_and_leads_to_it(desk: Desk) -> None:
    act = ACTS["attach_result"](desk)
    page = signed_in(desk, "specialist").post(address(act, "ket-qua"), {}).content.decode()
    for field, sentence in (
        ("document_number", "Nhập “Số, ký hiệu”."),
        ("signed_on", "Nhập “Ngày ký”."),
        ("code", "Chọn “Loại kết quả”."),
    ):
        assert f'<a href="#id_{field}">{sentence}</a>' in page
        assert f'id="id_{field}"' in page


def test_a_wrong_day_and_a_bad_file_are_told_together(desk: Desk) -> None:
    act = ACTS["attach_result"](desk)
    client = signed_in(desk, "specialist")
    for day in ("2026-02-31", "2990-01-01"):
        wrong = {"signed_on": day, "file": SimpleUploadedFile("kq.pdf", b"no paper")}
        answer = client.post(address(act, "ket-qua"), typed(desk, act) | wrong)
        assert answer.status_code == 422
        assert set(answer.context["form"].errors) == {"signed_on", "file"}
        assert "Chọn lại tệp" not in answer.content.decode(), "one mistake is told once"
        assert f'value="{as_written(day)}"' in answer.content.decode(), "what was typed is kept"


def test_a_good_file_beside_a_mistake_is_asked_for_again(desk: Desk) -> None:
    """No browser sends it again by itself: a press more would keep a result without its paper."""
    act = ACTS["attach_result"](desk)
    wrong = typed(desk, act) | {"signed_on": "", "file": SimpleUploadedFile("kq.pdf", PDF)}
    answer = signed_in(desk, "specialist").post(address(act, "ket-qua"), wrong)
    assert answer.status_code == 422
    assert "Chọn lại tệp “kq.pdf”" in answer.content.decode()


@pytest.mark.slow
def test_after_a_refusal_the_page_says_so_and_offers_no_certificate(desk: Desk) -> None:
    dossier = rejected(desk)
    key = step(dossier, "ket_qua")
    client = signed_in(desk, "specialist")
    url = reverse("dossiers:step_act", args=[dossier.uuid, key, "ket-qua"])
    page = client.get(url)
    text = page.content.decode()
    assert "Từ chối giải quyết" in text
    assert WHY in text
    assert page.context["form"].fields["code"].choices == [
        ("tu-choi", "Văn bản từ chối giải quyết")
    ]
    assert "valid_until" not in page.context["form"].fields
    texts = PAGES["attach_result"][2] | {"version": dossier.version}
    assert client.post(url, texts).status_code == 422
    assert client.post(url, texts | {"code": "tu-choi", "title": ""}).status_code == 302
    result = Result.objects.get()
    assert (result.title, result.refuses) == ("Văn bản từ chối giải quyết", True)
    shown = client.get(reverse("dossiers:dossier", args=[dossier.uuid])).content.decode()
    assert "Đã quyết định: từ chối giải quyết." in shown
    assert "Loại: Văn bản từ chối giải quyết (từ chối)" in shown


def test_after_an_approval_no_refusal_is_offered(desk: Desk) -> None:
    act = ACTS["attach_result"](desk)
    client = signed_in(desk, "specialist")
    page = client.get(address(act, "ket-qua"))
    assert [code for code, _name in page.context["form"].fields["code"].choices] == [
        "giay-xac-nhan"
    ]
    assert "Đồng ý giải quyết" in page.content.decode()
    wrong = typed(desk, act) | {"code": "tu-choi"}
    assert client.post(address(act, "ket-qua"), wrong).status_code == 422
    assert not Result.objects.exists()


@pytest.mark.slow
def test_a_long_list_of_agencies_is_narrowed_without_losing_what_was_typed(desk: Desk) -> None:
    for number in range(12):
        make_agency(f"Phòng {number}", parent=desk.commune)
    act = ACTS["ask_opinion"](desk)
    client, url = signed_in(desk, "specialist"), address(act, "lay-y-kien")
    assert "find" in client.get(url).context["form"].fields
    asked = typed(desk, act)
    page = client.post(url, asked | {"then": "find", "find": "y te"})
    assert (page.status_code, page.context["form"].fields["agency"].choices) == (
        200,
        [(desk.health.pk, "Sở Y tế")],
    )
    assert asked["question"] in page.content.decode()
    assert client.post(url, asked | {"find": "y te"}).status_code == 302
    again = client.get(address(ACTS["ask_opinion"](desk), "lay-y-kien"))
    assert again.context["form"].fields["agency"].choices[1] == (desk.health.pk, "Sở Y tế")


@pytest.mark.slow
def test_a_day_before_it_was_handed_in_is_asked_about_with_both_days(desk: Desk) -> None:
    act = ACTS["attach_result"](desk)
    client, url = signed_in(desk, "specialist"), address(act, "ket-qua")
    assert "why_early" not in client.get(url).context["form"].fields
    early = typed(desk, act) | {"signed_on": "2026-09-13"}
    page = client.post(url, early)
    assert page.status_code == 422
    assert "Ngày ký 13/09/2026 trước ngày nộp hồ sơ 14/09/2026" in page.content.decode()
    assert client.post(url, early | {"why_early": "Ký gộp"}).status_code == 302


@pytest.mark.slow
def test_what_goes_electronically_takes_its_file_with_it(desk: Desk) -> None:
    act = ACTS["hand_over"](desk)
    client, url = signed_in(desk, "clerk"), address(act, "tra-ket-qua")
    online = typed(desk, act) | {"way": "online"}
    page = client.post(url, online)
    assert page.status_code == 422
    assert "Đính kèm tệp PDF" in page.content.decode()
    assert client.post(url, online | {"file": SimpleUploadedFile("kq.pdf", PDF)}).status_code == 302
    assert Result.objects.get().file is not None


@pytest.mark.parametrize("name", ["forward", "decide"])
def test_while_the_applicant_is_awaited_it_answers_409_and_keeps_the_text(
    desk: Desk, name: str
) -> None:
    act = ACTS[name](desk)
    waiting(desk, act.dossier)
    who, slug, texts = PAGES[name]
    answer = signed_in(desk, who).post(address(act, slug), texts)
    assert answer.status_code == 409
    assert str(texts.get("note") or texts.get("reason")) in answer.content.decode()


@every_page
@pytest.mark.slow
def test_a_colleague_without_the_right_is_refused(desk: Desk, name: str) -> None:
    act = ACTS[name](desk)
    _who, slug, _texts = PAGES[name]
    other = {
        "receive": "leader",
        "refuse": "specialist",
        "request_supplement": "leader",
        "ask_opinion": "leader",
        "hand_over": "specialist",
        "stop": "specialist",
        "confirm_payment": "leader",
        "withdraw": "specialist",
        "cancel_receipt": "specialist",
        "guide": "leader",
    }.get(name, "clerk" if name != "forward" else "outsider")
    answer = signed_in(desk, other).post(address(act, slug), typed(desk, act))
    assert answer.status_code in {403, 404}, name
    assert Dossier.objects.get(pk=act.dossier.pk).version == act.dossier.version


def test_a_step_is_taken_in_one_click_and_not_by_a_link(desk: Desk) -> None:
    act = ACTS["take"](desk)
    client = signed_in(desk, "specialist")
    page = reverse("dossiers:taking", args=[act.dossier.uuid, act.keys[0]])
    assert client.get(page).status_code == 405
    assert client.post(page).status_code == 302
    assert signed_in(desk, "head").post(page).status_code == 409
    services.forward(act.dossier.uuid, act.keys[0], actor=desk.specialist, outcome="agree", at=AT)
    assert client.post(page).status_code == 409


def test_a_step_of_another_dossier_is_not_found(desk: Desk) -> None:
    one, other = ACTS["forward"](desk), ACTS["forward"](desk)
    page = reverse("dossiers:step_act", args=[one.dossier.uuid, other.keys[0], "chuyen-buoc"])
    assert signed_in(desk, "specialist").get(page).status_code == 404


@pytest.mark.slow
@pytest.mark.parametrize("name", ["confirm_payment", "withdraw", "cancel_receipt"])
def test_an_act_of_the_desk_is_done_at_the_one_stop_centre_that_received(
    desk: Desk, name: str
) -> None:
    centre = make_agency("Bộ phận Một cửa", kind=AgencyKind.CENTRE, parent=desk.commune)
    desk = replace(desk, clerk=officer("Kim", "one-stop-officer", centre))
    act = possible_now(desk, name)
    assert act.dossier.receiving_agency_id == centre.pk != act.dossier.competent_agency_id
    client, page = signed_in(desk, "clerk"), address(act, PAGES[name][1])
    assert page in client.get(page_of(act.dossier)).content.decode()
    assert client.get(page).status_code == 200
    assert client.post(page, typed(desk, act)).status_code == 302
    assert Dossier.objects.get(pk=act.dossier.pk).version == act.dossier.version + 1


def test_a_field_that_one_agency_alone_holds_can_be_handed_to_nobody(desk: Desk) -> None:
    dossier = received(desk)
    address = f"/ho-so/{dossier.uuid}/de-nghi-chuyen/"
    told = "Không có cơ quan nào khác cùng có thẩm quyền"
    leader = signed_in(desk, "leader")
    assert told not in leader.get(address).content.decode()
    Competence.objects.filter(agency=desk.health).delete()
    page = leader.get(address).content.decode()
    assert told in page
    assert 'name="reason"' not in page
