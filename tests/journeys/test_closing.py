"""The head of the province closes a month, and sees later what came late, on a phone and on a laptop."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser import LAPTOP, axe, browser, looked_at, page
from tests.journeys.test_citizen import desk
from tests.journeys.test_figures import leader
from tests.journeys.test_whole_life import sits_down
from tinhso.calendars import clock
from tinhso.calendars.clock import day_of, instant
from tinhso.dossiers.facts import dossiers
from tinhso.dossiers.tests.factories import received
from tinhso.events.sequencing import place
from tinhso.indicators.tests.cases import publish
from tinhso.warehouse.syncing import rebuild

if TYPE_CHECKING:
    from pathlib import Path

    from pytest_django.fixtures import Settings
    from pytest_django.live_server_helper import LiveServer

    from tests.browser import OpenPage, Violations
    from tinhso.dossiers.tests.factories import Desk

__all__ = ["axe", "browser", "desk", "page"]
pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def _read() -> None:
    """Let the warehouse read all that the log tells."""
    while place():
        pass
    rebuild(dossiers.TABLE, at=clock.now())


@pytest.fixture(autouse=True)
def _warehouse(settings: Settings, tmp_path: Path) -> None:
    settings.WAREHOUSE = tmp_path / "warehouse"


def test_a_month_is_closed_and_what_came_late_is_told(
    desk: Desk, live_server: LiveServer, page: OpenPage, axe: Violations
) -> None:
    last = day_of(clock.now()).replace(day=1) - timedelta(days=1)
    noon = instant(last, 12 * 60)
    received(desk, at=noon - timedelta(days=2))
    publish(
        "online", "1", name="Tỷ lệ hồ sơ trực tuyến", fact=dossiers.CODE, board=1,
        direction="higher", where="is_received", ratio={"is": "is_online"}, by=["agency"],
    )  # fmt: skip
    _read()
    shown = sits_down(page(LAPTOP), leader(desk), live_server.url)
    shown.goto(f"{live_server.url}/chi-tieu/ky/")
    looked_at(shown, "95-periods", axe)
    shown.get_by_role("link", name=f"Tháng {last.month}/{last.year}").click()
    looked_at(shown, "95-before-closing", axe)
    shown.get_by_role("button", name="Chốt số liệu kỳ này").click()
    expect(shown.get_by_text("chưa số nào khác đi")).to_be_visible()
    late = received(desk, at=noon)
    _read()
    shown.reload()
    looked_at(shown, "95-restated", axe)
    shown.get_by_role("link", name="Số liệu đến muộn: 1").first.click()
    looked_at(shown, "95-late-records", axe)
    shown.get_by_role("link", name=str(late.number)).click()
    assert str(late.uuid) in shown.url
