"""What an officer reads before acting: the question, the proposal, and no button that would be refused."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.urls import reverse

from tinhso.calendars import clock
from tinhso.dossiers import services
from tinhso.dossiers.models import OpinionRequest
from tinhso.dossiers.tests.factories import received, step
from tinhso.dossiers.tests.pages.test_officer_pages import page_of, signed_in
from tinhso.dossiers.tests.stages import asked, decided

if TYPE_CHECKING:
    from tinhso.dossiers.models import Dossier
    from tinhso.dossiers.tests.factories import Desk


def at_step(dossier: Dossier, node: str, slug: str) -> str:
    return reverse("dossiers:step_act", args=[dossier.uuid, step(dossier, node), slug])


def test_who_gives_an_opinion_reads_the_question(desk: Desk) -> None:
    dossier = asked(desk)
    page = signed_in(desk, "outsider").get(at_step(dossier, "opinion", "cho-y-kien"))
    assert "Có ảnh hưởng không?" in page.content.decode()


def test_who_decides_reads_the_proposal_its_note_and_the_opinions(desk: Desk) -> None:
    dossier = asked(desk)
    at = clock.now()
    dossier = services.give_opinion(
        dossier.uuid,
        step(dossier, "opinion"),
        actor=desk.outsider,
        agrees=False,
        content="Trùng quy hoạch",
        at=at,
    )
    dossier = services.forward(
        dossier.uuid,
        step(dossier, "tham_dinh"),
        actor=desk.specialist,
        outcome="propose_rejection",
        note="Đã kết hôn năm 2020",
        at=at,
    )
    page = signed_in(desk, "leader").get(at_step(dossier, "ky_duyet", "quyet-dinh"))
    text = page.content.decode()
    assert "đề nghị từ chối: Đã kết hôn năm 2020" in text
    assert "Không đồng ý: Trùng quy hoạch" in text


@pytest.mark.slow
def test_after_the_decision_nothing_is_offered_that_would_be_refused(desk: Desk) -> None:
    dossier = received(desk)
    links = [
        reverse("dossiers:act", args=[dossier.uuid, slug])
        for slug in ("yeu-cau-bo-sung", "lay-y-kien")
    ]
    client = signed_in(desk, "specialist")
    before = client.get(page_of(dossier)).content.decode()
    assert all(link in before for link in links)
    decided(desk, dossier)
    after = client.get(page_of(dossier)).content.decode()
    assert not any(link in after for link in links)


def test_an_opinion_is_not_awaited_beyond_the_dossier_s_own_time_unawares(desk: Desk) -> None:
    dossier = received(desk, at=clock.now() - timedelta(minutes=1))
    assert dossier.due_at is not None
    client = signed_in(desk, "specialist")
    url = reverse("dossiers:act", args=[dossier.uuid, "lay-y-kien"])
    form = client.get(url).context["form"]
    assert form.fields["days"].initial <= 3, "the term of the procedure is three working days"
    sent = {
        "agency": desk.health.pk,
        "question": "Có không?",
        "days": "20",
        "version": dossier.version,
    }
    answer = client.post(url, sent)
    assert answer.status_code == 422
    assert "vượt quá ngày hẹn trả hồ sơ" in answer.content.decode()
    assert not OpinionRequest.objects.exists()
    assert client.post(url, sent | {"beyond": "on"}).status_code == 302
