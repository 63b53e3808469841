"""Tasks by month, on one page for the session, and as the report of a period."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO
from typing import TYPE_CHECKING
from uuid import uuid4

import docx
import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as some
from pypdf import PdfReader

from tinhso.accounts.models import User
from tinhso.calendars import clock
from tinhso.calendars.clock import day_of
from tinhso.indicators.reports.periods import Frequency, period_on
from tinhso.kernel.actors import SystemActor
from tinhso.kernel.days import DayUnreadable
from tinhso.tasks import services
from tinhso.tasks.models import Task
from tinhso.tasks.pages.month import first_in
from tinhso.tasks.printing.words import notation
from tinhso.tasks.queries.meeting import LINES, shares
from tinhso.tasks.queries.months import month_of
from tinhso.tasks.queries.performance import performance
from tinhso.tasks.services.recurring import open_periods
from tinhso.tasks.tests.factories import AT, accepted, brought, issued, proposed

if TYPE_CHECKING:
    from tinhso.tasks.tests.factories import Offices

DUE = date(2025, 9, 30)


def shown(offices: Offices, who: str, address: str, **query: str) -> str:
    client = Client()
    client.force_login(User.objects.get(pk=getattr(offices, who).user))
    answer = client.get(address, query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_month_is_whole_weeks_with_what_is_due_on_each_day(offices: Offices) -> None:
    task = issued(offices)
    assert task.deadline_on == DUE
    days = month_of(Task.objects.all(), date(2025, 9, 1), date(2025, 10, 2))
    assert (len(days), days[0].on, days[-1].on) == (35, date(2025, 9, 1), date(2025, 10, 5))
    [day] = [day for day in days if day.tasks]
    assert (day.on, day.tasks, day.late, day.more) == (DUE, 1, 1, 0)
    assert day.rows[0].task == task


def test_of_a_full_day_the_first_tasks_are_shown_and_all_are_counted(offices: Offices) -> None:
    first = issued(offices)
    Task.objects.bulk_create(
        Task(**{**_copied(first), "ordinal": 100 + n, "deadline_on": DUE}) for n in range(5)
    )
    days = month_of(Task.objects.all(), date(2025, 9, 1), DUE)
    [day] = [day for day in days if day.tasks]
    assert (len(day.rows), day.tasks, day.more, day.late) == (3, 6, 3, 0)


def _copied(task: Task) -> dict[str, object]:
    names = ("notice", "item", "agency", "lead", "start", "end", "text", "deadline_kind", "at")
    return {name: getattr(task, name) for name in (*names, "actor", "state")}


def test_an_address_that_names_no_month_shows_this_one() -> None:
    today = date(2026, 11, 22)
    assert first_in("2026-02", today) == date(2026, 2, 1)
    assert first_in("", today) == date(2026, 11, 1)
    for said in ("2026-13", "x", "9999-12", "0001-01"):
        with pytest.raises(DayUnreadable):
            first_in(said, today)


@pytest.mark.slow
def test_the_calendar_is_of_what_one_gave_or_leads(offices: Offices) -> None:
    task = issued(offices, at=clock.now())
    month = f"{task.deadline_on:%Y-%m}"
    for who in ("chair", "head"):
        page = shown(offices, who, reverse("tasks:month"), thang=month)
        assert reverse("tasks:task", args=[task.uuid]) in page
    assert str(task.uuid) not in shown(offices, "outsider", reverse("tasks:month"), thang=month)
    assert str(task.uuid) not in shown(offices, "chair", reverse("tasks:month"), thang="2020-01")


@pytest.mark.slow
@given(some.lists(some.integers(0, 500), min_size=3, max_size=3))
def test_three_parts_share_the_lines_of_one_page(wanted: list[int]) -> None:
    got = shares(wanted)
    assert sum(got) <= LINES
    assert all(0 <= each <= most for each, most in zip(got, wanted, strict=True))
    assert sum(got) == LINES or got == wanted


@pytest.mark.slow
def test_the_page_for_the_session_is_one_page_however_much_waits(offices: Offices) -> None:
    first, today = issued(offices, at=clock.now()), day_of(clock.now())
    words = "Rà soát, bổ sung, hoàn thiện hệ thống thông tin giải quyết thủ tục hành chính " * 6
    Task.objects.bulk_create(
        Task(
            **{
                **_copied(first),
                "item": uuid4(),
                "ordinal": 100 + n,
                "text": words,
                "deadline_on": day,
            }
        )
        for n, day in enumerate([today - timedelta(days=9)] * 30 + [today] * 30)
    )
    page = shown(offices, "chair", reverse("tasks:meeting"))
    assert "Tất cả 30 nhiệm vụ sắp đến hạn" in page
    client = Client()
    client.force_login(User.objects.get(pk=offices.chair.user))
    paper = PdfReader(BytesIO(client.get(reverse("tasks:meeting_paper")).content))
    assert len(paper.pages) == 1
    assert "Còn" in paper.pages[0].extract_text()


def test_done_counts_by_the_day_on_which_it_was_reported(offices: Offices) -> None:
    task = proposed(offices, at=AT)
    services.confirm_completion(task.uuid, actor=offices.follower, at=AT + timedelta(days=90))
    september = period_on(Frequency.MONTHLY, 1, DUE)
    found = performance(Task.objects.all(), september, at=AT + timedelta(days=200))
    assert (found.total.due, found.total.on_time, found.total.overdue) == (1, 1, 0)
    assert found.total.share == 100
    [line] = found.lines
    assert line.name.startswith("Sở Khoa học")


def test_what_was_not_done_is_named_and_what_runs_is_not_judged(offices: Offices) -> None:
    task = accepted(offices, at=AT)
    september = period_on(Frequency.MONTHLY, 1, DUE)
    before = performance(Task.objects.all(), september, at=AT)
    assert (before.total.running, before.total.judged, before.total.share) == (1, 0, None)
    after = performance(Task.objects.all(), september, at=AT + timedelta(days=90))
    assert (after.total.overdue, after.total.share) == (1, Decimal(0))
    assert [row.task for row in after.overdue] == [task]
    services.cancel(task.uuid, reason="Thôi", actor=offices.chair, at=AT)
    assert performance(Task.objects.all(), september, at=AT).total.due == 0


def test_done_after_its_day_is_late(offices: Offices) -> None:
    task = proposed(offices, at=AT)
    services.confirm_completion(task.uuid, actor=offices.follower, at=AT)
    Task.objects.update(deadline_on=day_of(AT) - timedelta(days=1))
    august = period_on(Frequency.MONTHLY, 1, day_of(AT))
    assert performance(Task.objects.all(), august, at=AT).total.late == 2 - 1


@pytest.mark.parametrize("code", ["2025-09", "2025-Q3", "2025"])
def test_the_table_of_any_period_opens(offices: Offices, code: str) -> None:
    issued(offices)
    assert "Sở Khoa học" in shown(offices, "chair", reverse("tasks:performance"), ky=code)


@pytest.mark.slow
def test_the_report_is_taken_along_as_pdf_and_word(offices: Offices) -> None:
    issued(offices)
    client = Client()
    client.force_login(User.objects.get(pk=offices.chair.user))
    query = {"ky": "2025-09"}
    pdf = client.get(reverse("tasks:performance_paper", args=["pdf"]), query)
    text = " ".join(PdfReader(BytesIO(pdf.content)).pages[0].extract_text().split())
    assert "rà soát 12 xã" in text
    word = client.get(reverse("tasks:performance_paper", args=["docx"]), query)
    paper = docx.Document(BytesIO(word.content))
    assert any("tháng 9/2025" in line.text for line in paper.paragraphs)
    assert "Sở Khoa học" in paper.tables[1].rows[1].cells[1].text
    last = [cell.text for cell in paper.tables[1].rows[-1].cells]
    assert last[:2] == ["", "Tổng số"], "sums are no line of their own number"
    heads = [one for one in paper.paragraphs if one.text.startswith(("I. ", "II. ", "III. "))]
    assert all(one.paragraph_format.keep_with_next for one in heads)
    head = " ".join(cell.text for cell in paper.tables[0].rows[0].cells)
    assert "/BC-UBND" in head
    assert "DỰ THẢO" in head
    assert "TM. ỦY BAN NHÂN DÂN" in paper.tables[-1].rows[0].cells[1].text
    assert client.get(reverse("tasks:performance_paper", args=["odt"])).status_code == 404


def test_the_menu_says_what_is_late(offices: Offices) -> None:
    issued(offices)
    page = shown(offices, "head", reverse("tasks:month"))
    assert "1 trễ" in page


WEEKLY = """THÔNG BÁO
Số: 9/TB-UBND
ngày 04 tháng 8 năm 2025
Nhiệm vụ:
1. UBND các xã, phường, đặc khu công khai số hồ sơ trễ hạn, cập nhật hằng tuần.
"""


@pytest.mark.slow
def test_a_line_of_weekly_work_names_its_week_and_leads_to_it_alone(offices: Offices) -> None:
    notice = brought(offices, WEEKLY)
    services.confirm(notice.uuid, expected=0, actor=offices.chair, at=AT)
    open_periods(actor=SystemActor("test"), at=AT + timedelta(days=7))
    board = reverse("tasks:board")
    lines = shown(offices, "chair", board, xem="dang-mo")
    assert lines.count("tuần 04/08-10/08/2025") == lines.count("tuần 11/08-17/08/2025") == 1
    item = str(Task.objects.filter(notice=notice)[0].item)
    assert f"muc={item}&amp;ky=&amp;" not in lines, "the order stands in its periods"
    for week in ("2025-W32", "2025-W33"):
        link = {"van-ban": str(notice.uuid), "muc": item, "ky": week, "xem": "tat-ca"}
        assert f"muc={item}&amp;ky={week}&amp;" in lines
        rows = shown(offices, "chair", board, **link).split("<tbody>")[1].split("</tbody>")[0]
        assert rows.count("<tr") == len(offices.communes)
        assert rows.count("· tuần ") == len(offices.communes)


@pytest.mark.parametrize(
    ("agency", "sign"),
    [
        ("UBND tỉnh Thử nghiệm", "UBND"),
        ("Sở Khoa học và Công nghệ tỉnh Thử nghiệm", "SKHCN"),
        ("Văn phòng UBND tỉnh Thử nghiệm", ""),
        ("Công an tỉnh Thử nghiệm", ""),
    ],
)
def test_a_sign_that_is_not_known_stays_blank(agency: str, sign: str) -> None:
    assert notation(agency) == sign
