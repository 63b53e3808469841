"""The services of a province in browsers: a procedure published anew, what must be filed on line and its exception,
filing with help on the machine of the centre, a dossier of another system that is typed by nobody.
"""

from __future__ import annotations

import re
import shutil
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.conf import settings
from django.core.management import call_command
from playwright.sync_api import expect

from tests.browser import LAPTOP, PHONE, axe, browser, looked_at, page
from tests.journeys.test_citizen import desk, to_the_form
from tests.journeys.test_desk import CARD, scans, the_rest
from tests.journeys.test_whole_life import sends, sits_down
from tinhso.calendars import clock
from tinhso.calendars.clock import day_of
from tinhso.dossiers.models import Channel, Dossier, ListedProcedure, PaperException
from tinhso.dossiers.tests.api.calling import PATH, content, make_caller, sent
from tinhso.dossiers.tests.factories import ID, MARRIAGE, officer
from tinhso.files.tests.factories import PDF

if TYPE_CHECKING:
    from playwright.sync_api import Page
    from pytest_django.live_server_helper import LiveServer

    from tests.browser import OpenPage, Violations
    from tinhso.dossiers.tests.factories import Desk

__all__ = ["axe", "browser", "desk", "page"]
pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
TITLE = "Cấp Giấy xác nhận tình trạng hôn nhân"


def raised(folder: Path, **changes: str) -> Path:
    """A copy of the pack of civil status in its next version, with words of the procedure changed."""
    for pack in ("core", "civil-status"):
        shutil.copytree(settings.PROJECT / "packs" / pack, folder / pack)
    header = folder / "civil-status" / "pack.yaml"
    header.write_text(
        re.sub(r'^version: ".+"$', 'version: "9.0"', header.read_text(), flags=re.MULTILINE)
    )
    entry = folder / "civil-status" / "procedures" / MARRIAGE / "procedure.yaml"
    text = re.sub(r"^version: \d+$", "version: 9", entry.read_text(), count=1, flags=re.MULTILINE)
    for before, after in changes.items():
        assert before in text
        text = text.replace(before, after)
    entry.write_text(text)
    return folder


def test_the_owner_changes_a_procedure_and_who_files_reads_it(
    desk: Desk, live_server: LiveServer, page: OpenPage, axe: Violations
) -> None:
    """Papers, fee, term: a file is changed, no code; the page tells it the same day, dossiers in hand keep theirs."""
    del desk
    folder = settings.HOME / "packs"
    shown, address = page(PHONE), f"{live_server.url}/thu-tuc/{MARRIAGE}/"
    shown.goto(address)
    expect(shown.get_by_text("3 ngày làm việc")).to_be_visible()
    looked_at(shown, "80-procedure-before", axe)
    changes = {
        "term: {amount: 3,": "term: {amount: 2,",
        "amount: 15000": "amount: 12000",
        "name: Giấy xác nhận tình trạng hôn nhân đã cấp trước đó": "name: Giấy xác nhận cũ, bản chính",
    }
    call_command("packs", "apply", raised(folder, **changes))
    shown.reload()
    for words in ("2 ngày làm việc", "12.000 đồng", "Giấy xác nhận cũ, bản chính"):
        expect(shown.get_by_text(words).first).to_be_visible()
    looked_at(shown, "81-procedure-after", axe)


def test_what_must_be_on_line_is_decided_helped_with_and_excepted(
    desk: Desk, live_server: LiveServer, page: OpenPage, axe: Violations
) -> None:
    ListedProcedure.objects.create(
        list="online_whole",
        version="1",
        code=MARRIAGE,
        period=(date(2023, 12, 1), None),
        document="Quyết định 1/QĐ-UBND",
    )
    head = officer("Lãnh đạo UBND tỉnh", "agency-leader", desk.province)
    shown = sits_down(page(LAPTOP), head, live_server.url)
    shown.goto(f"{live_server.url}/ho-so/truc-tuyen/")
    looked_at(shown, "82-ranking", axe)
    shown.locator(f"a[href='/ho-so/truc-tuyen/{MARRIAGE}/']").first.click()
    shown.get_by_label("Bắt buộc từ ngày").fill(day_of(clock.now()).isoformat())
    shown.get_by_label("Văn bản quyết định").fill("Quyết định 12/QĐ-UBND")
    shown.get_by_label("Lý do").fill("Nhiều người làm, hồ sơ đơn giản.")
    looked_at(shown, "83-duty", axe)
    shown.locator("main form button").last.click()
    expect(shown.get_by_text("Đã ghi quyết định bắt buộc nộp trực tuyến.")).to_be_visible()
    looked_at(shown, "84-ranked", axe)
    at_the_counter(sits_down(page(LAPTOP), desk.clerk, live_server.url), live_server.url, axe)


def at_the_counter(shown: Page, address: str, axe: Violations) -> None:
    """The desk is told to help; paper is taken with its reason only."""
    shown.goto(f"{address}/ho-so/tiep-nhan/{MARRIAGE}/?kenh=counter")
    expect(shown.get_by_text("giúp họ nộp trên Cổng Dịch vụ công quốc gia")).to_be_visible()
    scans(shown, CARD)
    expect(shown.get_by_text("Đã điền từ thẻ")).to_be_visible()
    the_rest(shown)
    shown.get_by_role("button", name="Tiếp nhận và cấp mã hồ sơ").click()
    expect(shown.get_by_role("link", name="Chọn “Lý do nhận hồ sơ giấy”.")).to_be_visible()
    looked_at(shown, "85-why-paper", axe)
    assert not Dossier.objects.exists()
    shown.get_by_role("radio").and_(shown.locator("[name=came-paper_reason]")).first.check()
    sends(shown, "Tiếp nhận và cấp mã hồ sơ", "Đã tiếp nhận hồ sơ")
    assert PaperException.objects.get().dossier == Dossier.objects.get()


def test_what_is_begun_at_home_is_finished_with_help_and_counts_as_on_line(
    desk: Desk, live_server: LiveServer, page: OpenPage, axe: Violations
) -> None:
    """Lan begins on the machine of the centre, cannot go on, and an officer helps her with her consent."""
    shown = page(PHONE)
    to_the_form(shown, live_server.url, None)
    shown.get_by_label("Họ và tên, hoặc tên tổ chức").fill("Lan Một")
    shown.get_by_label("Số điện thoại").fill("0000000001")
    shown.get_by_label("Địa chỉ").fill("Thôn Một, xã Ba Gia")
    shown.get_by_label("Số định danh cá nhân").fill(ID)
    shown.get_by_role("button", name="Lưu và làm tiếp sau").click()
    looked_at(shown, "86-kept", axe)
    code = shown.locator("main .num, main b, main strong").filter(has_text="-").first.inner_text()
    helping = sits_down(page(LAPTOP), desk.clerk, live_server.url)
    helping.goto(f"{live_server.url}/ho-so/tiep-nhan/ban-nhap/")
    helping.get_by_label("Mã bản nháp").fill(code)
    helping.get_by_label("Người khai đồng ý").check()
    looked_at(helping, "87-helping", axe)
    helping.get_by_role("button", name="Mở bản nháp").click()
    expect(helping.get_by_label("Họ và tên, hoặc tên tổ chức")).to_have_value("Lan Một")
    helping.get_by_label("Số điện thoại").clear()
    the_rest(helping)
    helping.get_by_label("Cơ quan có điểm giúp nộp").select_option(str(desk.commune.pk))
    helping.get_by_label("Người, điểm giúp nộp").fill("Tổ công nghệ số cộng đồng Thôn Một")
    helping.get_by_label("Người đồng ý cho nộp hộ").fill("Lan Một")
    helping.locator("[name=came-way]").first.check()
    looked_at(helping, "88-helped", axe)
    helping.get_by_role("button", name="Tiếp nhận và cấp mã hồ sơ").click()
    expect(helping.get_by_text("Đã tiếp nhận hồ sơ")).to_be_visible()
    looked_at(helping, "89-by-a-helper", axe)
    made = Dossier.objects.get()
    assert (made.channel, made.helping_agency) == (Channel.HELPER, desk.commune)


def test_a_dossier_of_another_system_comes_once_and_is_typed_by_nobody(
    desk: Desk, live_server: LiveServer, page: OpenPage, axe: Violations
) -> None:
    partner = make_caller(desk.province)
    body = sent(desk, foreign_code="000.00.19.H99-261123-0007")
    answers = [partner.post(PATH, body, Idempotency_Key="cuc-2026-000001") for _twice in range(2)]
    assert [answer.status_code for answer in answers] == [201, 200]
    dossier = Dossier.objects.get()
    assert content(answers[0])["foreign_code"] == dossier.foreign_code
    shown = sits_down(page(LAPTOP), desk.clerk, live_server.url)
    shown.get_by_role("link", name=TITLE).first.click()
    expect(shown.get_by_text("Lan Một").first).to_be_visible()
    looked_at(shown, "90-from-elsewhere", axe)
    shown.get_by_role("link", name="Tiếp nhận hồ sơ", exact=True).click()
    looked_at(shown, "91-receive", axe)
    sends(shown, "Tiếp nhận hồ sơ", "Đã tiếp nhận hồ sơ.")


def test_an_answer_brings_up_its_question_at_once(
    desk: Desk, live_server: LiveServer, page: OpenPage, axe: Violations
) -> None:
    """And takes it away again; what was typed and the file that was chosen stay."""
    shown = sits_down(page(LAPTOP), desk.clerk, live_server.url)
    shown.goto(f"{live_server.url}/ho-so/tiep-nhan/{MARRIAGE}/?kenh=counter")
    shown.get_by_label("Nơi cư trú").fill("Thôn Hai")
    papers = shown.locator("input[type=file]").first
    papers.set_input_files({"name": "cu.pdf", "mimeType": "application/pdf", "buffer": PDF})
    married = shown.get_by_role("group", name="Đã từng kết hôn?")
    married.get_by_label("Có", exact=True).check()
    expect(shown.locator("[name=tinh_trang]").first).to_be_visible()
    expect(married.get_by_label("Có", exact=True)).to_be_focused()
    looked_at(shown, "92-brought-up", axe)
    married.get_by_label("Không", exact=True).check()
    expect(shown.locator("[name=tinh_trang]")).to_have_count(0)
    expect(shown.get_by_label("Nơi cư trú")).to_have_value("Thôn Hai")
    assert papers.evaluate("input => input.files.length") == 1
    assert not Dossier.objects.exists()
