"""A data set in browsers: delivered, mended, read beside a figure; each page without a fault of access."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser import LAPTOP, looked_at
from tests.journeys.test_tasks import follows, presses
from tests.journeys.test_whole_life import sits_down
from tinhso.datasets.tests.factories import CODE, FILE, World, make_world

if TYPE_CHECKING:
    from playwright.sync_api import Page
    from pytest_django.live_server_helper import LiveServer

    from tests.browser import OpenPage, Violations

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def world(transactional_db: None) -> World:
    """A province whose department of health owes a data set."""
    del transactional_db
    return make_world()


def delivers(shown: Page, address: str, axe: Violations | None) -> None:
    """From the list of sources to the lines that came back."""
    shown.goto(f"{address}/kho-du-lieu/")
    looked_at(shown, "datasets-sources", axe)
    follows(shown, "Bao phủ bảo hiểm y tế theo xã")
    looked_at(shown, "datasets-dataset", axe)
    follows(shown, "Giao dữ liệu")
    looked_at(shown, "datasets-delivering", axe)
    given = {"name": "q3.csv", "mimeType": "text/csv", "buffer": FILE}
    shown.get_by_label("Tệp CSV").set_input_files([given])
    presses(shown, "Giao dữ liệu")
    expect(shown.get_by_text("Đã nhận 2 dòng, trả lại 1 dòng để sửa.")).to_be_visible()
    looked_at(shown, "datasets-delivery", axe)


def test_a_data_set_is_delivered_and_read(
    world: World, page: OpenPage, live_server: LiveServer, axe: Violations
) -> None:
    address = live_server.url
    delivers(sits_down(page(LAPTOP), world.deliverer, address), address, axe)
    chair = sits_down(page(LAPTOP), world.chair, address)
    chair.goto(f"{address}/kho-du-lieu/")
    looked_at(chair, "datasets-fresh", axe)
    chair.goto(f"{address}/kho-du-lieu/bo/{CODE}/so-lieu/")
    expect(chair.locator("td", has_text="905")).to_be_visible()
    looked_at(chair, "datasets-rows", axe)
