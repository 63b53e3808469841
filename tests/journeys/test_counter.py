"""The counter in a browser: brought, sent by post, filed by a helper; a supplement; whose work it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser import LAPTOP, axe, browser, looked_at, page
from tests.journeys.test_citizen import desk
from tests.journeys.test_whole_life import sits_down
from tinhso.calendars import clock
from tinhso.dossiers import services
from tinhso.dossiers.models import Dossier, State
from tinhso.dossiers.tests.factories import MARRIAGE, received
from tinhso.files.tests.factories import PDF

if TYPE_CHECKING:
    from pytest_django.live_server_helper import LiveServer

    from tests.browser import OpenPage, Violations
    from tinhso.dossiers.tests.factories import Desk

__all__ = ["axe", "browser", "desk", "page"]
pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def test_every_way_has_its_page(
    desk: Desk, live_server: LiveServer, page: OpenPage, axe: Violations
) -> None:
    shown = sits_down(page(LAPTOP), desk.clerk, live_server.url)
    looked_at(shown, "40-queue", axe)
    shown.goto(f"{live_server.url}/ho-so/tiep-nhan/")
    looked_at(shown, "41-ways", axe)
    for way, words in (
        ("counter", "Nơi giải quyết"),
        ("post", "Ngày nhận bưu gửi"),
        ("helper", "Người đồng ý cho nộp hộ"),
    ):
        shown.goto(f"{live_server.url}/ho-so/tiep-nhan/{MARRIAGE}/?kenh={way}")
        expect(shown.get_by_label(words)).to_be_visible()
        looked_at(shown, f"42-{way}", axe)
    shown.get_by_role("button", name="Tiếp nhận và cấp mã hồ sơ").click()
    expect(shown.get_by_role("link", name="Nhập “Người đồng ý cho nộp hộ”.")).to_be_visible()
    looked_at(shown, "43-refused", axe)
    assert not Dossier.objects.exists()


def test_a_supplement_is_brought_to_the_desk(
    desk: Desk, live_server: LiveServer, page: OpenPage, axe: Violations
) -> None:
    at = clock.now()
    dossier = received(desk, at=at)
    services.request_supplement(
        dossier.uuid, actor=desk.specialist, items=["Bản sao giấy cũ"], reason="Thiếu", at=at
    )
    shown = sits_down(page(LAPTOP), desk.clerk, live_server.url)
    shown.goto(f"{live_server.url}/ho-so/{dossier.uuid}/")
    looked_at(shown, "44-awaited", axe)
    shown.get_by_role("link", name="Nhận bổ sung").click()
    looked_at(shown, "45-supplement", axe)
    shown.locator("input[type=file]").first.set_input_files(
        {"name": "ban-sao.pdf", "mimeType": "application/pdf", "buffer": PDF}
    )
    shown.get_by_label("Nơi cư trú").fill("Thôn Ba")
    shown.get_by_role("button", name="Nhận bổ sung").click()
    expect(shown.get_by_text("Đã nhận bổ sung.")).to_be_visible()
    expect(shown.locator("ins", has_text="Thôn Ba")).to_be_visible()
    looked_at(shown, "46-goes-on", axe)
    assert Dossier.objects.get(pk=dossier.pk).state == State.IN_PROCESS
