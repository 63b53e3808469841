"""A leader on a phone: from the province's tile to one late dossier in three clicks; the board is light and sound."""

from __future__ import annotations

import gzip
import os
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser import LAPTOP, PHONE, axe, browser, overflow, page
from tests.journeys.test_citizen import desk
from tests.journeys.test_whole_life import sits_down
from tinhso.calendars import clock
from tinhso.dossiers.facts import dossiers
from tinhso.dossiers.tests.factories import officer, received
from tinhso.indicators.tests.cases import publish
from tinhso.warehouse.syncing import rebuild

if TYPE_CHECKING:
    from playwright.sync_api import Page
    from pytest_django.fixtures import Settings
    from pytest_django.live_server_helper import LiveServer

    from tests.browser import OpenPage, Violations
    from tinhso.accounts.actors import OfficerActor
    from tinhso.dossiers.models import Dossier
    from tinhso.dossiers.tests.factories import Desk

__all__ = ["axe", "browser", "desk", "page"]
pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
PICTURES = os.environ.get("TINHSO_PICTURES", "")
WEIGHT = 200_000
"""Bytes of a first visit, compressed: page, styles, scripts, fonts."""
BY = ["agency", "commune", "month", "procedure"]


@pytest.fixture
def late(desk: Desk, settings: Settings, tmp_path: Path) -> Dossier:
    """A dossier long late and one that is not, counted in a warehouse of its own."""
    settings.WAREHOUSE = tmp_path / "warehouse"
    now = clock.now()
    dossier = received(desk, at=now - timedelta(days=60))
    received(desk, at=now)
    publish(
        "online", "1", name="Tỷ lệ hồ sơ trực tuyến", fact=dossiers.CODE, board=1,
        direction="higher", where="is_received", ratio={"is": "is_online"}, by=BY,
    )  # fmt: skip
    publish(
        "overdue", "2", name="Hồ sơ quá hạn chưa giải quyết xong", unit="hồ sơ", board=2,
        fact=dossiers.CODE, day="standing", direction="lower", by=BY, measure={"kind": "count"},
        where="due_on < last_day and is_received and finished_on = null",
    )  # fmt: skip
    rebuild(dossiers.TABLE, at=now)
    return dossier


def leader(desk: Desk) -> OfficerActor:
    """The head of the province, who reads all below it."""
    return officer("Hoa", "agency-leader", desk.province, deep=True)


def looked_at(shown: Page, name: str, axe: Violations | None) -> None:
    assert overflow(shown) <= 0
    assert axe is None or axe(shown) == []
    if PICTURES:
        width = shown.viewport_size["width"] if shown.viewport_size else 0
        shown.screenshot(path=str(Path(PICTURES) / f"{name}-{width}.png"), full_page=True)


@pytest.mark.parametrize("javascript", [True, False])
def test_three_clicks_from_the_province_to_one_late_dossier(
    late: Dossier, desk: Desk, live_server: LiveServer, page: OpenPage, javascript: bool
) -> None:
    shown = sits_down(page(PHONE, javascript=javascript), leader(desk), live_server.url)
    shown.goto(f"{live_server.url}/chi-dao/")
    looked_at(shown, "90-board", None)
    tile = shown.locator("article", has_text="Hồ sơ quá hạn chưa giải quyết xong")
    expect(tile.locator(".tile__figure")).to_contain_text("1 hồ sơ")
    tile.get_by_role("link", name="Xem 1").click()
    looked_at(shown, "91-records", None)
    shown.get_by_role("link", name=str(late.number)).click()
    expect(shown.get_by_role("heading", level=1)).to_contain_text("tình trạng hôn nhân")
    assert str(late.uuid) in shown.url


@pytest.mark.parametrize("width", [PHONE, LAPTOP])
@pytest.mark.usefixtures("late")
def test_the_board_is_light(
    desk: Desk, live_server: LiveServer, page: OpenPage, axe: Violations, width: int
) -> None:
    shown = sits_down(page(width), leader(desk), live_server.url)
    shown.goto(f"{live_server.url}/chi-dao/")
    looked_at(shown, "92-board", axe)
    fetched = shown.evaluate("performance.getEntriesByType('resource').map(each => each.name)")
    bodies = [shown.request.get(one).body() for one in {shown.url, *fetched}]
    assert sum(len(gzip.compress(body, 9)) for body in bodies) < WEIGHT
    for address in (
        "/chi-dao/co-quan/",
        "/chi-dao/xa/",
        "/chi-tieu/",
        "/chi-tieu/online/",
        "/chi-tieu/online/giao/",
        "/chi-dao/tim/?q=qua han",
    ):
        shown.goto(f"{live_server.url}{address}")
        looked_at(shown, f"93-{address.strip('/').replace('/', '-')[:24]}", axe)
