"""A leader on a phone: from the province's tile to one late dossier in three clicks; the board is light and sound."""

from __future__ import annotations

import gzip
import json
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser import PHONE, axe, browser, looked_at, page
from tests.journeys.test_citizen import desk
from tests.journeys.test_whole_life import sits_down
from tinhso.agencies.models import AgencyKind, AgencyPeriod
from tinhso.agencies.services import load_boundaries
from tinhso.agencies.tests.factories import make_agency
from tinhso.calendars import clock
from tinhso.calendars.clock import day_of
from tinhso.dossiers.facts import dossiers
from tinhso.dossiers.tests.factories import AT, SYSTEM, officer, received
from tinhso.indicators.tests.cases import CASES, case, lay, publish
from tinhso.warehouse.declaring import registry
from tinhso.warehouse.syncing import rebuild

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page
    from pytest_django.fixtures import Settings
    from pytest_django.live_server_helper import LiveServer

    from tests.browser import OpenPage, Violations
    from tinhso.accounts.actors import OfficerActor
    from tinhso.dossiers.models import Dossier
    from tinhso.dossiers.tests.factories import Desk

__all__ = ["axe", "browser", "desk", "page"]
pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
OUTLINES = Path(__file__).resolve().parents[3] / "shared/data/geo/quang_ngai_2025_communes.geojson"
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


def weight(shown: Page) -> int:
    """Bytes of all that the page fetched, compressed."""
    fetched = shown.evaluate("performance.getEntriesByType('resource').map(each => each.name)")
    bodies = [shown.request.get(one).body() for one in {shown.url, *fetched}]
    return sum(len(gzip.compress(body, 9)) for body in bodies)


@pytest.fixture
def outlined(desk: Desk, settings: Settings, tmp_path: Path) -> Iterator[int]:
    """All communes of a province with their true outlines, and ten tiles that count in each; how many they are."""
    settings.WAREHOUSE = tmp_path / "warehouse"
    registry.register(CASES.code, CASES)
    rows = []
    features = json.loads(OUTLINES.read_text(encoding="utf-8"))["features"]
    for number, feature in enumerate(features):
        told, spot = feature["properties"], feature["geometry"]["coordinates"][0][0]
        west, south = spot if isinstance(spot[0], float) else spot[0]
        made = make_agency(told["fullName"], kind=AgencyKind.COMMUNE, parent=desk.province)
        AgencyPeriod.objects.filter(agency=made).update(
            unit_code=told["code"], latitude=south, longitude=west
        )
        rows += [
            case(3 * number + each, day_of(AT), agency=made.pk, commune=told["code"])
            for each in range(number % 3 + 1)
        ]
    lay(*rows)
    for number in range(10):
        name = f"Tỷ lệ hồ sơ trực tuyến {number}"
        publish(f"online-{number}", name=name, board=number + 1, ratio={"is": "is_online"}, by=BY)
    loaded = {"on": day_of(AT), "source": "Bản đồ", "licence": "MIT", "actor": SYSTEM, "at": AT}
    load_boundaries(OUTLINES, **loaded)
    yield len(features)
    registry._entries.pop(CASES.code)


@pytest.mark.skipif(not OUTLINES.is_file(), reason="the outlines of communes are not here")
def test_the_board_is_light_with_the_outlines_of_a_whole_province(
    desk: Desk, outlined: int, live_server: LiveServer, page: OpenPage
) -> None:
    shown = sits_down(page(PHONE), leader(desk), live_server.url)
    shown.goto(f"{live_server.url}/chi-dao/?tu=2026-09-01&den=2026-09-30")
    looked_at(shown, "94-board-outlined", None)
    expect(shown.locator(".chart--outlines path")).to_have_count(outlined)
    assert weight(shown) < WEIGHT


@pytest.mark.usefixtures("late")
def test_the_board_is_light(
    desk: Desk, live_server: LiveServer, page: OpenPage, axe: Violations
) -> None:
    shown = sits_down(page(PHONE), leader(desk), live_server.url)
    shown.goto(f"{live_server.url}/chi-dao/")
    looked_at(shown, "92-board", axe)
    assert weight(shown) < WEIGHT
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
