"""The book of a desk: what it received, for whoever receives there, printed and as a spreadsheet."""

from __future__ import annotations

import io
from datetime import date, timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from django.test import Client
from python_calamine import CalamineWorkbook

from tinhso.accounts.models import User
from tinhso.accounts.tests.factories import make_grant, make_role
from tinhso.agencies.models import AgencyKind, Succession
from tinhso.agencies.tests.factories import make_agency
from tinhso.dossiers import services
from tinhso.dossiers.models import Dossier, HandOver
from tinhso.dossiers.pages import book as book_pages
from tinhso.dossiers.permissions import DossierPermission
from tinhso.dossiers.queries import book
from tinhso.dossiers.tests.factories import AT, ID, received, submitted
from tinhso.dossiers.tests.stages import ACTS
from tinhso.events.models import Event

if TYPE_CHECKING:
    from tinhso.dossiers.tests.factories import Desk


def lines(desk: int, *, since: date, until: date) -> list[book.BookLine]:
    return book.lines_of(book.entered(desk, since=since, until=until), until=until)


PAGE = "/ho-so/so-theo-doi/"
PERIOD = "?tu=2026-09-14&den=2026-09-14"


def opened(desk: Desk, who: str = "clerk") -> Client:
    client = Client()
    client.force_login(User.objects.get(pk=getattr(desk, who).user))
    return client


def test_it_shows_what_was_received_that_day(desk: Desk) -> None:
    dossier = received(desk)
    waiting = submitted(desk)
    page = opened(desk).get(PAGE + PERIOD).content.decode()
    assert str(dossier.number) in page
    assert waiting.shown_reference not in page
    assert ID not in page
    read = Event.objects.filter(kind="parties.read").latest("id")
    assert read.payload["purpose"] == "book"


def test_its_day_is_the_official_day(desk: Desk) -> None:
    midnight = AT.replace(hour=17, minute=0)
    for at in (midnight - timedelta(minutes=1), midnight):
        Dossier.objects.filter(pk=received(desk).pk).update(received_at=at)
    day = AT.date()
    assert len(lines(desk.commune.pk, since=day, until=day)) == 1
    following = day + timedelta(days=1)
    assert len(lines(desk.commune.pk, since=following, until=following)) == 1


def test_the_spreadsheet_holds_text_alone(desk: Desk) -> None:
    dossier = received(desk)
    applicant = dossier.applicant
    assert applicant is not None
    type(applicant).objects.filter(pk=applicant.pk).update(address="=1+1")
    answer = opened(desk).get(f"{PAGE}{PERIOD}&tai=xlsx")
    rows = (
        CalamineWorkbook.from_filelike(io.BytesIO(answer.getvalue()))
        .get_sheet_by_index(0)
        .to_python()
    )
    assert rows[1][1] == dossier.number
    assert str(rows[1][4]).startswith("=1+1")


@pytest.mark.slow
def test_an_english_page_tells_it_in_english_and_what_is_kept_is_vietnamese(desk: Desk) -> None:
    act = ACTS["cancel_receipt"](desk)
    dossier = act.run()
    client = opened(desk)
    client.cookies["django_language"] = "en"
    page = client.get(PAGE + PERIOD).content.decode()
    procedure = dossier.procedure
    assert procedure.definition["name_en"] in page
    assert procedure.procedure.name not in page
    assert "Receipt cancelled" in page
    kept = client.get(f"{PAGE}{PERIOD}&tai=xlsx")
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(kept.getvalue())).get_sheet_by_index(0)
    heads, line = sheet.to_python()
    assert heads[2] == "Tên thủ tục hành chính"
    assert line[2] == procedure.procedure.name
    assert "Đã hủy tiếp nhận" in str(line[11])


@pytest.mark.slow
def test_the_spreadsheet_holds_every_line(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(book, "AT_ONCE", 2)
    numbers = [received(desk).number for _dossier in range(5)]
    answer = opened(desk).get(f"{PAGE}{PERIOD}&tai=xlsx")
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(answer.getvalue())).get_sheet_by_index(0)
    assert [row[1] for row in sheet.to_python()[1:]] == numbers
    assert Event.objects.filter(kind="parties.read", payload__purpose="book").count() == 3


def test_what_is_too_long_for_paper_is_refused_with_its_length(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(book_pages, "MOST_PRINTED", 1)
    for _dossier in range(2):
        received(desk)
    client = opened(desk)
    answer = client.get(f"{PAGE}{PERIOD}&tai=pdf")
    assert answer.status_code == 409
    assert "2 hồ sơ" in answer.content.decode()
    assert "tai=pdf" not in client.get(PAGE + PERIOD).content.decode()


@pytest.mark.slow
def test_what_ended_without_a_result_is_marked(desk: Desk) -> None:
    cancelled, withdrawn = received(desk), received(desk)
    services.cancel_receipt(cancelled.uuid, actor=desk.clerk, reason="Nhầm", at=AT)
    services.withdraw(withdrawn.uuid, actor=desk.clerk, reason="Đơn xin rút", at=AT)
    shown = opened(desk).get(PAGE + PERIOD).content.decode()
    assert "× Đã hủy tiếp nhận 14/09/2026" in shown
    assert "× Người nộp rút hồ sơ 14/09/2026" in shown


@pytest.mark.slow
def test_what_was_taken_up_again_shows_the_last_hand_over(desk: Desk) -> None:
    act = ACTS["reopen"](desk)
    day = AT.date()
    [before] = lines(desk.commune.pk, since=day, until=day)
    assert before.handed_over_at == AT
    done = act.run(at=AT + timedelta(hours=1))
    [reopened] = lines(desk.commune.pk, since=day, until=day)
    assert (reopened.handed_over_at, reopened.result_at) == (None, None)
    later = AT + timedelta(hours=2)
    HandOver.objects.create(
        id=uuid4(), dossier_id=done.pk, at=later, actor="system:test", way="post", receiver=""
    )
    [again] = lines(desk.commune.pk, since=day, until=day)
    assert (again.way, again.handed_over_at) == ("post", later)


def test_it_is_printed(desk: Desk) -> None:
    received(desk)
    answer = opened(desk).get(f"{PAGE}{PERIOD}&tai=pdf")
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")


def test_a_book_asks_the_database_no_more_for_more_lines(
    desk: Desk, django_assert_max_num_queries: object
) -> None:
    for _number in range(3):
        received(desk)
    day = AT.date()
    with django_assert_max_num_queries(6):  # type: ignore[operator]
        assert len(lines(desk.commune.pk, since=day, until=day)) == 3


@pytest.mark.parametrize("who", ["specialist", "outsider"])
def test_whoever_does_not_receive_there_is_refused(desk: Desk, who: str) -> None:
    received(desk)
    assert opened(desk, who).get(PAGE).status_code == 403


def test_another_desk_s_book_is_not_opened_by_its_key(desk: Desk) -> None:
    dossier = received(desk)
    page = opened(desk, "province_clerk").get(f"{PAGE}{PERIOD}&quay={desk.commune.pk}")
    assert str(dossier.number) not in page.content.decode()


@pytest.mark.parametrize("asked", ["?tu=rac", "?tu=2026-09-14&den=2026-09-13", "?tu=1000-01-01"])
def test_days_that_make_no_period_are_refused(desk: Desk, asked: str) -> None:
    assert opened(desk).get(PAGE + asked).status_code == 422


def test_each_line_leads_to_its_dossier(desk: Desk) -> None:
    dossier = received(desk)
    page = opened(desk).get(PAGE + PERIOD).content.decode()
    assert f'href="/ho-so/{dossier.uuid}/">{dossier.number}</a>' in page


def test_one_s_own_desk_is_open_before_those_that_it_follows(desk: Desk) -> None:
    gone = make_agency("A đã giải thể", parent=desk.province, until=AT.date())
    Succession.objects.create(
        predecessor=gone, successor=desk.commune, kind="merge", on=AT.date(), legal_basis="Thử"
    )
    page = opened(desk).get(PAGE)
    assert page.context["asked"].desk == desk.commune.pk
    assert str(gone.pk) in dict(page.context["desks"])


def test_whoever_receives_over_all_parts_of_a_divided_commune_opens_its_book(desk: Desk) -> None:
    gone = make_agency("Xã đã chia", parent=desk.province, until=AT.date())
    parts = [desk.commune, make_agency("Xã Mới", kind=AgencyKind.COMMUNE, parent=desk.province)]
    for part in parts:
        Succession.objects.create(
            predecessor=gone, successor=part, kind="split", on=AT.date(), legal_basis="Thử"
        )
    asked = f"{PAGE}{PERIOD}&quay={gone.pk}"
    assert opened(desk).get(asked).context["asked"].desk == desk.commune.pk
    make_grant(
        User.objects.get(pk=desk.clerk.user), make_role([DossierPermission.RECEIVE]), parts[1]
    )
    page = opened(desk).get(asked)
    assert page.status_code == 200
    assert page.context["asked"].desk == gone.pk


@pytest.mark.slow
def test_what_left_the_queue_is_found_in_the_book_of_any_day(desk: Desk) -> None:
    older, newer = received(desk), received(desk, at=AT + timedelta(minutes=1))
    client = opened(desk)
    empty = client.get("/ho-so/", {"cua": "toi", "tim": str(older.number)}).content.decode()
    assert f'href="{PAGE}?tim={older.number}"' in empty
    found = client.get(PAGE, {"tim": str(older.number), "tu": "2020-01-01", "den": "2020-01-02"})
    assert [entry.pk for entry in found.context["page"]] == [older.pk]
    both = client.get(PAGE, {"tim": ID})
    assert [entry.pk for entry in both.context["page"]] == [newer.pk, older.pk]


def test_who_settles_finds_a_received_dossier_too_and_nobody_elsewhere_does(desk: Desk) -> None:
    dossier = received(desk)
    found = {
        name: opened(desk, name).get(PAGE, {"tim": str(dossier.number)})
        for name in ("leader", "outsider")
    }
    assert [entry.pk for entry in found["leader"].context["page"]] == [dossier.pk]
    assert [entry.pk for entry in found["outsider"].context["page"]] == []
    assert opened(desk, "leader").get(PAGE).status_code == 403, "the book itself is the desk's"


def test_an_empty_search_of_who_has_no_desk_asks_for_words(desk: Desk) -> None:
    received(desk)
    answer = opened(desk, "leader").get(PAGE, {"quay": "0", "tim": " ", "tai": "xlsx"})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "Nhập mã hồ sơ, tên, số định danh hoặc điện thoại để tìm." in page
    assert not answer.context["rows"]
    assert 'name="tu"' not in page, "days are asked of a desk's book"
