"""Late dossiers: who said sorry, who is told, and what the public board counts."""

from __future__ import annotations

import re
from datetime import date, timedelta
from html import unescape
from typing import TYPE_CHECKING

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tinhso.agencies.models import AgencyKind, AgencyPeriod
from tinhso.agencies.tests.factories import make_agency
from tinhso.calendars import clock
from tinhso.dossiers import services
from tinhso.dossiers.errors_of_lateness import (
    ApologisedBefore,
    ApologyStillOwed,
    NotLate,
    PromiseInvalid,
)
from tinhso.dossiers.figures import late_dossiers
from tinhso.dossiers.models import Apology, ApologyWaiver, Dossier
from tinhso.dossiers.printing import papers
from tinhso.dossiers.queries import overview
from tinhso.dossiers.queries.lateness import (
    DECIDED_LATE,
    UNEXCUSED,
    Lateness,
    by_agency,
    late_of,
    listed_late,
    named,
)
from tinhso.dossiers.queries.mornings import figures_of
from tinhso.dossiers.queries.telling import apology_refused
from tinhso.dossiers.services.apologising import note_overdue
from tinhso.dossiers.tests.factories import AT, SYSTEM, received
from tinhso.dossiers.tests.pages.test_officer_pages import signed_in
from tinhso.dossiers.tests.stages import ACTS, FIVE_DAYS, asked, concluded, until
from tinhso.events.models import Event
from tinhso.indicators.attention import Question
from tinhso.kernel.errors import NotAllowed
from tinhso.notifications.models import Notification
from tinhso.notifications.services import notify

if TYPE_CHECKING:
    from datetime import datetime

    from tinhso.dossiers.tests.factories import Desk

WEEK = timedelta(days=7)
LATER = AT + WEEK
PROMISED = (LATER + timedelta(days=2)).date()


def sorry(desk: Desk, dossier: Dossier, *, at: datetime = LATER, on: date = PROMISED) -> Dossier:
    return services.apologise(
        dossier.uuid, actor=desk.leader, reason="Chờ xác minh", promised_on=on, at=at
    )


def test_once_late_an_apology_is_sent_once_and_moves_nothing(desk: Desk) -> None:
    dossier = received(desk)
    assert apology_refused(dossier, LATER) is None
    done = sorry(desk, dossier)
    assert done.due_at == dossier.due_at
    assert apology_refused(done, LATER)
    row = Apology.objects.get()
    assert (row.promised_on, row.due_at) == (PROMISED, dossier.due_at)
    with pytest.raises(ApologisedBefore):
        sorry(desk, done)
    assert Apology.objects.count() == 1
    told = Event.objects.get(kind="dossiers.apologised")
    assert told.payload == {"promised_on": PROMISED.isoformat()}


@pytest.mark.slow
def test_a_promise_that_was_missed_leads_to_a_second_apology_and_the_head_hears_of_it(
    desk: Desk,
) -> None:
    done = sorry(desk, received(desk))
    assert note_overdue(actor=SYSTEM, at=LATER, limit=9) == 0
    missed = LATER + timedelta(days=3)
    assert apology_refused(done, missed) is None
    assert by_agency(missed)[0].unexcused == 1
    assert [note_overdue(actor=SYSTEM, at=missed, limit=9) for _ in range(2)] == [1, 0]
    sorry(desk, done, at=missed, on=missed.date())
    assert Apology.objects.count() == 2
    assert apology_refused(done, missed)
    assert by_agency(missed)[0].unexcused == 0


@pytest.mark.slow
def test_a_late_result_is_excused_by_a_letter_or_by_the_reason_why_none_is_due(desk: Desk) -> None:
    first, second = (until(desk, "tra_ket_qua") for _ in range(2))
    Dossier.objects.update(due_at=AT - WEEK)
    with pytest.raises(ApologyStillOwed):
        services.waive_apology(received(desk).uuid, actor=desk.leader, reason="Vì", at=LATER)
    services.apologise(first.uuid, actor=desk.leader, reason="Chờ xác minh", at=AT)
    services.waive_apology(second.uuid, actor=desk.leader, reason="Người nộp xin dời", at=AT)
    assert not listed_late(DECIDED_LATE, desk.head, at=AT).exists()
    (row,) = (one for one in by_agency(AT) if one.agency == second.competent_agency_id)
    assert row.late_in_month == 2
    assert (row.excused, row.unexcused) == (1, listed_late(UNEXCUSED, desk.head, at=AT).count())
    with pytest.raises(ApologisedBefore):
        services.waive_apology(first.uuid, actor=desk.leader, reason="Thôi", at=AT)
    assert ApologyWaiver.objects.get().reason == "Người nộp xin dời"
    client = signed_in(desk, "leader")
    for dossier, told in ((first, "Đã gửi văn bản xin lỗi"), (second, "Người nộp xin dời")):
        page = client.get(f"/ho-so/{dossier.uuid}/").content.decode()
        assert told in page
        assert "notice--error" not in page
        assert "/xin-loi/" not in page


@pytest.mark.parametrize(
    ("at", "on", "refusal"),
    [
        (AT, PROMISED, NotLate),
        (LATER, (LATER - timedelta(days=1)).date(), PromiseInvalid),
        (LATER, (LATER + timedelta(days=61)).date(), PromiseInvalid),
    ],
)
def test_too_early_or_with_a_day_that_is_none_it_is_refused(
    desk: Desk, at: datetime, on: date, refusal: type[Exception]
) -> None:
    dossier = received(desk)
    with pytest.raises(refusal):
        sorry(desk, dossier, at=at, on=on)
    assert not Apology.objects.exists()
    assert not Event.objects.filter(kind="dossiers.apologised").exists()


def test_a_clerk_says_sorry_for_nobody(desk: Desk) -> None:
    dossier = received(desk)
    with pytest.raises(NotAllowed):
        services.apologise(
            dossier.uuid, actor=desk.clerk, reason="Chậm", promised_on=PROMISED, at=LATER
        )
    assert not Apology.objects.exists()


def test_the_letter_can_be_printed(desk: Desk) -> None:
    done = sorry(desk, received(desk))
    form = papers.FORMS["xin-loi-qua-han"]
    assert form in papers.available(done)
    pdf = papers.printed(done, form, address=lambda kind, key, marks: f"{kind}-{key}-{len(marks)}")
    assert pdf.startswith(b"%PDF")


def test_the_head_is_told_once_of_what_is_late_without_an_apology(desk: Desk) -> None:
    first, second = received(desk), received(desk)
    services.extend(second.uuid, actor=desk.leader, reason="Chậm", term=FIVE_DAYS, at=AT)
    soon = AT + timedelta(days=4)
    assert note_overdue(actor=SYSTEM, at=AT, limit=9) == 0
    assert note_overdue(actor=SYSTEM, at=soon, limit=9) == 1
    assert note_overdue(actor=SYSTEM, at=soon, limit=9) == 0
    event = Event.objects.get(kind="dossiers.overdue")
    assert event.subject == first.uuid
    notify([event], at=soon)
    told = Notification.objects.filter(rule="dossiers.late.overdue")
    assert f"user:{desk.head.uuid}" in set(told.values_list("recipient", flat=True))
    assert list(listed_late(UNEXCUSED, desk.head, at=soon)) == [first]
    assert list(listed_late(UNEXCUSED, desk.province_clerk, at=soon)) == []


@pytest.mark.slow
def test_the_board_counts_by_agency_what_is_late_and_excused(desk: Desk) -> None:
    sorry(desk, received(desk))
    received(desk)
    done = concluded(desk)
    (row,) = by_agency(LATER)
    assert (row.agency, row.late_now, row.late_in_month) == (desk.commune.pk, 2, 0)
    assert (row.excused, row.unexcused, row.on_time, row.finished) == (1, 1, 1, 1)
    Dossier.objects.filter(pk=done.pk).update(due_at=AT - WEEK)
    (row,) = by_agency(LATER)
    assert (row.late_in_month, row.on_time, row.finished, row.share) == (1, 0, 1, 0.0)
    assert row.unexcused == 2
    assert by_agency(AT + timedelta(days=40))[0].finished == 0, "another month"
    assert len(late_of(desk.commune.pk, at=LATER)) == 2


@pytest.mark.slow
def test_the_board_the_head_the_mail_and_the_leader_say_the_same_number(desk: Desk) -> None:
    """Dossiers, each once, where they are settled; pieces of work are another number and are called so."""
    asked(desk, until(desk, "tham_dinh"))
    received(desk)
    concluded(desk)
    services.suspend(received(desk).uuid, actor=desk.leader, reason="Chờ bản án", at=AT)
    (board,) = by_agency(LATER)
    (head,) = [load for load in overview.by_agency(desk.head, at=LATER) if load.late_dossiers]
    mail = figures_of(desk.head, at=LATER)
    (leader,) = late_dossiers(Question(desk.head, LATER))
    assert (board.agency, board.late_now) == (head.agency, head.late_dossiers)
    assert board.late_now == mail["late_dossiers"] == 2
    assert leader.text == "2 hồ sơ quá hạn đến giờ này"
    assert board.unexcused == mail["unexcused"] + mail["decided_late"]
    assert mail["late"] == sum(load.late for load in overview.by_agency(desk.head, at=LATER))
    lists = {"?xem=": 2, "?xem=chua-xin-loi": mail["unexcused"], "?xem=tre": mail["decided_late"]}
    now = clock.now()
    Dossier.objects.filter(due_at__gt=AT).update(due_at=now - WEEK)
    client = signed_in(desk, "head")
    for address, number in lists.items():
        page = client.get(f"/ho-so/tinh-hinh/qua-han/{address}").content.decode()
        assert page.count('<tr class="is-late">') == number, address
    told = client.get("/ho-so/tinh-hinh/").content.decode()
    links = re.findall(r'href="(/ho-so/[^"]*(?:co-quan|nguoi)=[^"]*)">(\d+)<', told)
    assert f"/ho-so/tinh-hinh/qua-han/?co-quan={head.agency}" in dict(links)
    for there in links:
        address, number = unescape(there[0]), int(there[1])
        rows = client.get(address).content.decode()
        assert len(re.findall(r"<tr[^>]*>\s*<td", rows)) == number, address


def test_what_waits_for_the_applicant_is_not_late(desk: Desk) -> None:
    dossier = received(desk)
    services.suspend(dossier.uuid, actor=desk.leader, reason="Chờ bản án", at=AT)
    assert by_agency(LATER) == []


def test_the_board_is_one_grouped_question(desk: Desk) -> None:
    received(desk)
    with CaptureQueriesContext(connection) as put:
        by_agency(LATER)
    about = [query for query in put.captured_queries if "dossiers_dossier" in query["sql"]]
    assert len(about) == 1
    assert len(put.captured_queries) == 1, "figures alone"


@pytest.mark.slow
@pytest.mark.parametrize("name", ["withdraw", "cancel_receipt", "refuse", "stop"])
def test_what_ends_without_a_result_is_neither_in_time_nor_late(desk: Desk, name: str) -> None:
    ended = ACTS[name](desk).run(at=AT)
    assert ended.finished_at == AT
    assert by_agency(AT) == []
    Dossier.objects.filter(pk=ended.pk).update(due_at=AT - WEEK)
    assert by_agency(AT) == []
    concluded(desk)
    (row,) = by_agency(AT)
    assert (row.late_in_month, row.on_time, row.finished) == (0, 1, 1)


def test_names_stand_in_the_order_of_the_vietnamese_alphabet(desk: Desk) -> None:
    made = [
        make_agency(f"Xã {name}", kind=AgencyKind.COMMUNE, code=f"H99.5{index}")
        for index, name in enumerate(("Đông", "Dung", "Êa", "Em"))
    ]
    same = [Lateness(agency.pk, 1, 0, 0, 1, 0, 0) for agency in made]
    later = Lateness(desk.commune.pk, 2, 0, 0, 2, 0, 0)
    told = [row.name.split()[-1] for row in named([*same, later], AT.date())]
    assert told == ["Gia", "Dung", "Đông", "Em", "Êa"]


def test_the_board_speaks_the_language_of_each_reader(desk: Desk) -> None:
    """The figures stand for five minutes; the names are those of whoever reads."""
    AgencyPeriod.objects.filter(agency=desk.commune).update(name_en="Ba Gia Commune")
    received(desk, at=clock.now() - 2 * WEEK)
    english, vietnamese = Client(), Client()
    english.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    first = english.get("/cong-khai/").content.decode()
    assert "Ba Gia Commune" in first
    then = vietnamese.get("/cong-khai/").content.decode()
    assert "xã Ba Gia" in then
    assert "Commune" not in then


def test_anybody_reads_numbers_and_no_name(desk: Desk) -> None:
    dossier = received(desk, at=clock.now() - 2 * WEEK)
    visitor = Client()
    page = visitor.get("/cong-khai/").content.decode()
    assert "xã Ba Gia" in page
    assert 'href="/cong-khai/"' in visitor.get("/").content.decode()
    searched = {
        said: visitor.get(f"/cong-khai/?tim={said}").content.decode() for said in ("BA gi", "xa ky")
    }
    assert ["xã Ba Gia" in found for found in searched.values()] == [True, False]
    one = visitor.get(f"/cong-khai/?co-quan={desk.commune.pk}").content.decode()
    assert str(dossier.number) in one
    table = visitor.get("/cong-khai/?csv")
    assert table["Content-Type"].startswith("text/csv")
    assert dossier.applicant is not None
    for text in page, one, table.content.decode():
        assert dossier.applicant.name not in text
    assert visitor.get("/cong-khai/?co-quan=x").status_code == 200


def test_the_heads_page_lists_them_with_the_letter(desk: Desk) -> None:
    dossier = received(desk, at=clock.now() - 2 * WEEK)
    page = signed_in(desk, "head").get("/ho-so/tinh-hinh/qua-han/").content.decode()
    assert f"/ho-so/{dossier.uuid}/xin-loi/" in page


@pytest.mark.slow
def test_the_apology_is_offered_when_it_is_due_and_once(desk: Desk) -> None:
    now = clock.now()
    late, fresh = received(desk, at=now - 2 * WEEK), received(desk, at=now)
    client, link = signed_in(desk, "leader"), "/xin-loi/"
    assert link in client.get(f"/ho-so/{late.uuid}/").content.decode()
    assert link not in client.get(f"/ho-so/{fresh.uuid}/").content.decode()
    sorry(desk, late, at=now, on=(now + timedelta(days=2)).date())
    assert link not in client.get(f"/ho-so/{late.uuid}/").content.decode()
