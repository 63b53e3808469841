"""A dossier's whole life in browsers: Lan files, the counter receives, an officer asks another agency and
proposes, the head decides, the result is written and handed over, Lan sees it. And what the head sees at night.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.test import Client
from playwright.sync_api import expect

from tests.browser import LAPTOP, PHONE, axe, browser, looked_at, page
from tests.journeys.test_citizen import desk, fill_in, hand_in, look_up, to_the_form
from tinhso.accounts.models import User
from tinhso.calendars import clock
from tinhso.dossiers.models import Dossier, State
from tinhso.dossiers.tests.factories import received, submitted
from tinhso.files.tests.factories import PDF

if TYPE_CHECKING:
    from playwright.sync_api import Page
    from pytest_django.live_server_helper import LiveServer

    from tests.browser import OpenPage, Violations
    from tinhso.accounts.actors import OfficerActor
    from tinhso.dossiers.tests.factories import Desk

__all__ = ["axe", "browser", "desk", "page"]
pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
LONG_AGO = timedelta(days=60)


def sits_down(shown: Page, officer: OfficerActor, address: str) -> Page:
    """The same device with this officer signed in, at the queue; the cookie is that of a test client."""
    client = Client()
    client.force_login(User.objects.get(pk=officer.user))
    session = client.cookies["sessionid"].value
    shown.context.add_cookies([{"name": "sessionid", "value": session, "url": address}])
    shown.goto(f"{address}/ho-so/")
    return shown


def opens_from_the_queue(shown: Page, dossier: Dossier) -> None:
    shown.get_by_role("link", name="Cấp Giấy xác nhận tình trạng hôn nhân").first.click()
    expect(shown.get_by_role("heading", level=1)).to_contain_text("tình trạng hôn nhân")
    assert str(dossier.uuid) in shown.url


def acts(shown: Page, name: str, axe: Violations | None, picture: str) -> None:
    """Open the form of an act, look at it."""
    shown.get_by_role("link", name=name, exact=True).click()
    expect(shown.get_by_role("heading", level=1)).to_have_text(name)
    looked_at(shown, picture, axe)


def sends(shown: Page, name: str, said: str, *, presses: int = 1) -> None:
    shown.get_by_role("button", name=name, exact=True).click(click_count=presses)
    expect(shown.get_by_text(said)).to_be_visible()


def counter_receives(shown: Page, dossier: Dossier, axe: Violations | None) -> None:
    looked_at(shown, "20-queue", axe)
    opens_from_the_queue(shown, dossier)
    looked_at(shown, "21-dossier", axe)
    acts(shown, "Tiếp nhận hồ sơ", axe, "22-receive")
    for paper in shown.locator("main select[name^=seen-]").all():
        paper.select_option("electronic")
    sends(shown, "Tiếp nhận hồ sơ", "Đã tiếp nhận hồ sơ.", presses=2 if axe else 1)


def officer_asks_and_proposes(shown: Page, dossier: Dossier, axe: Violations | None) -> None:
    opens_from_the_queue(shown, dossier)
    shown.get_by_role("button", name="Nhận xử lý").click()
    expect(shown.get_by_text("Đã nhận xử lý.")).to_be_visible()
    acts(shown, "Lấy ý kiến", axe, "23-ask")
    shown.get_by_label("Cơ quan được hỏi").select_option("Sở Y tế")
    shown.get_by_label("Nội dung hỏi").fill("Có ảnh hưởng không?")
    sends(shown, "Lấy ý kiến", "Đã gửi lấy ý kiến.")
    looked_at(shown, "24-asked", axe)


def other_agency_answers(shown: Page, dossier: Dossier, axe: Violations | None) -> None:
    opens_from_the_queue(shown, dossier)
    acts(shown, "Cho ý kiến", axe, "25-opinion")
    shown.get_by_label("Đồng ý", exact=True).check()
    shown.get_by_label("Nội dung ý kiến").fill("Thống nhất.")
    sends(shown, "Cho ý kiến", "Đã gửi ý kiến.")


def officer_proposes(shown: Page, dossier: Dossier, axe: Violations | None) -> None:
    opens_from_the_queue(shown, dossier)
    expect(shown.get_by_text("Thống nhất.").first).to_be_visible()
    acts(shown, "Chuyển bước", axe, "26-forward")
    shown.get_by_role("radio").first.check()
    sends(shown, "Chuyển bước", "Đã chuyển bước.")


def head_decides(shown: Page, dossier: Dossier, axe: Violations | None) -> None:
    opens_from_the_queue(shown, dossier)
    acts(shown, "Quyết định", axe, "27-decide")
    shown.get_by_label("Đồng ý giải quyết").check()
    sends(shown, "Quyết định", "Đã ghi quyết định.", presses=2 if axe else 1)  # scripts run


def officer_writes_the_result(shown: Page, dossier: Dossier, axe: Violations | None) -> None:
    opens_from_the_queue(shown, dossier)
    acts(shown, "Nhập kết quả", axe, "28-result")
    shown.get_by_label("Số, ký hiệu").fill("12/UBND-XNTTHN")
    shown.get_by_label("Người ký, chức vụ").fill("Hoa, Chủ tịch UBND xã")
    shown.get_by_label("Ngày ký").fill(clock.day_of(clock.now()).isoformat())
    shown.get_by_label("Tệp kết quả (PDF)").set_input_files(
        {"name": "ket-qua.pdf", "mimeType": "application/pdf", "buffer": PDF}
    )
    sends(shown, "Nhập kết quả", "Đã lưu kết quả.")


def counter_hands_over(shown: Page, dossier: Dossier, axe: Violations | None) -> None:
    opens_from_the_queue(shown, dossier)
    acts(shown, "Trả kết quả", axe, "29-hand-over")
    shown.get_by_label("Tại quầy").check()
    sends(shown, "Trả kết quả", "Đã trả kết quả.")
    looked_at(shown, "30-done", axe)


def the_whole_life(
    address: str, device: OpenPage, axe: Violations | None, desk: Desk, **how: int | bool
) -> None:
    if how == {"width": LAPTOP}:
        lans = device(**how)
        to_the_form(lans, address, None)
        fill_in(lans, None)
        dossier = hand_in(lans, None)
    else:  # filing on a phone and without scripts is the journey of the citizen
        dossier = submitted(desk, at=clock.now())

    office = device(**how)
    counter_receives(sits_down(office, desk.clerk, address), dossier, axe)
    officer_asks_and_proposes(sits_down(office, desk.specialist, address), dossier, axe)
    other_agency_answers(sits_down(office, desk.outsider, address), dossier, axe)
    officer_proposes(sits_down(office, desk.specialist, address), dossier, axe)
    head_decides(sits_down(office, desk.leader, address), dossier, axe)
    officer_writes_the_result(sits_down(office, desk.specialist, address), dossier, axe)
    counter_hands_over(sits_down(office, desk.clerk, address), dossier, axe)

    lans = device(**how)
    look_up(lans, address, dossier, None)
    expect(lans.get_by_text("Đã trả kết quả").first).to_be_visible()
    expect(lans.get_by_text("12/UBND-XNTTHN")).to_be_visible()
    looked_at(lans, "31-result", axe)
    with lans.expect_download() as download:
        lans.get_by_role("link", name="Tải").first.click()
    assert download.value.path().read_bytes() == PDF
    assert Dossier.objects.get().state == State.HANDED_OVER


def test_a_dossier_lives_from_filing_to_result(
    live_server: LiveServer, page: OpenPage, axe: Violations, desk: Desk
) -> None:
    the_whole_life(live_server.url, page, axe, desk, width=LAPTOP)


def test_it_lives_without_scripts(live_server: LiveServer, page: OpenPage, desk: Desk) -> None:
    """On a phone without JavaScript; axe itself needs scripts."""
    the_whole_life(live_server.url, page, None, desk, width=PHONE, javascript=False)


def test_the_head_sees_what_is_late_and_goes_there(
    live_server: LiveServer, page: OpenPage, axe: Violations, desk: Desk
) -> None:
    late = received(desk, at=clock.now() - LONG_AGO)
    received(desk, at=clock.now())
    shown = sits_down(page(PHONE), desk.leader, live_server.url)
    shown.goto(f"{live_server.url}/ho-so/tinh-hinh/")
    expect(shown.get_by_role("heading", name="Cần xử lý ngay")).to_be_visible()
    expect(shown.get_by_text("Quá hạn lâu nhất: 1 trong 1 hồ sơ")).to_be_visible()
    looked_at(shown, "32-overview", axe)
    row = shown.get_by_role("row", name="UBND xã Ba Gia").last
    row.get_by_role("link", name="1", exact=True).first.click()
    expect(shown.get_by_text(str(late.number)).locator("visible=true").first).to_be_visible()
    looked_at(shown, "33-late", axe)
