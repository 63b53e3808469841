"""Lan files for a certificate of marital status, looks her dossier up, and answers what she is asked."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tests.browser import PHONE, axe, browser, page
from tests.browser import looked_at as browser_looked_at
from tinhso.accounts.models import User
from tinhso.accounts.tests.factories import make_user
from tinhso.calendars import clock
from tinhso.dossiers import services
from tinhso.dossiers.models import Dossier, State
from tinhso.dossiers.tests.factories import ID, SYSTEM, make_desk
from tinhso.files.tests.factories import PDF
from tinhso.site.province.national import open_way

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page
    from pytest_django.fixtures import Settings
    from pytest_django.live_server_helper import LiveServer

    from tests.browser import OpenPage, Violations
    from tinhso.dossiers.tests.factories import Desk

__all__ = ["axe", "browser", "page"]
pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
SMALLEST_TARGET = 44
PASSWORD = "ba-con-meo-den"


@pytest.fixture
def desk(
    transactional_db: None, live_server: LiveServer, settings: Settings, tmp_path: Path
) -> Desk:
    """A house that plays the part of the national portal, its way to its own API, and a desk that works."""
    del transactional_db
    settings.DEMO = True
    settings.HOME, settings.PUBLIC_ADDRESS = tmp_path, live_server.url
    settings.FILES_ROOT = tmp_path / "files"
    desk = make_desk()
    open_way(actor=SYSTEM, now=timezone.now())
    return desk


def looked_at(shown: Page, name: str, axe: Violations | None) -> None:
    """As every page is looked at; and what is touched is large enough for a thumb."""
    browser_looked_at(shown, name, axe)
    small = shown.evaluate(
        """() => [...document.querySelectorAll("main .button, main .govuk-input")]
            .map(one => one.getBoundingClientRect().height).filter(height => height)"""
    )
    assert min(small, default=SMALLEST_TARGET) >= SMALLEST_TARGET


def to_the_form(shown: Page, address: str, axe: Violations | None) -> None:
    """From the first page to the first step of the form."""
    shown.goto(address)
    looked_at(shown, "01-home", axe)
    shown.get_by_label("Tìm thủ tục").fill("doc than")
    shown.get_by_role("button", name="Tìm", exact=True).click()
    looked_at(shown, "02-procedures", axe)
    shown.get_by_role("link", name="Cấp Giấy xác nhận tình trạng hôn nhân").click()
    looked_at(shown, "03-procedure", axe)
    shown.get_by_role("button", name="Nộp hồ sơ").click()
    shown.get_by_label("Lọc danh sách").fill("ba gia")
    shown.get_by_role("button", name="Lọc").click()
    looked_at(shown, "04-place", axe)
    shown.get_by_label("Xã Ba Gia").check()
    go_on(shown)


def go_on(shown: Page) -> None:
    shown.get_by_role("button", name="Tiếp tục", exact=True).click()


def date_of_birth(shown: Page, day: str, month: str, year: str) -> None:
    for label, text in (("Ngày", day), ("Tháng", month), ("Năm", year)):
        shown.get_by_role("group", name="Ngày sinh").get_by_label(label).fill(text)


def fill_in(shown: Page, axe: Violations | None) -> None:
    """All steps, the date of birth wrong at first."""
    expect(shown.get_by_text("Bước 2 trong 7")).to_be_visible()
    expect(shown.get_by_text("Người nộp là: Cá nhân")).to_be_visible()
    shown.get_by_label("Họ và tên, hoặc tên tổ chức").fill("Lan Một")
    shown.get_by_label("Số điện thoại").fill("0000000001")
    shown.get_by_label("Địa chỉ").fill("Thôn Một, xã Ba Gia")
    shown.get_by_label("Số định danh cá nhân").fill(ID)
    looked_at(shown, "05-applicant", axe)
    go_on(shown)

    shown.get_by_label("Họ và tên người được xác nhận").fill("Lan Một")
    shown.get_by_label("Nơi cư trú").fill("Thôn Một")
    date_of_birth(shown, "31", "2", "2000")
    go_on(shown)
    expect(shown.get_by_role("alert")).to_be_visible()
    looked_at(shown, "06-wrong-date", axe)
    assert shown.get_by_role("group", name="Ngày sinh").get_by_label("Ngày").input_value() == "31"
    assert shown.get_by_label("Nơi cư trú").input_value() == "Thôn Một"
    date_of_birth(shown, "1", "5", "2000")
    go_on(shown)

    shown.get_by_label("Không", exact=True).check()
    go_on(shown)
    shown.get_by_label("Đăng ký kết hôn").check()
    shown.get_by_label("Tại quầy").check()
    go_on(shown)
    shown.get_by_label("Họ và tên người dự định kết hôn").fill("Hùng")
    go_on(shown)


def hand_in(shown: Page, axe: Violations | None) -> Dossier:
    """The papers, the check, the declaration, the confirmation."""
    shown.get_by_label("Giấy xác nhận tình trạng hôn nhân đã cấp").set_input_files(
        {"name": "giay-cu.pdf", "mimeType": "application/pdf", "buffer": PDF}
    )
    looked_at(shown, "07-papers", axe)
    go_on(shown)
    expect(shown.get_by_text("giay-cu.pdf")).to_be_visible()
    looked_at(shown, "08-check", axe)
    shown.get_by_label("Tôi cam đoan").check()
    shown.get_by_role("button", name="Nộp hồ sơ").click()
    expect(shown.get_by_role("heading", name="Đã nộp hồ sơ")).to_be_visible()
    looked_at(shown, "09-submitted", axe)
    return Dossier.objects.get()


def look_up(shown: Page, address: str, dossier: Dossier, axe: Violations | None) -> None:
    """By the address in the QR code, from a device that has seen nothing yet."""
    shown.goto(f"{address}/tra-cuu/?ma={dossier.reference}")
    looked_at(shown, "10-look-up", axe)
    shown.get_by_label("Số định danh cá nhân hoặc mã số thuế").fill("000190000009")
    shown.get_by_role("button", name="Tra cứu").click()
    expect(shown.get_by_text("Không tìm thấy hồ sơ nào khớp")).to_be_visible()
    looked_at(shown, "11-wrong-pair", axe)
    shown.get_by_label("Số định danh cá nhân hoặc mã số thuế").fill(ID)
    shown.get_by_role("button", name="Tra cứu").click()


def supplement(shown: Page, axe: Violations | None) -> None:
    """What was asked is on top, each with a file or why there is none; what was typed is below."""
    expect(shown.get_by_text("Giấy xác nhận đã cấp, bản rõ hơn")).to_be_visible()
    looked_at(shown, "13-asked", axe)
    shown.get_by_role("link", name="Bổ sung hồ sơ").click()
    looked_at(shown, "14-supplement", axe)
    typed = shown.get_by_label("Họ và tên người dự định kết hôn")
    shown.locator("details", has=typed).locator("summary").click()
    assert typed.input_value() == "Hùng"
    typed.fill("Nam")
    shown.get_by_role("button", name="Nộp bổ sung").click()
    expect(shown.get_by_role("alert")).to_contain_text("ghi vì sao không có")
    expect(typed).to_be_visible()
    looked_at(shown, "14-supplement-wrong", axe)
    shown.get_by_label("Nếu không kèm tệp").fill("Không còn bản nào rõ hơn")
    shown.get_by_role("button", name="Nộp bổ sung").click()
    expect(shown.get_by_text("Đã nộp bổ sung")).to_be_visible()


def test_the_pages_are_accessible(
    live_server: LiveServer, page: OpenPage, axe: Violations, desk: Desk
) -> None:
    the_whole_story(live_server.url, lambda: page(PHONE), axe, desk)


def test_lan_files_looks_up_and_supplements_without_scripts(
    live_server: LiveServer, page: OpenPage, desk: Desk
) -> None:
    """Without JavaScript, on a phone; axe itself needs scripts."""
    the_whole_story(live_server.url, lambda: page(PHONE, javascript=False), None, desk)


@pytest.mark.usefixtures("desk")
def test_an_account_says_who_it_is_and_begins(
    live_server: LiveServer, page: OpenPage, axe: Violations
) -> None:
    make_user("Lan", kind=User.Kind.CITIZEN, password=PASSWORD, email="lan@example.vn")
    shown = page(PHONE)
    shown.goto(f"{live_server.url}/ho-so-cua-toi/")
    looked_at(shown, "20-sign-in", axe)
    shown.get_by_label("Thư điện tử").fill("lan@example.vn")
    shown.get_by_label("Mật khẩu").fill(PASSWORD)
    shown.get_by_role("button", name="Đăng nhập").click()
    looked_at(shown, "21-own-unsaid", axe)
    shown.get_by_role("link", name="Khai thông tin của tôi").click()
    looked_at(shown, "22-person", axe)
    date_of_birth(shown, "1", "5", "2200")
    shown.get_by_label("Số định danh cá nhân").fill(ID)
    shown.get_by_label("Số điện thoại").fill("0000000001")
    shown.get_by_label("Địa chỉ").fill("Thôn Một, xã Ba Gia")
    shown.get_by_role("button", name="Lưu").click()
    expect(shown.get_by_role("alert")).to_contain_text("không được sau ngày")
    looked_at(shown, "23-person-wrong", axe)
    date_of_birth(shown, "1", "5", "2000")
    shown.get_by_role("button", name="Lưu").click()
    expect(shown.get_by_text("Đã lưu thông tin của bạn.")).to_be_visible()
    looked_at(shown, "24-person-said", axe)
    shown.goto(f"{live_server.url}/ho-so-cua-toi/")
    looked_at(shown, "25-own", axe)


def the_whole_story(
    address: str, device: Callable[[], Page], axe: Violations | None, desk: Desk
) -> None:
    shown = device()
    to_the_form(shown, address, axe)
    fill_in(shown, axe)
    dossier = hand_in(shown, axe)

    shown = device()
    look_up(shown, address, dossier, axe)
    expect(shown.get_by_role("heading", name="Tiếp nhận hồ sơ")).to_be_visible()
    looked_at(shown, "12-waiting", axe)

    at = clock.now()
    services.receive(dossier.uuid, actor=desk.clerk, at=at)
    services.request_supplement(
        dossier.uuid,
        actor=desk.specialist,
        items=["Giấy xác nhận đã cấp, bản rõ hơn"],
        reason="Bản chụp không đọc được.",
        at=at,
    )
    shown.reload()
    supplement(shown, axe)
    looked_at(shown, "15-in-process", axe)
    assert Dossier.objects.get().state == State.IN_PROCESS
    assert Dossier.objects.get().submissions.count() == 1 + 1
