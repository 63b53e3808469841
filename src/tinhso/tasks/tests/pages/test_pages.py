"""Notices and tasks as HTTP sees them: brought in, reviewed, issued, carried out, looked at."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from python_calamine import CalamineWorkbook

from tinhso.accounts.models import User
from tinhso.calendars import clock
from tinhso.files.models import StoredFile
from tinhso.tasks.models import Evidence, Notice, State, Task
from tinhso.tasks.services.reviewing import items_of
from tinhso.tasks.tests.factories import NOTICE, SHORT, accepted, brought, issued, proposed

if TYPE_CHECKING:
    from tinhso.tasks.drafts import Item
    from tinhso.tasks.tests.factories import Offices


def client(offices: Offices, who: str) -> Client:
    made = Client()
    made.force_login(User.objects.get(pk=getattr(offices, who).user))
    return made


def page(notice: Notice) -> str:
    return reverse("tasks:notice", args=[notice.uuid])


def first(notice: Notice) -> Item:
    return items_of(notice.reviews.latest("number"))[0]


def change(who: Client, notice: Notice, then: str, **more: str) -> int:
    number = notice.reviews.latest("number").number
    body = {"expected": str(number), "then": then, **more}
    return who.post(reverse("tasks:reviewing", args=[notice.uuid]), body).status_code


@pytest.mark.slow
def test_a_pasted_text_is_read_and_shown_beside_its_tasks(offices: Offices) -> None:
    minh = client(offices, "follower")
    answer = minh.post(
        reverse("tasks:bringing"), {"agency": str(offices.province.pk), "text": SHORT}
    )
    assert answer.status_code == 302, answer.content.decode()
    shown = minh.get(answer["Location"]).content.decode()
    assert shown.count("<mark") == 2
    assert "Giao nhiệm vụ</button>" not in shown, "Minh prepares, the chair issues"
    assert (
        "Giao nhiệm vụ</button>"
        in client(offices, "chair").get(answer["Location"]).content.decode()
    )


def test_an_uploaded_text_is_read(offices: Offices) -> None:
    upload = SimpleUploadedFile("tb.txt", NOTICE.encode(), content_type="text/plain")
    answer = client(offices, "follower").post(
        reverse("tasks:bringing"), {"agency": str(offices.province.pk), "upload": upload}
    )
    assert answer.status_code == 302
    assert Notice.objects.get().number == "212/TB-VP"


def test_what_is_secret_comes_back_refused_and_is_not_kept(offices: Offices) -> None:
    answer = client(offices, "follower").post(
        reverse("tasks:bringing"),
        {"agency": str(offices.province.pk), "text": "MẬT\n" + SHORT},
    )
    assert answer.status_code == 422
    assert "dấu chỉ độ mật" in answer.content.decode()
    assert not Notice.objects.exists()


@pytest.mark.slow
def test_a_document_of_30_mb_comes_back_refused_with_what_was_typed(offices: Offices) -> None:
    body = {
        "agency": str(offices.province.pk),
        "upload": SimpleUploadedFile("tb.docx", b"PK" + b"0" * (30 * 1024 * 1024)),
        "number": "212/TB-VP",
    }
    answer = client(offices, "follower").post(reverse("tasks:bringing"), body)
    assert answer.status_code == 422
    assert answer.context["form"]["number"].value() == "212/TB-VP"
    assert not Notice.objects.exists()
    assert not StoredFile.objects.exists()


def test_nobody_else_brings_in(offices: Offices) -> None:
    for who in ("specialist", "outsider"):
        answer = client(offices, who).post(
            reverse("tasks:bringing"), {"agency": str(offices.province.pk), "text": SHORT}
        )
        assert answer.status_code in {403, 422}
    assert not Notice.objects.exists()


@pytest.mark.slow
def test_the_list_is_changed_by_its_buttons(offices: Offices) -> None:
    notice = brought(offices, at=clock.now())
    minh, key = client(offices, "follower"), str(first(notice).key)
    assert change(minh, notice, "drop", item=key) == 302
    assert change(minh, notice, "restore", item=key) == 302
    assert change(minh, notice, "split", item=key, words="hoàn thành") == 302
    assert change(minh, notice, "merge", item=key) == 302
    assert change(minh, notice, "add", words="Kết luận của đồng chí") == 302
    assert change(minh, notice, "undo") == 302
    assert notice.reviews.count() == 7
    assert change(minh, notice, "nothing") == 404
    assert change(minh, notice, "split", item=key, words="xyz") == 422
    assert change(client(offices, "outsider"), notice, "undo") == 404
    assert notice.reviews.count() == 7


def edit(who: Client, notice: Notice, **changes: object) -> tuple[int, str]:
    item = first(notice)
    body = {
        "expected": str(notice.reviews.latest("number").number),
        "text": item.text,
        "leads": [str(key) for key in item.leads],
        "deadline_on": "2026-12-31",
        "deadline_kind": "complete",
        **changes,
    }
    answer = who.post(reverse("tasks:item", args=[notice.uuid, item.key]), body)
    return answer.status_code, answer.content.decode()


@pytest.mark.slow
def test_an_agency_is_found_without_accents(offices: Offices) -> None:
    notice = brought(offices, at=clock.now())
    minh = client(offices, "follower")
    assert minh.get(reverse("tasks:item", args=[notice.uuid, first(notice).key])).status_code == 200
    assert edit(minh, notice, leads=[], add_lead="cong an")[0] == 302
    assert first(notice).leads == (offices.police.pk,)
    assert edit(minh, notice, leads=[], add_lead="so y")[0] == 302
    assert first(notice).leads == (offices.health.pk,)
    assert edit(minh, notice, leads=[], add_lead="các xã, phường")[0] == 302
    assert set(first(notice).leads) == {agency.pk for agency in offices.communes}


@pytest.mark.slow
def test_where_several_fit_they_are_offered(offices: Offices) -> None:
    notice = brought(offices, at=clock.now())
    minh = client(offices, "follower")
    status, shown = edit(minh, notice, leads=[], add_lead="so")
    assert status == 422
    assert "Sở Nội vụ tỉnh Thử nghiệm</label>" in shown.replace("\n", "")
    assert edit(minh, notice, leads=[], add_lead="không có ở đâu")[0] == 422
    assert notice.reviews.count() == 1


@pytest.mark.slow
def test_the_chair_issues_and_the_second_press_is_told(offices: Offices) -> None:
    notice = brought(offices, at=clock.now())
    address = reverse("tasks:issuing", args=[notice.uuid])
    assert client(offices, "follower").post(address, {"expected": "0"}).status_code == 403
    assert not Task.objects.exists()
    ha = client(offices, "chair")
    assert ha.post(address, {"expected": "0"}).status_code == 302
    assert client(offices, "deputy").post(address, {"expected": "0"}).status_code == 409
    assert Task.objects.count() == 2
    assert "Đã giao 2 nhiệm vụ" in ha.get(page(notice)).content.decode()
    assert client(offices, "head").get(page(notice)).status_code == 200
    assert client(offices, "outsider").get(page(notice)).status_code == 404


def test_a_notice_is_discarded_with_its_reason(offices: Offices) -> None:
    notice = brought(offices, at=clock.now())
    minh, address = client(offices, "follower"), reverse("tasks:discarding", args=[notice.uuid])
    assert minh.get(address).status_code == 200
    assert minh.post(address, {"reason": ""}).status_code == 422
    assert minh.post(address, {"reason": "Nhầm bản"}).status_code == 302
    assert "Nhầm bản" in minh.get(page(notice)).content.decode()


def act(who: Client, task: Task, slug: str, **body: object) -> int:
    address = reverse("tasks:act", args=[task.uuid, slug])
    return who.post(address, body).status_code


@pytest.mark.slow
def test_a_task_is_carried_out_by_its_pages(offices: Offices) -> None:
    task = issued(offices, at=clock.now())
    hoa, hung, ha = (client(offices, who) for who in ("head", "specialist", "chair"))
    assert act(hung, task, "nhan") == 403
    assert act(hoa, task, "nhan") == 302
    assert act(hung, task, "bao-cao", words="Xong 5 xã", percent="40") == 302
    assert act(hung, task, "minh-chung", value="15/BC-SKHCN") == 302
    later = task.deadline_on + timedelta(days=800) if task.deadline_on else None
    assert act(hung, task, "xin-gia-han", until=str(later), reason="Mưa lũ") == 302
    assert "Việc chỉ đồng chí mới gỡ được" in ha.get(reverse("tasks:board")).content.decode()
    assert act(ha, task, "gia-han", answer="yes") == 302
    assert act(hung, task, "de-nghi-hoan-thanh") == 302
    assert act(ha, task, "xac-nhan", words="Tốt") == 302
    task.refresh_from_db()
    assert (task.state, task.deadline_on) == (State.DONE, later)
    shown = ha.get(reverse("tasks:task", args=[task.uuid])).content.decode()
    assert "<mark" in shown
    assert all(word in shown for word in ("Xong 5 xã", "15/BC-SKHCN", "Mưa lũ", "40%"))


@pytest.mark.slow
def test_a_file_shows_that_it_is_done(offices: Offices) -> None:
    task = accepted(offices, at=clock.now())
    hung = client(offices, "specialist")
    assert act(hung, task, "minh-chung", note="Không gì cả") == 422
    assert not Evidence.objects.exists()
    from tinhso.files.tests.factories import PDF  # noqa: PLC0415

    upload = SimpleUploadedFile("bien-ban.pdf", PDF, content_type="application/pdf")
    assert act(hung, task, "minh-chung", upload=upload) == 302
    shown = hung.get(reverse("tasks:task", args=[task.uuid])).content.decode()
    assert "bien-ban.pdf" in shown


@pytest.mark.slow
def test_only_acts_that_are_open_are_offered(offices: Offices) -> None:
    task = proposed(offices, at=clock.now())
    address = reverse("tasks:task", args=[task.uuid])
    offered = {
        who: {
            slug
            for slug in ("nhan", "minh-chung", "xac-nhan", "lam-tiep", "huy", "gia-han")
            if f"/{slug}/" in client(offices, who).get(address).content.decode()
        }
        for who in ("chair", "follower", "head", "specialist")
    }
    assert offered == {
        "chair": {"xac-nhan", "lam-tiep", "huy"},
        "follower": {"xac-nhan", "lam-tiep"},
        "head": {"minh-chung"},
        "specialist": {"minh-chung"},
    }
    assert client(offices, "outsider").get(address).status_code == 404
    assert act(client(offices, "head"), task, "nhan") == 409
    assert act(client(offices, "head"), task, "khong-co") == 404


@pytest.mark.slow
def test_a_returned_task_is_given_to_another(offices: Offices) -> None:
    task = issued(offices, at=clock.now())
    assert act(client(offices, "head"), task, "tra-lai", reason="Thuộc Sở Y tế") == 302
    ha = client(offices, "chair")
    assert ha.get(reverse("tasks:act", args=[task.uuid, "giao-lai"])).status_code == 200
    body = {"lead": str(offices.health.pk), "words": "Giao Sở Y tế chủ trì"}
    assert act(ha, task, "giao-lai", **body) == 302
    inbox = client(offices, "outsider").get(reverse("tasks:inbox")).content.decode()
    assert str(task.uuid) in inbox


@pytest.mark.parametrize("view", ["dang-mo", "qua-han", "phoi-hop", "hoan-thanh", "??"])
@pytest.mark.slow
def test_every_view_of_the_lists_opens(offices: Offices, view: str) -> None:
    issued(offices, at=clock.now())
    for who in ("chair", "head", "specialist", "follower"):
        for name in ("tasks:board", "tasks:inbox"):
            query = {"xem": view, "co-quan": "x", "nguoi": "chua-co", "van-ban": "1"}
            assert client(offices, who).get(reverse(name), query).status_code == 200


def test_the_board_is_taken_along_as_a_spreadsheet(offices: Offices) -> None:
    issued(offices, at=clock.now())
    address = reverse("tasks:exporting")
    answer = client(offices, "chair").get(address, {"co-quan": offices.science.pk})
    content = BytesIO(answer.getvalue())
    lines = CalamineWorkbook.from_filelike(content).get_sheet_by_index(0).to_python()
    assert len(lines) == 2
    assert lines[1][5] == "Sở Khoa học và Công nghệ tỉnh Thử nghiệm"


@pytest.mark.slow
def test_the_inbox_is_taken_along_as_it_was_filtered(offices: Offices) -> None:
    issued(offices, at=clock.now())
    inbox = (
        client(offices, "head").get(reverse("tasks:inbox"), {"xem": "cho-nhan"}).content.decode()
    )
    address = reverse("tasks:inbox_export")
    assert f'href="{address}?xem=cho-nhan"' in inbox

    def lines(who: str = "head", **query: str) -> int:
        content = BytesIO(client(offices, who).get(address, query).getvalue())
        return len(CalamineWorkbook.from_filelike(content).get_sheet_by_index(0).to_python())

    assert lines(xem="cho-nhan") == 2
    assert lines(xem="hoan-thanh") == 1
    assert lines(xem="cua-toi") == 1
    assert lines("outsider") == 1


@pytest.mark.slow
def test_what_the_paper_is_can_be_corrected(offices: Offices) -> None:
    minh, notice = client(offices, "follower"), brought(offices)
    address = reverse("tasks:describing", args=[notice.uuid])
    assert minh.get(address).status_code == 200
    said = {"expected": "0", "kind": "plan", "number": "10/KH-UBND", "title": "Kế hoạch"}
    to_come = clock.day_of(clock.now()) + timedelta(days=1)
    refused = minh.post(address, {**said, "issued_on": f"{to_come}"})
    assert refused.status_code == 422
    assert "chưa tới" in refused.content.decode()
    assert minh.post(address, {**said, "issued_on": "2025-08-04"}).status_code == 302
    assert "10/KH-UBND" in minh.get(page(notice)).content.decode()
