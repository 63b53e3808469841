"""The head's page of a day by mail: once on the morning of a working day, to who asked for it."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from django.db import connections

from tinhso.agencies.models import AgencyKind
from tinhso.agencies.tests.factories import make_agency
from tinhso.calendars.clock import instant
from tinhso.dossiers import services
from tinhso.dossiers.models import Dossier, Morning, MorningChoice, Step
from tinhso.dossiers.queries.chosen import FROM_OTHERS, QueueFilter
from tinhso.dossiers.queries.mornings import figures_of
from tinhso.dossiers.queries.worklist import totals
from tinhso.dossiers.services.mornings import choose_morning, tell_mornings
from tinhso.dossiers.tests.factories import AT, SYSTEM, make_desk, received, step
from tinhso.dossiers.tests.pages.test_officer_pages import signed_in
from tinhso.events.models import Event
from tinhso.kernel.errors import NotAllowed
from tinhso.notifications import jobs
from tinhso.notifications.models import Mail
from tinhso.notifications.services import notify
from tinhso.notifications.tests.test_posting import Server, server, turn_has_come

if TYPE_CHECKING:
    from pytest_django.fixtures import Settings

    from tinhso.agencies.models import Agency
    from tinhso.dossiers.tests.factories import Desk

__all__ = ["server"]
DAY = AT.date()
MORNING = instant(DAY, 7 * 60 + 15)


def wants(desk: Desk) -> None:
    choose_morning(wants=True, actor=desk.head, at=AT - timedelta(days=1))


def tell(at: datetime = MORNING) -> int:
    return tell_mornings(actor=SYSTEM, at=at)


def test_it_is_told_once_to_who_wants_it(desk: Desk) -> None:
    assert tell() == 0, "nobody asked"
    wants(desk)
    assert [tell(), tell(), tell(MORNING + timedelta(hours=2))] == [1, 0, 0]
    assert Morning.objects.get().person_id == desk.head.user
    assert Event.objects.filter(kind="dossiers.morning_told").count() == 1
    assert tell(MORNING + timedelta(days=1)) == 1


@pytest.mark.parametrize(
    "at",
    [
        instant(DAY, 6 * 60),
        instant(DAY, 12 * 60 + 1),
        instant(DAY + timedelta(days=5), 8 * 60),
    ],
    ids=["night", "afternoon", "saturday"],
)
def test_at_another_time_nothing_is_said(desk: Desk, at: datetime) -> None:
    wants(desk)
    assert tell(at) == 0
    assert not Morning.objects.exists()


def test_who_chose_otherwise_or_lost_the_right_gets_none(desk: Desk) -> None:
    wants(desk)
    choose_morning(wants=False, actor=desk.head, at=AT)
    assert tell() == 0
    with pytest.raises(NotAllowed):
        choose_morning(wants=True, actor=desk.clerk, at=AT)
    assert MorningChoice.objects.count() == 1
    MorningChoice.objects.create(person_id=desk.clerk.user, wants=True, chosen_at=AT)
    assert tell() == 0


@pytest.mark.django_db(transaction=True)
@pytest.mark.slow
def test_two_workers_at_once_tell_once() -> None:
    house = make_desk()
    wants(house)

    def work(_: int) -> int:
        try:
            return tell()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(work, range(4))) == 1
    assert (
        Morning.objects.count() == Event.objects.filter(kind="dossiers.morning_told").count() == 1
    )


def test_what_another_counter_received_counts_until_somebody_takes_it_over(desk: Desk) -> None:
    dossier = received(desk)
    own = make_agency("Trung tâm của xã", kind=AgencyKind.CENTRE, parent=desk.commune)

    def found(receiving: Agency) -> tuple[int, int]:
        Dossier.objects.update(receiving_agency=receiving)
        Step.objects.filter(act="receive").update(agency=receiving)
        listed = totals(desk.head, QueueFilter(person=FROM_OTHERS), at=AT).tabs.everything
        return figures_of(desk.head, at=AT)["not_taken"], listed

    assert [found(desk.commune), found(own), found(desk.health)] == [(0, 0), (0, 0), (1, 1)]
    work = step(dossier, "tham_dinh")
    services.forward(dossier.uuid, work, actor=desk.specialist, outcome="agree", at=AT)
    assert found(desk.health) == (0, 0), "what its leader has to sign was taken over before"


def test_the_mail_says_the_counts_with_links(
    desk: Desk, server: Server, settings: Settings
) -> None:
    settings.PUBLIC_ADDRESS = "https://tinh.example.vn"
    received(desk, at=MORNING - timedelta(days=14))
    wants(desk)
    tell()
    event = Event.objects.get(kind="dossiers.morning_told")
    notify([event], at=MORNING)
    notify([event], at=MORNING)
    turn_has_come()
    jobs.post_mail()
    jobs.post_mail()
    (mail,) = server.taken
    assert Mail.objects.count() == 1
    assert mail["Subject"].strip() == "Sáng 14/09/2026: 1 hồ sơ quá hạn, 0 việc sắp đến hạn"
    plain = mail.get_body(("plain",))
    html = mail.get_body(("html",))
    assert plain is not None
    assert html is not None
    text = plain.get_content()
    assert "quá hạn: 1 — https://tinh.example.vn/ho-so/tinh-hinh/qua-han/" in text
    assert "chưa xin lỗi: 1" in text
    assert "Các số này nghĩa là gì" in text
    shown = html.get_content()
    assert (
        'href="https://tinh.example.vn/ho-so/tinh-hinh/qua-han/">Hồ sơ đang quá hạn: 1</a>' in shown
    )
    assert ">https:" not in shown, "a phone shows words, not addresses"


def test_figures_are_of_the_agencies_that_one_oversees(desk: Desk) -> None:
    received(desk, at=AT - timedelta(days=14))
    assert figures_of(desk.head, at=AT)["late"] == 1
    assert figures_of(desk.province_clerk, at=AT)["late"] == 0


def test_it_is_chosen_on_a_page_linked_from_ones_own(desk: Desk) -> None:
    head, place = signed_in(desk, "head"), "/ho-so/thu-moi-sang/"
    assert place in head.get("/tai-khoan").content.decode()
    assert head.get(place).status_code == 200
    assert head.post(place, {"wants": "on"}).status_code == 302
    assert MorningChoice.objects.get().wants
    assert head.post(place, {}).status_code == 302
    assert not MorningChoice.objects.get().wants
    clerk = signed_in(desk, "clerk")
    assert clerk.get(place).status_code == 403
    assert place not in clerk.get("/tai-khoan").content.decode()
