"""Late work in a browser: the head sees it, the officer says sorry, everybody reads the figures."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.core.cache import cache
from playwright.sync_api import expect

from tests.browser import LAPTOP, PHONE, axe, browser, looked_at, page
from tests.journeys.test_citizen import desk
from tests.journeys.test_whole_life import sits_down
from tinhso.calendars import clock
from tinhso.calendars.clock import day_of
from tinhso.dossiers.models import Apology
from tinhso.dossiers.tests.factories import received

if TYPE_CHECKING:
    from pytest_django.live_server_helper import LiveServer

    from tests.browser import OpenPage, Violations
    from tinhso.dossiers.tests.factories import Desk

__all__ = ["axe", "browser", "desk", "page"]
pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def test_from_the_heads_page_to_the_public_board(
    desk: Desk, live_server: LiveServer, page: OpenPage, axe: Violations
) -> None:
    cache.clear()  # the board keeps its figures for some minutes
    url, long_ago = live_server.url, clock.now() - timedelta(days=14)
    late, _other = received(desk, at=long_ago), received(desk, at=long_ago)
    head = sits_down(page(LAPTOP), desk.head, url)
    head.goto(f"{url}/ho-so/tinh-hinh/")
    looked_at(head, "90-numbers", axe)
    head.get_by_role("link", name="2", exact=True).first.click()
    expect(head.get_by_role("link", name="Gửi văn bản xin lỗi")).to_have_count(2)
    looked_at(head, "90-owed", axe)
    head.goto(f"{url}/ho-so/thu-moi-sang/")
    looked_at(head, "91-morning", axe)
    head.goto(f"{url}/tai-khoan")
    expect(head.get_by_role("link", name="Thư mỗi sáng")).to_be_visible()

    officer = sits_down(page(LAPTOP), desk.leader, url)
    officer.goto(f"{url}/ho-so/{late.uuid}/")
    looked_at(officer, "92-late", axe)
    officer.get_by_role("link", name="Gửi văn bản xin lỗi").click()
    officer.get_by_label("Lý do chậm").fill("Chờ xác minh")
    officer.get_by_label("Ngày hẹn lại").fill((day_of(clock.now()) + timedelta(days=2)).isoformat())
    looked_at(officer, "93-sorry", axe)
    officer.get_by_role("button", name="Xin lỗi vì quá hạn").click()
    expect(officer.get_by_text("Đã gửi văn bản xin lỗi và báo người nộp.")).to_be_visible()
    assert Apology.objects.count() == 1

    visitor = page(PHONE, javascript=False)
    visitor.goto(f"{url}/")
    visitor.get_by_role("link", name="Công khai hồ sơ quá hạn, theo cơ quan").click()
    looked_at(visitor, "94-board", None)
    visitor.get_by_role("link", name="UBND xã Ba Gia").click()
    expect(visitor.get_by_text("Đã gửi", exact=True)).to_be_visible()
    expect(visitor.get_by_text("Chưa gửi", exact=True)).to_be_visible()
    looked_at(visitor, "95-numbers", None)
    assert "Lan Một" not in visitor.content()
