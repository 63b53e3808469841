"""What the page of an act tells before anybody types: that it is not possible now, what came, what is owed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.test import Client
from django.urls import reverse

from tinhso.accounts.models import User
from tinhso.calendars import clock
from tinhso.dossiers import services
from tinhso.dossiers.models import PaperConfirmation, SeenAs
from tinhso.dossiers.tests.factories import BUILDING, officer, received, step, submitted
from tinhso.dossiers.tests.pages.test_officer_pages import signed_in
from tinhso.dossiers.tests.stages import ACTS, waiting
from tinhso.dossiers.tests.test_charging import at_counter, decided

if TYPE_CHECKING:
    from uuid import UUID

    from tinhso.dossiers.models import Dossier
    from tinhso.dossiers.tests.factories import Desk


def act(dossier: Dossier, slug: str) -> str:
    return reverse("dossiers:act", args=[dossier.uuid, slug])


def at_step(dossier: Dossier, key: UUID, slug: str) -> str:
    return reverse("dossiers:step_act", args=[dossier.uuid, key, slug])


@pytest.mark.slow
def test_what_its_state_its_hour_or_its_step_does_not_allow_has_no_form(desk: Desk) -> None:
    dossier = waiting(desk)
    again = signed_in(desk, "specialist").get(act(dossier, "yeu-cau-bo-sung"))
    assert again.status_code == 409
    page = again.content.decode()
    assert "không thể yêu cầu bổ sung" in page
    assert 'name="items"' not in page
    leader, running = signed_in(desk, "leader"), received(desk, at=clock.now())
    assert "chưa quá hạn" in leader.get(act(running, "xin-loi")).content.decode()
    work = step(dossier, "tham_dinh")
    paused = signed_in(desk, "specialist").get(at_step(dossier, work, "chuyen-buoc"))
    assert (paused.status_code, b"textarea" in paused.content) == (409, False)


def test_who_took_a_step_goes_on_and_a_colleague_reads_whose_it_is(desk: Desk) -> None:
    dossier = received(desk, at=clock.now())
    work = step(dossier, "tham_dinh")
    services.take(dossier.uuid, work, actor=desk.specialist, at=clock.now())
    address = at_step(dossier, work, "chuyen-buoc")
    assert b"textarea" in signed_in(desk, "specialist").get(address).content
    colleague = officer("Nam", "specialist", desk.commune)
    house = Client()
    house.force_login(User.objects.get(pk=colleague.user))
    assert house.get(address).status_code == 403


def test_who_examines_sees_the_opinion_that_came(desk: Desk) -> None:
    answered = ACTS["give_opinion"](desk).run()
    address = at_step(answered, step(answered, "tham_dinh"), "chuyen-buoc")
    assert "Đồng ý: Thống nhất" in signed_in(desk, "specialist").get(address).content.decode()


@pytest.mark.slow
def test_who_receives_what_came_on_line_sees_each_paper_and_confirms_it(desk: Desk) -> None:
    dossier = submitted(desk, BUILDING)
    house, address = signed_in(desk, "province_clerk"), act(dossier, "tiep-nhan")
    page, papers = house.get(address).content.decode(), list(dossier.papers.select_related("file"))
    assert papers
    assert all(reverse("files:download", args=[paper.file.uuid]) in page for paper in papers)
    assert house.post(address, {}).status_code == 422
    assert not PaperConfirmation.objects.exists()
    assert (
        house.post(address, {f"seen-{paper.code}": "copy" for paper in papers}).status_code == 302
    )
    seen = PaperConfirmation.objects.values_list("seen_as", flat=True)
    assert list(seen) == [SeenAs.COPY] * len(papers)


def test_a_result_that_waits_for_its_fee_leads_to_the_payment(desk: Desk) -> None:
    dossier = decided(desk, at_counter(desk))
    key = step(dossier, "tra_ket_qua")
    answer = signed_in(desk, "clerk").get(at_step(dossier, key, "tra-ket-qua"))
    assert answer.status_code == 409
    assert reverse("payments:taking", args=[dossier.uuid]) in answer.content.decode()
