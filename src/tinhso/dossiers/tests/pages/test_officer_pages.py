"""The queue and a dossier as each role sees them; and nothing for those who have no business there."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from django.test import Client
from django.urls import reverse

from tinhso.accounts.models import User
from tinhso.calendars.clock import day_of
from tinhso.calendars.models import Calendar, DayKind
from tinhso.calendars.national import DayFacts
from tinhso.calendars.services import enter_day
from tinhso.dossiers import services
from tinhso.dossiers.queries.telling import supplement_barred
from tinhso.dossiers.tests.factories import (
    AT,
    BUILDING,
    SYSTEM,
    WELL,
    application,
    received,
    step,
    submitted,
)
from tinhso.dossiers.tests.stages import (
    DAY,
    DOCUMENT,
    asked,
    make_imported,
    supplemented,
    until,
    waiting,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from tinhso.dossiers.models import Dossier
    from tinhso.dossiers.tests.factories import Desk

QUEUE = "/ho-so/"
SUPPLEMENT = "yeu-cau-bo-sung"
COMMUNE = ("clerk", "colleague", "specialist", "leader", "head")
ELSEWHERE = ("builder", "builder_leader", "province_clerk", "land_officer")
STAGES: dict[str, Callable[[Desk], Dossier]] = {
    "submitted": submitted,
    "received": received,
    "asked": asked,
    "waiting": waiting,
    "settled": lambda desk: until(desk, "tra_ket_qua"),
    "imported": make_imported,
}


def signed_in(desk: Desk, who: str) -> Client:
    client = Client()
    client.force_login(User.objects.get(pk=getattr(desk, who).user))
    return client


def page_of(dossier: Dossier) -> str:
    return reverse("dossiers:dossier", args=[dossier.uuid])


@pytest.mark.parametrize("who", [*COMMUNE, *ELSEWHERE])
def test_every_officer_sees_a_queue_of_their_own(desk: Desk, who: str) -> None:
    dossier = received(desk)
    answer = signed_in(desk, who).get(QUEUE)
    assert answer.status_code == 200
    assert (str(dossier.number) in answer.content.decode()) == (who in COMMUNE)


@pytest.mark.parametrize("stage", STAGES)
@pytest.mark.slow
def test_a_dossier_is_shown_at_every_stage_to_its_commune(desk: Desk, stage: str) -> None:
    dossier = STAGES[stage](desk)
    for who in COMMUNE:
        answer = signed_in(desk, who).get(page_of(dossier))
        assert answer.status_code == 200, who
        assert str(dossier) in answer.content.decode()


@pytest.mark.slow
@pytest.mark.parametrize("who", ELSEWHERE)
def test_a_dossier_is_not_found_by_another_agency(desk: Desk, who: str) -> None:
    dossier = received(desk)
    assert signed_in(desk, who).get(page_of(dossier)).status_code == 404
    for slug in ("tiep-nhan", "tu-choi", "yeu-cau-bo-sung", "lay-y-kien", "nothing"):
        address = reverse("dossiers:act", args=[dossier.uuid, slug])
        assert signed_in(desk, who).get(address).status_code == 404


def test_the_asked_agency_sees_it_and_may_answer_while_the_applicant_is_awaited(desk: Desk) -> None:
    dossier = waiting(desk, asked(desk))
    answer = signed_in(desk, "outsider").get(page_of(dossier))
    assert answer.status_code == 200
    key = step(dossier, "opinion")
    address = reverse("dossiers:step_act", args=[dossier.uuid, key, "cho-y-kien"])
    assert address in answer.content.decode()


def test_a_visitor_is_asked_to_sign_in_and_told_nothing(desk: Desk) -> None:
    dossier = received(desk)
    for address in (QUEUE, page_of(dossier)):
        answer = Client().get(address)
        assert answer.status_code in {302, 403, 404}
        assert str(dossier.number) not in answer.content.decode()


@pytest.mark.slow
@pytest.mark.parametrize("code", [WELL, BUILDING])
def test_the_dossiers_of_departments_are_shown_too(desk: Desk, code: str) -> None:
    dossier = received(desk, code)
    who = {WELL: "land_officer", BUILDING: "builder"}[code]
    assert signed_in(desk, who).get(page_of(dossier)).status_code == 200


@pytest.mark.slow
def test_a_full_queue_asks_the_database_no_more_than_an_empty_one(
    desk: Desk, django_assert_max_num_queries: Callable[..., object]
) -> None:
    for _ in range(43):
        received(desk)
        filled = application(agency=desk.commune)
        services.submit(filled, actor=SYSTEM, at=AT)
    client = signed_in(desk, "clerk")
    client.get(QUEUE)
    for address in (QUEUE, f"{QUEUE}?trang=5", f"{QUEUE}?tim=lan&tab=qua-han"):
        with django_assert_max_num_queries(30):  # type: ignore[attr-defined]
            assert client.get(address).status_code == 200
    assert ">86<" in client.get(QUEUE).content.decode().replace(" ", "")


@pytest.mark.slow
def test_a_supplement_is_not_offered_once_its_limit_is_used_up(desk: Desk) -> None:
    dossier = received(desk)
    client, act = (
        signed_in(desk, "specialist"),
        reverse("dossiers:act", args=[dossier.uuid, SUPPLEMENT]),
    )
    assert act in client.get(page_of(dossier)).content.decode()
    for days in range(5):
        if supplement_barred(dossier) is not None:
            break
        at = AT + days * DAY
        supplemented(waiting(desk, dossier, at=at), actor=desk.clerk, at=at)
    page = client.get(page_of(dossier)).content.decode()
    assert act not in page
    assert str(supplement_barred(dossier)) in page, "and the page says why not"


@pytest.mark.slow
def test_a_refused_dossier_does_not_boast_of_being_in_time(desk: Desk) -> None:
    dossier = until(desk, "ky_duyet")
    services.decide(
        dossier.uuid,
        step(dossier, "ky_duyet"),
        actor=desk.leader,
        approves=False,
        reason="Không",
        at=AT,
    )
    refusal = replace(DOCUMENT, code="tu-choi")
    services.attach_result(
        dossier.uuid, step(dossier, "ket_qua"), refusal, actor=desk.specialist, at=AT
    )
    page = signed_in(desk, "head").get(page_of(dossier)).content.decode()
    head = page.partition("page-head__lead")[2][:400]
    assert "Từ chối, đúng hạn" in head


def test_an_appointed_day_of_a_year_without_holidays_says_that_it_may_come_too_early(
    desk: Desk,
) -> None:
    dossier = received(desk)
    assert dossier.due_at
    calendar = Calendar.objects.get(agency=None)
    address = reverse("dossiers:dossier", args=[dossier.uuid])

    def seen() -> str:
        return signed_in(desk, "specialist").get(address).text

    assert "Lịch chưa có ngày nghỉ lễ nào của năm 2026: ngày hẹn có thể sớm hơn" in seen()
    holiday = DayFacts(day_of(dossier.due_at), DayKind.HOLIDAY, "Ngày lễ mới")
    version = calendar.version
    enter_day(calendar.uuid, facts=holiday, actor=SYSTEM, at=AT, expected_version=version)
    assert "Lịch chưa có ngày nghỉ" not in seen()
    assert "ngày hẹn là ngày nghỉ (Ngày lễ mới). Ngày đã hẹn không tự dời." in seen()
