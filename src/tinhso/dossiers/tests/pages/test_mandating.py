"""The ranking and the decision on pages; at the counter, the desk that helps instead of taking paper."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from django.test import Client
from django.utils import timezone

from tinhso.accounts.models import User
from tinhso.calendars.clock import day_of
from tinhso.dossiers.models import Dossier, ListedProcedure, OnlineDuty, PaperException
from tinhso.dossiers.tests.api.calling import content, make_caller
from tinhso.dossiers.tests.factories import MARRIAGE, officer
from tinhso.dossiers.tests.pages.test_counter import sent
from tinhso.dossiers.tests.pages.test_officer_pages import signed_in

if TYPE_CHECKING:
    from tinhso.dossiers.tests.factories import Desk

RANKING, DUTY = "/ho-so/truc-tuyen/", f"/ho-so/truc-tuyen/{MARRIAGE}/"
TODAY = day_of(timezone.now())
LATER = TODAY + timedelta(days=30)
DECISION = {
    "since": TODAY.isoformat(),
    "document": "Quyết định 12/QĐ-UBND",
    "reason": "Nhiều người làm.",
}


@pytest.fixture
def head(desk: Desk) -> Client:
    ListedProcedure.objects.create(
        list="online_whole",
        version="1",
        code=MARRIAGE,
        period=(date(2023, 12, 1), None),
        document="Quyết định 1",
    )
    actor = officer("Lãnh đạo UBND tỉnh", "agency-leader", desk.province)
    client = Client()
    client.force_login(User.objects.get(pk=actor.user))
    return client


def test_the_head_ranks_decides_and_ends(head: Client) -> None:
    assert "Trọn vẹn trên mạng" in head.get(RANKING).content.decode()
    assert head.post(DUTY, DECISION).status_code == 302
    assert "Bắt buộc từ" in head.get(RANKING).content.decode()
    assert (
        head.post(DUTY, {"until": LATER.isoformat(), "reason": "Cổng hỏng nhiều."}).status_code
        == 302
    )
    duty = OnlineDuty.objects.get()
    assert (duty.since, duty.until) == (TODAY, LATER)


def test_a_decision_without_its_document_says_so(head: Client) -> None:
    answer = head.post(DUTY, {**DECISION, "document": ""})
    assert answer.status_code == 422
    assert not OnlineDuty.objects.exists()


@pytest.mark.usefixtures("head")
def test_a_commune_s_leader_reads_and_does_not_decide(desk: Desk) -> None:
    reader = signed_in(desk, "leader")
    assert DUTY not in reader.get(RANKING).content.decode()
    assert reader.post(DUTY, DECISION).status_code == 403
    assert not OnlineDuty.objects.exists()


@pytest.mark.slow
def test_the_counter_is_told_to_help_and_asked_why_paper(desk: Desk, head: Client) -> None:
    head.post(DUTY, DECISION)
    clerk = signed_in(desk, "clerk")
    assert "Phải nộp trực tuyến" in clerk.get("/ho-so/tiep-nhan/").content.decode()
    answer = sent(desk)
    assert answer.status_code == 422
    assert "Chọn “Lý do nhận hồ sơ giấy”" in answer.content.decode()
    assert not Dossier.objects.exists()
    assert sent(desk, **{"came-paper_reason": "no_identity"}).status_code == 302
    assert PaperException.objects.get().reason == "no_identity"


@pytest.mark.slow
def test_from_the_ranking_to_the_duty_and_its_exception(desk: Desk, head: Client) -> None:
    assert sent(desk).status_code == 302, "paper is taken as ever before anything is decided"
    ranking = head.get(RANKING)
    assert DUTY in ranking.content.decode()
    assert head.post(DUTY, DECISION).status_code == 302
    assert OnlineDuty.objects.count() == 1
    counter = signed_in(desk, "clerk").get("/ho-so/tiep-nhan/").content.decode()
    assert "Phải nộp trực tuyến" in counter
    before = Dossier.objects.count()
    assert sent(desk).status_code == 422
    assert Dossier.objects.count() == before
    assert sent(desk, **{"came-paper_reason": "no_identity"}).status_code == 302
    assert PaperException.objects.get().dossier == Dossier.objects.latest("pk")


def test_citizens_read_it_on_the_page_of_the_procedure(head: Client) -> None:
    head.post(DUTY, DECISION)
    page = Client().get(f"/thu-tuc/{MARRIAGE}/").content.decode()
    assert "cán bộ giúp bạn nộp trên mạng" in page
    assert "Quyết định 12/QĐ-UBND" in page


def test_partners_read_the_lists_and_only_the_province_decides(desk: Desk, head: Client) -> None:
    head.post(DUTY, DECISION)
    caller = make_caller(desk.commune)
    path = f"/api/v1/procedures/{MARRIAGE}"
    told = content(caller.get(f"{path}/lists"))["listings"]
    assert [row["list"] for row in told] == ["online_only", "online_whole"]
    refused = caller.post(f"{path}/online-duties", DECISION)
    assert refused.status_code == 403
    assert OnlineDuty.objects.count() == 1
