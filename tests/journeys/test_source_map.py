"""The source map in a browser: accessible, within its window, and working without scripts."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect
from pytest_django.live_server_helper import LiveServer

from tests.browser import LAPTOP, PHONE, OpenPage, Violations, overflow

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("width", [PHONE, LAPTOP])
@pytest.mark.parametrize("path", ["/nguon/", "/nguon/004/?trang_thai=none"])
def test_a_page_is_accessible_and_stays_in_its_window(
    live_server: LiveServer, page: OpenPage, axe: Violations, path: str, width: int
) -> None:
    shown = page(width)
    shown.goto(live_server.url + path)
    assert axe(shown) == []
    assert overflow(shown) == 0


def test_a_reader_finds_a_system_and_opens_its_screen(
    live_server: LiveServer, page: OpenPage
) -> None:
    shown = page(PHONE, javascript=False)
    shown.goto(live_server.url + "/nguon/")
    shown.get_by_label("Tìm (có dấu hoặc không)").fill("mot cua dien tu")
    shown.get_by_role("button", name="Lọc").click()
    line = shown.locator("main tbody tr", has_text="S27")
    expect(line.locator(".pill")).to_have_text("Một phần")
    line.get_by_role("link", name="Mở màn hình").click()
    expect(shown).to_have_url(re.compile(r"/dang-nhap\?next=.*ho-so"))
