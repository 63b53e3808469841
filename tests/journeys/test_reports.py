"""A monthly report in browsers: half written on a phone, confirmed without scripts, received, added up on a laptop."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.test import override_settings
from playwright.sync_api import expect

from tests.browser import LAPTOP, PHONE, looked_at
from tests.journeys.test_whole_life import sits_down
from tinhso.indicators.models import ReportFigure
from tinhso.indicators.models.reports import ReportState
from tinhso.indicators.reports import services
from tinhso.indicators.reports.tests.offices import Reporting, make_reporting
from tinhso.indicators.reports.tests.stages import AT, sent
from tinhso.indicators.tests.cases import CASES
from tinhso.warehouse.declaring import registry

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page
    from pytest_django.live_server_helper import LiveServer

    from tests.browser import OpenPage, Violations

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def offices(transactional_db: None) -> Iterator[Reporting]:
    """A province whose units owe the report of October, which is late by now."""
    del transactional_db
    made = make_reporting()
    registry.register(CASES.code, CASES)
    with override_settings(WAREHOUSE=made.warehouse / "facts"):
        yield made
    registry._entries.pop(CASES.code)


def presses(shown: Page, name: str) -> None:
    shown.get_by_role("button", name=name).first.click()


def follows(shown: Page, name: str) -> None:
    shown.get_by_role("link", name=name).first.click()


def writes(shown: Page, address: str, axe: Violations) -> None:
    """Opened half written: a sentence put in other words, one of one's own, a figure corrected with its reason."""
    shown.goto(f"{address}/bao-cao/")
    looked_at(shown, "reports-lists", axe)
    follows(shown, "Báo cáo định kỳ tháng về Đề án 06")
    looked_at(shown, "reports-due", axe)
    presses(shown, "Lập báo cáo")
    expect(shown.get_by_text("6/10", exact=True)).to_be_visible()
    looked_at(shown, "reports-draft", axe)
    follows(shown, "Sửa câu")
    looked_at(shown, "reports-sentence", axe)
    shown.get_by_label("Nội dung").fill("Mới đạt 60 % vì một máy quét hỏng.")
    presses(shown, "Lưu câu")
    expect(shown.get_by_text("vì một máy quét hỏng")).to_be_visible()
    shown.get_by_role("link", name="Viết thêm").nth(2).click()
    shown.get_by_label("Nội dung").fill("Mượn máy quét của xã bên trong tháng 11.")
    presses(shown, "Thêm vào báo cáo")


def corrects(shown: Page, axe: Violations) -> None:
    follows(shown, "Tỷ lệ hồ sơ trực tuyến")
    looked_at(shown, "reports-figure", axe)
    shown.get_by_label("Tử số").fill("7")
    shown.get_by_label("Lý do sửa").fill("Một hồ sơ nộp hộ chưa ghi kênh.")
    presses(shown, "Ghi số của đơn vị")
    expect(shown.get_by_text("Đã ghi số của đơn vị")).to_be_visible()
    looked_at(shown, "reports-corrected", axe)
    follows(shown, "Báo cáo định kỳ tháng về Đề án 06")
    expect(shown.get_by_text("Số liệu đã đổi")).to_be_visible()
    looked_at(shown, "reports-outrun", axe)
    presses(shown, "Giữ lời đang có")
    expect(shown.get_by_text("Số liệu đã đổi")).to_be_hidden()


def sends(shown: Page, address: str) -> None:
    shown.goto(address)
    follows(shown, "Xác nhận báo cáo")
    presses(shown, "Xác nhận báo cáo")
    presses(shown, "Gửi báo cáo")


def returns(shown: Page, address: str, axe: Violations) -> None:
    """What was sent goes back with the reason."""
    shown.goto(address)
    looked_at(shown, "reports-sent", axe)
    follows(shown, "Trả lại")
    shown.get_by_label("Lý do").fill("Nêu rõ trách nhiệm của xã.")
    presses(shown, "Trả lại")
    expect(shown.get_by_text("Nêu rõ trách nhiệm của xã.")).to_be_visible()
    looked_at(shown, "reports-returned", axe)


def receives(shown: Page, address: str, axe: Violations) -> None:
    """Who is late stands first; two are taken, and added up in one click."""
    shown.goto(f"{address}/bao-cao/")
    looked_at(shown, "reports-incoming", axe)
    for _each in range(2):
        shown.goto(f"{address}/bao-cao/?xem=cho-nhan")
        shown.locator("tbody a").first.click()
        looked_at(shown, "reports-received", axe)
        presses(shown, "Nhận báo cáo")
    shown.goto(f"{address}/bao-cao/ky/de-an-06/2026-10/unit/")
    expect(shown.get_by_text("Sở Y tế tỉnh Thử nghiệm")).to_be_visible()
    looked_at(shown, "reports-period", axe)
    follows(shown, "Tổng hợp")
    presses(shown, "Tổng hợp")
    expect(shown.get_by_text("Tổng hợp từ 2/3 đơn vị")).to_be_visible()
    looked_at(shown, "reports-whole", axe)
    follows(shown, "Tỷ lệ hồ sơ trực tuyến")
    expect(shown.get_by_role("link", name="UBND xã Ba Gia")).to_be_visible()
    looked_at(shown, "reports-behind", axe)


def test_from_a_half_written_report_to_the_whole_province(
    page: OpenPage, live_server: LiveServer, offices: Reporting, axe: Violations
) -> None:
    address = live_server.url
    far = offices.report(offices.dak_po)
    services.open_report(far.uuid, actor=offices.far_clerk, at=AT)
    sent(offices, far, offices.far_clerk, offices.far_head)
    lan = sits_down(page(PHONE), offices.clerk, address)
    writes(lan, address, axe)
    corrects(lan, axe)
    report = f"{address}/bao-cao/{offices.report(offices.ba_gia).uuid}/"
    hoa = sits_down(page(PHONE, javascript=False), offices.head, address)
    hung = sits_down(page(LAPTOP), offices.gatherer, address)
    sends(hoa, report)
    assert offices.report(offices.ba_gia).state == ReportState.SUBMITTED
    returns(hung, report, axe)
    hoa.goto(report)
    expect(hoa.get_by_text("Nêu rõ trách nhiệm của xã.").first).to_be_visible()
    sends(hoa, report)
    receives(hung, address, axe)
    whole = ReportFigure.objects.get(indicator="online", agency=None)
    assert (whole.numerator, whole.denominator) == (15, 40)
    assert whole.stated == {"value": "40.00", "numerator": 16, "denominator": 40}
