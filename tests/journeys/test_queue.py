"""The queue in a browser: filters kept, a view saved, many acted on, keys, the dense table; also without scripts."""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser import LAPTOP, PHONE, axe, browser, looked_at, page
from tests.journeys.test_citizen import desk
from tests.journeys.test_whole_life import sits_down
from tinhso.calendars import clock
from tinhso.dossiers.models import SavedView, WorkItem
from tinhso.dossiers.tests.factories import received, submitted

if TYPE_CHECKING:
    from playwright.sync_api import Page, Response
    from pytest_django.live_server_helper import LiveServer

    from tests.browser import OpenPage, Violations
    from tinhso.dossiers.tests.factories import Desk

__all__ = ["axe", "browser", "desk", "page"]
pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
CLOSE = 44
"""Pixels of a line of the dense table at 1440."""
WEIGHT = 150_000
"""Bytes of a first visit to a page of the workspace, compressed (fonts are already)."""


def filled(desk: Desk) -> None:
    at = clock.now()
    for _ in range(3):
        received(desk, at=at)
    submitted(desk, at=at)


def test_filters_and_a_view_without_scripts(
    desk: Desk, live_server: LiveServer, page: OpenPage
) -> None:
    filled(desk)
    shown = sits_down(page(PHONE, javascript=False), desk.specialist, live_server.url)
    shown.get_by_text("Lọc thêm").click()
    shown.get_by_label("Cách nộp").select_option("national")
    shown.get_by_role("button", name="Lọc", exact=True).click()
    expect(shown.get_by_label("Cách nộp")).to_have_value("national")
    shown.get_by_text("Bộ lọc đã lưu").click()
    shown.get_by_label("Lưu bộ lọc đang dùng, tên").fill("Từ Cổng quốc gia")
    shown.get_by_label("Mở danh sách bằng bộ lọc này").check()
    shown.get_by_role("button", name="Lưu", exact=True).click()
    expect(shown.get_by_text("Đã lưu bộ lọc.")).to_be_visible()
    shown.goto(f"{live_server.url}/ho-so/")
    assert "kenh=national" in shown.url
    assert SavedView.objects.get().is_default


def test_many_are_taken_with_the_keyboard_alone(
    desk: Desk, live_server: LiveServer, page: OpenPage, axe: Violations
) -> None:
    filled(desk)
    shown = sits_down(page(LAPTOP), desk.specialist, live_server.url)
    shown.keyboard.press("?")
    expect(shown.get_by_role("heading", name="Phím tắt")).to_be_visible()
    shown.keyboard.press("Escape")
    expect(shown.get_by_role("heading", name="Phím tắt")).to_be_hidden()
    for chosen in range(1, 3):
        shown.keyboard.press("j")
        expect(shown.locator("tr.is-current")).to_have_count(1)
        shown.keyboard.press("x")
        expect(shown.locator("[data-selected]")).to_have_text(str(chosen))
    looked_at(shown, "50-chosen", axe)
    shown.get_by_role("button", name="Nhận xử lý", exact=True).first.click()
    expect(shown.get_by_role("heading", level=1)).to_have_text("Nhận xử lý")
    looked_at(shown, "51-taken", axe)
    assert WorkItem.objects.filter(person=desk.specialist.user).count() == 2
    shown.get_by_role("link", name="Quay lại danh sách").click()
    expect(shown.get_by_role("heading", level=1)).to_have_text("Hồ sơ chờ xử lý")
    shown.wait_for_load_state("load")
    shown.keyboard.press("/")
    expect(shown.get_by_role("searchbox")).to_be_focused()


def test_many_are_assigned_without_scripts(
    desk: Desk, live_server: LiveServer, page: OpenPage
) -> None:
    filled(desk)
    shown = sits_down(page(LAPTOP, javascript=False), desk.head, live_server.url)
    for box in shown.locator("td.select input").all()[:2]:
        box.check()
    shown.get_by_role("button", name="Phân công", exact=True).click()
    shown.get_by_label("Người xử lý").select_option(str(desk.specialist.user))
    shown.get_by_role("button", name="Phân công", exact=True).click()
    expect(shown.get_by_text("Đã làm 2 trong 2 hồ sơ được chọn")).to_be_visible()


@pytest.mark.parametrize("width", [PHONE, LAPTOP])
def test_the_page_is_light_and_sound(
    desk: Desk, live_server: LiveServer, page: OpenPage, axe: Violations, width: int
) -> None:
    filled(desk)
    shown = page(width)
    bodies: list[Response] = []
    shown.on("response", lambda one: bodies.append(one))  # noqa: PLW0108  (a built-in is no handler)
    shown = sits_down(shown, desk.head, live_server.url)
    shown.get_by_text("Bộ lọc đã lưu").click()
    shown.get_by_text("Lọc thêm").click()
    looked_at(shown, "52-queue", axe)
    assert sum(len(gzip.compress(one.body(), 9)) for one in bodies) < WEIGHT
    if width == LAPTOP:
        shown.get_by_role("button", name="Bảng gọn").click()
        expect(shown.locator("table.table--dense")).to_be_visible()
        looked_at(shown, "53-dense", axe)
        shown.locator("td.select input").first.check()
        shown.get_by_role("button", name="Chuyển bước", exact=True).click()
        looked_at(shown, "54-many", axe)


def test_the_dense_table_stands_closer(
    desk: Desk, live_server: LiveServer, page: OpenPage, axe: Violations
) -> None:
    filled(desk)
    shown = sits_down(page(LAPTOP), desk.specialist, live_server.url)
    usual = _heights(shown)
    shown.get_by_role("button", name="Bảng gọn").click()
    expect(shown.get_by_role("button", name="Bảng thường")).to_be_visible()
    dense = _heights(shown)
    looked_at(shown, "53-dense", axe)
    assert len(dense) == len(usual) > 2
    assert all(close < wide for close, wide in zip(dense, usual, strict=True))
    assert max(dense) <= CLOSE


def _heights(shown: Page) -> list[float]:
    found: list[float] = shown.eval_on_selector_all(
        "table.table tbody tr", "rows => rows.map(row => row.getBoundingClientRect().height)"
    )
    return found


def test_many_are_received_after_it_is_said_what_happens(
    desk: Desk, live_server: LiveServer, page: OpenPage, axe: Violations
) -> None:
    at = clock.now()
    for _ in range(2):
        submitted(desk, at=at)
    shown = sits_down(page(LAPTOP), desk.clerk, live_server.url)
    for box in shown.locator("td.select input").all():
        box.check()
    shown.get_by_role("button", name="Tiếp nhận", exact=True).click()
    expect(shown.get_by_text("cấp số, hẹn ngày trả và tính phí")).to_be_visible()
    looked_at(shown, "54-to-be-received", axe)
    shown.get_by_role("button", name="Tiếp nhận 2 hồ sơ").click()
    expect(shown.get_by_text("Đã làm 2 trong 2 hồ sơ được chọn")).to_be_visible()
    expect(shown.get_by_text("Hẹn trả:").first).to_be_visible()
    looked_at(shown, "55-received", axe)
