"""The desk in a browser: a card, an intake, the receipt, against the clock."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser import LAPTOP, PHONE, axe, browser, looked_at, page
from tests.journeys.test_citizen import date_of_birth, desk
from tests.journeys.test_whole_life import sits_down
from tinhso.calendars import clock
from tinhso.counter.services import open_desk
from tinhso.counter.tests.factories import brought
from tinhso.dossiers.models import Dossier, State
from tinhso.dossiers.tests.factories import MARRIAGE

if TYPE_CHECKING:
    from playwright.sync_api import Page
    from pytest_django.live_server_helper import LiveServer

    from tests.browser import OpenPage, Violations
    from tinhso.dossiers.tests.factories import Desk

__all__ = ["axe", "browser", "desk", "page"]
pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
CARD = "000190000007||Hoa Hai|02011990|Nữ|Thôn Hai, xã Ba Gia|15062021"
PRINTED = "/ho-so/%s/in/giay-tiep-nhan.pdf"
"""Form 01, the receipt with the appointed day."""
A_MINUTE = 60
A_KEY_STROKE = 60
"""Milliseconds between two keys of somebody who types for a living; a scanner types in one go."""


def knows_it_is_early(shown: Page) -> None:
    """Before work ends the page asks; whether it has depends on the hour at which the tests run."""
    box = shown.get_by_label("Khóa sổ sớm")
    if box.count():
        box.check()


def scans(shown: Page, text: str) -> None:
    """A scanner is a keyboard that ends with Enter."""
    box = shown.get_by_label("Quét mã QR trên thẻ căn cước")
    box.click()
    shown.keyboard.insert_text(text)
    shown.keyboard.press("Enter")


def types(shown: Page, label: str, text: str) -> None:
    shown.get_by_label(label).press_sequentially(text, delay=A_KEY_STROKE)


def the_rest(shown: Page) -> None:
    """What no card says."""
    types(shown, "Số điện thoại", "0000000007")
    types(shown, "Họ và tên người được xác nhận", "Hoa Hai")
    date_of_birth(shown, "2", "1", "1990")
    types(shown, "Nơi cư trú", "Thôn Hai")
    shown.get_by_label("Mua bán, chuyển nhượng tài sản").check()
    shown.get_by_role("group", name="Đã từng kết hôn?").get_by_label("Không", exact=True).check()
    shown.get_by_label("Tại quầy").check()


def test_an_intake_takes_less_than_a_minute(
    desk: Desk, live_server: LiveServer, page: OpenPage, axe: Violations
) -> None:
    shown = sits_down(page(LAPTOP), desk.clerk, live_server.url)
    started = time.monotonic()
    shown.goto(f"{live_server.url}/ho-so/tiep-nhan/")
    shown.locator(f"a[href*='{MARRIAGE}']").first.click()
    scans(shown, CARD)
    expect(shown.get_by_text("Đã điền từ thẻ")).to_be_visible()
    expect(shown.get_by_label("Số định danh cá nhân")).to_have_value("000190000007")
    the_rest(shown)
    shown.get_by_role("button", name="Tiếp nhận và cấp mã hồ sơ").click()
    expect(shown.get_by_text("Đã tiếp nhận hồ sơ")).to_be_visible()
    printed = shown.request.get(f"{live_server.url}{PRINTED % Dossier.objects.get().uuid}")
    assert printed.body().startswith(b"%PDF")
    assert time.monotonic() - started < A_MINUTE
    assert Dossier.objects.get().state == State.IN_PROCESS
    looked_at(shown, "60-received", axe)


def test_the_card_without_scripts(desk: Desk, live_server: LiveServer, page: OpenPage) -> None:
    shown = sits_down(page(PHONE, javascript=False), desk.clerk, live_server.url)
    shown.goto(f"{live_server.url}/ho-so/tiep-nhan/{MARRIAGE}/")
    shown.get_by_label("Quét mã QR trên thẻ căn cước").fill("không phải thẻ")
    shown.get_by_role("button", name="Điền từ thẻ").click()
    expect(shown.get_by_text("Không đọc được mã QR trên thẻ căn cước")).to_be_visible()
    shown.get_by_label("Quét mã QR trên thẻ căn cước").fill(CARD)
    shown.get_by_role("button", name="Điền từ thẻ").click()
    expect(shown.get_by_label("Họ và tên, hoặc tên tổ chức")).to_have_value("Hoa Hai")
    assert not Dossier.objects.exists()
    looked_at(shown, "61-card", None)


def test_the_evening_is_counted_and_closed(
    desk: Desk, live_server: LiveServer, page: OpenPage, axe: Violations
) -> None:
    brought(desk, at=clock.now())
    shown = sits_down(page(LAPTOP), desk.clerk, live_server.url)
    shown.goto(f"{live_server.url}/quay/doi-chieu/")
    looked_at(shown, "62-count", axe)
    shown.get_by_label("Số hồ sơ giấy").first.fill("2")
    shown.get_by_role("button", name="Khóa sổ").click()
    expect(shown.get_by_role("link", name="giải trình chênh lệch")).to_be_visible()
    looked_at(shown, "63-differs", axe)
    knows_it_is_early(shown)
    shown.get_by_label("Giải trình chênh lệch").first.fill("Một bản chụp thừa")
    shown.get_by_role("button", name="Khóa sổ").click()
    expect(shown.get_by_role("heading", name="Đã khóa sổ")).to_be_visible()
    looked_at(shown, "64-closed", axe)
    brought(desk, at=clock.now())
    head = sits_down(page(LAPTOP), desk.head, live_server.url)
    head.goto(f"{live_server.url}/quay/doi-chieu/")
    expect(head.get_by_text("Sau khi khóa sổ số liệu đã đổi")).to_be_visible()
    looked_at(head, "65-changed", axe)
    head.goto(f"{live_server.url}/quay/doi-chieu/chua-khoa/")
    looked_at(head, "66-late", axe)


def test_a_number_is_taken_called_and_served(
    desk: Desk, live_server: LiveServer, page: OpenPage, axe: Violations
) -> None:
    kiosk = open_desk(desk.commune.pk, actor=desk.head, at=clock.now())
    visitor = page(PHONE, javascript=False)
    visitor.goto(f"{live_server.url}/lay-so/{kiosk.uuid}/{kiosk.key}/")
    looked_at(visitor, "70-kiosk", None)
    visitor.get_by_role("button", name="Nộp hồ sơ").click()
    expect(visitor.get_by_role("heading", name="Số của bạn")).to_be_visible()
    looked_at(visitor, "71-number", None)
    board = page(LAPTOP)
    board.goto(f"{live_server.url}/bang-goi/{kiosk.uuid}/")
    expect(board.get_by_text("Chưa có số nào đang được gọi.")).to_be_visible()
    window = sits_down(page(LAPTOP), desk.clerk, live_server.url)
    window.goto(f"{live_server.url}/quay/goi-so/?cua=4")
    window.get_by_role("button", name="Gọi số tiếp theo").click()
    looked_at(window, "72-window", axe)
    expect(board.get_by_text("Cửa 4")).to_be_visible()
    looked_at(board, "73-board", axe)
    window.get_by_role("button", name="Xong").click()
    expect(window.get_by_role("heading", name="Cửa đang trống")).to_be_visible()
    expect(board.get_by_text("Cửa 4")).to_be_hidden()
    head = sits_down(page(LAPTOP), desk.head, live_server.url)
    head.goto(f"{live_server.url}/quay/luong-viec/")
    looked_at(head, "74-load", axe)
    plain = page(LAPTOP)
    plain.goto(f"{live_server.url}/lay-so/{kiosk.uuid}/{kiosk.key}/")
    assert axe(plain) == []
