"""The reform of 1 July 2025 is previewed and carried out in a browser, on real units."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest
from django.test import Client
from playwright.sync_api import expect

from tests.browser import LAPTOP, PHONE, axe, browser, looked_at, page, pictured
from tests.cast import make_pack_role
from tinhso.accounts.tests.factories import give_second_factor, make_grant, make_user
from tinhso.agencies import counted_records, queries
from tinhso.agencies.counted_records import CountedRecords
from tinhso.agencies.models import AgencyPeriod, Reform
from tinhso.agencies.services import carry_out_reform, load_units
from tinhso.kernel.actors import SystemActor

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from playwright.sync_api import Page
    from pytest_django.live_server_helper import LiveServer

    from tests.browser import OpenPage, Violations

__all__ = ["axe", "browser", "page"]
pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
AT = datetime(2025, 6, 30, 2, tzinfo=UTC)
EVE = date(2025, 6, 30)
UNITED = date(2025, 7, 1)
TRA_BONG = (21115, 21118, 21121, 21124, 21127, 21130, 21139, 21142, 21154, 21163)


@pytest.fixture
def on_the_eve() -> None:
    load_units(on=EVE, actor=SystemActor("test"), at=AT)


def signed_in(opened: Page, address: str) -> Page:
    """The page as the administrator's, by the session cookie of a test client."""
    admin = make_user("Tú", email="administrator@example.vn")
    role = make_pack_role("administrator")
    make_grant(admin, role, None)
    give_second_factor(admin)
    client = Client()
    client.force_login(admin)
    cookie = client.cookies["sessionid"].value
    opened.context.add_cookies([{"name": "sessionid", "value": cookie, "url": address}])
    return opened


@pytest.mark.usefixtures("on_the_eve")
def test_the_reform_is_previewed_and_carried_out(
    live_server: LiveServer, page: OpenPage, axe: Violations
) -> None:
    opened = signed_in(page(LAPTOP), live_server.url)
    opened.goto(f"{live_server.url}/co-quan/cai-cach")
    looked_at(opened, "reforms", axe)
    opened.get_by_role("link", name="Hợp nhất tỉnh Kon Tum").click()
    looked_at(opened, "reform-preview", axe)
    expect(opened.get_by_text("cơ quan kết thúc").first).to_be_visible()
    opened.get_by_text("cơ quan kết thúc").first.click()
    expect(opened.get_by_text("Xã Trà Bùi").first).to_be_visible()
    looked_at(opened, "reform-preview-open", axe)

    opened.get_by_label("Tôi đã xem trước").check()
    opened.get_by_role("button", name="Thực hiện phương án").click()
    opened.get_by_text("Đã thực hiện lúc").wait_for()
    assert Reform.objects.filter(carried_out=None).count() == 0
    units = AgencyPeriod.objects.on(UNITED)
    assert units.filter(agency__kind="district").count() == 0
    assert units.filter(agency__kind="commune").count() == 96


@pytest.mark.usefixtures("on_the_eve")
def test_a_reform_is_written_in_words_without_javascript(
    live_server: LiveServer, page: OpenPage
) -> None:
    opened = signed_in(page(PHONE, javascript=False), live_server.url)
    opened.goto(f"{live_server.url}/co-quan/cai-cach/lap")
    for label, typed in HEAD.items():
        opened.get_by_label(label).fill(typed)
    for change in ("Thành lập đơn vị mới", "Chuyển lĩnh vực"):
        opened.get_by_label("Loại thay đổi").select_option(change)
        opened.get_by_role("button", name="Thêm dòng").click()
    opened.get_by_label("Tên", exact=True).fill("Sở Du lịch tỉnh Quảng Ngãi")
    opened.get_by_label("Loại", exact=True).select_option("Sở, ban, ngành")
    opened.get_by_label("Cấp trên trực tiếp").fill("tinh quang ngai")
    opened.get_by_label("Lĩnh vực", exact=True).select_option("Du lịch")
    opened.get_by_label("Địa bàn").fill("quang")
    opened.get_by_label("Cơ quan nhận").fill("so du lich")
    opened.get_by_role("button", name="Lưu và xem trước").last.click()
    expect(opened.get_by_text("ghi rõ một").first).to_be_visible()
    pictured(opened, "reform-written-wrong")
    opened.get_by_label("Địa bàn").fill("tinh quang ngai")
    opened.get_by_role("button", name="Lưu và xem trước").last.click()
    expect(opened.get_by_text("1 cơ quan bắt đầu")).to_be_visible()
    pictured(opened, "reform-written")

    opened.get_by_role("link", name="Sửa phương án").click()
    expect(opened.get_by_label("Cơ quan nhận")).to_have_value("Sở Du lịch tỉnh Quảng Ngãi")
    pictured(opened, "reform-edited")
    opened.get_by_role("link", name="Nhập bằng văn bản YAML").click()
    pictured(opened, "reform-text")
    opened.go_back()
    opened.get_by_label("Ngày có hiệu lực").fill("2025-02-01")
    opened.get_by_role("button", name="Lưu và xem trước").last.click()
    opened.get_by_label("Tôi đã xem lại hai ngày").check()
    opened.get_by_role("button", name="Lưu và xem trước").last.click()
    expect(opened.get_by_text("Xem lại trước khi thực hiện")).to_be_visible()
    pictured(opened, "reform-warned")
    opened.get_by_text("Bỏ phương án").first.click()
    opened.get_by_label("Lý do bỏ phương án").fill("Thử cách viết")
    opened.get_by_label("Tôi bỏ phương án này").check()
    opened.get_by_role("button", name="Bỏ phương án").click()
    expect(opened.get_by_text("Thử cách viết")).to_be_visible()
    opened.goto(f"{live_server.url}/co-quan/cai-cach")
    expect(opened.get_by_text("Đã bỏ", exact=True)).to_be_visible()
    pictured(opened, "reforms-discarded")


HEAD = {
    "Tên phương án": "Thành lập Sở Du lịch",
    "Mã phương án": "so-du-lich-2025",
    "Văn bản căn cứ": "Nghị quyết 01/2025/NQ-HĐND",
    "Ngày ký": "2025-06-15",
    "Cơ quan ban hành": "Hội đồng nhân dân tỉnh",
    "Ngày có hiệu lực": "2025-07-01",
}


@pytest.mark.usefixtures("on_the_eve")
def test_the_pages_of_a_plan_are_for_everybody(
    live_server: LiveServer, page: OpenPage, axe: Violations
) -> None:
    opened = signed_in(page(PHONE), live_server.url)
    opened.goto(f"{live_server.url}/co-quan/cai-cach/lap")
    opened.get_by_label("Loại thay đổi").select_option("Sáp nhập, hợp nhất (đơn vị trước kết thúc)")
    opened.get_by_role("button", name="Thêm dòng").click()
    expect(opened.get_by_label("Các đơn vị trước")).to_be_focused()
    looked_at(opened, "reform-form", axe)
    opened.get_by_role("button", name="Lưu và xem trước").last.click()
    looked_at(opened, "reform-form-errors", axe)
    opened.goto(f"{live_server.url}/co-quan/cai-cach/lap/van-ban")
    looked_at(opened, "reform-as-text", axe)


@pytest.fixture
def records() -> Iterator[None]:
    """Records of an app above: 40 of each commune of Trà Bồng in the spring of 2025."""
    communes = [queries.agency_by_key(f"quang-ngai/{code}").pk for code in TRA_BONG]

    def count(first: date, last: date) -> Mapping[int, int]:
        return dict.fromkeys(communes, 40) if first <= date(2025, 4, 1) <= last else {}

    counted_records.register(CountedRecords("test", "Hồ sơ thử", count))
    yield
    del counted_records.providers._entries["test"]


@pytest.mark.usefixtures("on_the_eve", "records")
def test_figures_are_read_as_it_was_and_restated(
    live_server: LiveServer, page: OpenPage, axe: Violations
) -> None:
    reform = Reform.objects.get(code="don-vi-hanh-chinh-2025-07-01")
    carry_out_reform(reform.uuid, actor=SystemActor("test"), at=AT, expected_version=reform.version)
    opened = signed_in(page(LAPTOP), live_server.url)
    opened.goto(f"{live_server.url}/co-quan/quy-doi")
    opened.get_by_label("Số liệu", exact=True).select_option("Hồ sơ thử")
    opened.get_by_label("Từ ngày").fill("2025-01-01")
    opened.get_by_label("Đến hết ngày").fill("2025-12-31")
    opened.get_by_role("button", name="Xem").click()
    row = opened.get_by_role("row", name="Chưa phân bổ của UBND xã Trà Bùi")
    assert "40" in row.inner_text()
    looked_at(opened, "restated", axe)
    opened.get_by_role("link", name="Như lúc đó").click()
    expect(opened.get_by_role("row", name="UBND xã Trà Bùi 40")).to_be_visible()
    total = opened.get_by_role("row", name="Tổng số").inner_text()
    assert str(40 * len(TRA_BONG)) in total
    looked_at(opened, "as-it-was", axe)
    opened.goto(f"{live_server.url}/co-quan/cai-cach/{reform.uuid}")
    looked_at(opened, "reform-done", axe)


@pytest.mark.usefixtures("on_the_eve")
def test_a_visitor_reads_the_directory_of_any_day_on_a_phone(
    live_server: LiveServer, page: OpenPage, axe: Violations
) -> None:
    opened = page(PHONE, javascript=False)
    opened.goto(f"{live_server.url}/co-quan?ngay=2025-06-30&tim=tra+bui")
    opened.get_by_role("link", name="Xã Trà Bùi", exact=True).click()
    expect(opened.get_by_role("heading", name="UBND xã Trà Bùi")).to_be_visible()
    reform = Reform.objects.get(code="don-vi-hanh-chinh-2025-07-01")
    assert not hasattr(reform, "carried_out")

    opened = page(PHONE)
    opened.goto(f"{live_server.url}/co-quan")
    looked_at(opened, "directory-phone", axe)
    tra_bui = queries.agency_by_key("quang-ngai/21142")
    opened.goto(f"{live_server.url}/co-quan/{tra_bui.uuid}")
    looked_at(opened, "history-phone", axe)
    opened = page(LAPTOP)
    opened.goto(f"{live_server.url}/co-quan")
    looked_at(opened, "directory", axe)
    labour = queries.agency_by_key("quang-ngai/so-lao-dong")
    opened.goto(f"{live_server.url}/co-quan/{labour.uuid}")
    looked_at(opened, "history", axe)
