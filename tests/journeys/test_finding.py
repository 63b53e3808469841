"""Minh finds out what to do: by events of life, by everyday words, in the national catalogue; also without scripts."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser import LAPTOP, PHONE, axe, browser, looked_at, page, pictured
from tinhso.dossiers.tests.catalogue.samples import BIRTH, record, small
from tinhso.dossiers.tests.catalogue.test_importing import bring
from tinhso.dossiers.tests.factories import make_desk
from tinhso.portal.tests.guiding import publish_guides

if TYPE_CHECKING:
    from pytest_django.fixtures import Settings
    from pytest_django.live_server_helper import LiveServer

    from tests.browser import OpenPage, Violations

__all__ = ["axe", "browser", "page"]
pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def address(
    transactional_db: None, live_server: LiveServer, settings: Settings, tmp_path: Path
) -> str:
    """A house with procedures, guides and a small catalogue, of which one entry is a step of a guide."""
    del transactional_db
    settings.DEMO = True
    make_desk()
    publish_guides()
    bring(tmp_path, [*small(), record("1.000894", "Thủ tục đăng ký kết hôn")])
    return live_server.url


@pytest.mark.parametrize(
    ("width", "javascript"), [(PHONE, False), (LAPTOP, True)], ids=["phone", "laptop"]
)
def test_minh_finds_what_a_wedding_takes(
    address: str, page: OpenPage, axe: Violations, width: int, javascript: bool
) -> None:
    shown = page(width, javascript=javascript)
    checked = axe if javascript else None
    shown.goto(address)
    looked_at(shown, "home", checked)
    shown.get_by_role("link", name="Kết hôn").click()
    expect(shown.get_by_role("heading", level=2, name="5 bước")).to_be_visible()
    looked_at(shown, "guide-open", checked)
    for question, answer in (
        ("người nước ngoài", "Không"),
        ("không phải nơi mình thường trú", "Có"),
        ("đã ly hôn", "Không"),
        ("chuyển nơi thường trú", "Không"),
    ):
        group = shown.get_by_role("group", name=question)
        group.get_by_label(answer, exact=True).check()
    shown.get_by_role("button", name="Xem các bước").click()
    expect(shown.get_by_role("heading", level=2, name="2 bước")).to_be_visible()
    expect(shown.get_by_text("Không làm được trên hệ thống này")).to_be_visible()
    looked_at(shown, "guide-narrowed", checked)
    shown.emulate_media(media="print")
    pictured(shown, "guide-print")
    shown.emulate_media(media="screen")
    shown.get_by_role("link", name="Xem trong danh mục thủ tục quốc gia").click()
    expect(shown.get_by_role("heading", level=1)).to_have_text("Thủ tục đăng ký kết hôn")
    shown.go_back()
    shown.get_by_role("link", name="Xem và nộp hồ sơ").click()
    expect(shown.get_by_role("button", name="Nộp hồ sơ")).to_be_visible()


@pytest.mark.parametrize(
    ("width", "javascript"), [(PHONE, True), (LAPTOP, False)], ids=["phone", "laptop"]
)
def test_minh_reads_the_catalogue(
    address: str, page: OpenPage, axe: Violations, width: int, javascript: bool
) -> None:
    shown = page(width, javascript=javascript)
    checked = axe if javascript else None
    shown.goto(f"{address}/danh-muc/")
    looked_at(shown, "catalogue", checked)
    shown.get_by_label("Cấp").first.select_option(label="Xã, phường, đặc khu")
    shown.get_by_role("button", name="Lọc").click()
    looked_at(shown, "catalogue-communes", checked)
    shown.goto(f"{address}/thu-tuc/")
    shown.get_by_label("Tìm theo tên").fill("khai sinh thu")
    shown.get_by_role("button", name="Tìm").click()
    expect(shown.get_by_text("Chưa nhận nộp tại đây").first).to_be_visible()
    looked_at(shown, "found", checked)
    shown.locator(f'a[href$="/danh-muc/{BIRTH}/"]').click()
    expect(shown.get_by_text("chưa nhận nộp trong hệ thống này")).to_be_visible()
    looked_at(shown, "entry", checked)
