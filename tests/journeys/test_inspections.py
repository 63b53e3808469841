"""An inspection in browsers: prepared, held on site over a cut network, agreed by both sides, remedied, closed."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from PIL import Image
from playwright.sync_api import expect

from tests.browser import PHONE, looked_at
from tests.journeys.cutting import AFTER, CUT, OPEN, Relay
from tests.journeys.test_tasks import follows, presses
from tests.journeys.test_whole_life import sits_down
from tinhso.inspections.models import Inspection, Note, Photo, State
from tinhso.inspections.tests.factories import World, make_world
from tinhso.tasks.models import Task

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page
    from pytest_django.fixtures import Settings
    from pytest_django.live_server_helper import LiveServer

    from tests.browser import OpenPage, Violations

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
SAVE = "Lưu, sang tiêu chí sau"


@pytest.fixture
def world(transactional_db: None, settings: Settings, tmp_path: Path) -> World:
    """A province that inspects its department of health."""
    del transactional_db
    settings.FILES_ROOT = tmp_path
    return make_world()


@pytest.fixture
def relay(live_server: LiveServer) -> Iterator[Relay]:
    """The way from the browser to the server."""
    relay = Relay(live_server.url)
    yield relay
    relay.close()


def taken() -> bytes:
    """A photo as a phone takes it."""
    made = BytesIO()
    Image.effect_noise((3000, 2000), 90).convert("RGB").save(made, "JPEG", quality=95)
    return made.getvalue()


def reports_of_itself(shown: Page, address: str, world: World, axe: Violations | None) -> None:
    """The unit says what it thinks of a criterion before the team comes."""
    shown.goto(f"{address}/kiem-tra/{world.inspection.uuid}/")
    expect(shown.get_by_text("Đơn vị chưa tự báo cáo.")).to_be_visible()
    follows(shown, "Tự báo cáo")
    shown.get_by_label("Tự đánh giá").first.select_option("Đạt một phần")
    shown.get_by_label("Đã làm được gì, còn vướng gì").first.fill(
        "Đã có kế hoạch, chưa giao người."
    )
    looked_at(shown, "inspections-self-report", axe)
    presses(shown, "Lưu tự báo cáo")
    expect(shown.get_by_text("Đơn vị đã tự báo cáo 1 tiêu chí.")).to_be_visible()
    looked_at(shown, "inspections-self-reported", axe)


def comes_prepared(shown: Page, address: str, axe: Violations | None) -> None:
    """From the list to the checklist of the unit."""
    shown.goto(f"{address}/kiem-tra/")
    looked_at(shown, "inspections-plans", axe)
    shown.get_by_role("link", name="Sở Y tế").first.click()
    looked_at(shown, "inspections-open", axe)


def notes(shown: Page, text: str, judgement: str) -> None:
    shown.get_by_label(judgement, exact=True).check()
    shown.get_by_label("Ghi chép").fill(text)


def photographs(shown: Page, relay: Relay | None = None) -> None:
    """A photo is added; over a network that loses the answer it is sent again, and there once."""
    picture = {"name": "phong-may.jpg", "mimeType": "image/jpeg", "buffer": taken()}
    shown.locator("input[type=file]").set_input_files(picture)
    shown.get_by_label("Ảnh chụp gì").fill("Phòng máy chủ")
    if relay is not None:
        relay.mode = AFTER
    presses(shown, "Thêm ảnh")
    if relay is not None:
        expect(shown.get_by_text("Chưa gửi (1)")).to_be_visible()
        relay.mode = OPEN
        presses(shown, "Gửi lại")
        expect(shown.get_by_text("Chưa gửi (0)")).to_be_visible()
        shown.reload()
    expect(shown.get_by_text("Đã thêm ảnh.").first).to_be_visible()


def says(shown: Page, axe: Violations | None) -> None:
    """A finding, a recommendation, and the minutes are put before the unit."""
    follows(shown, "Thêm nhận định")
    looked_at(shown, "inspections-finding", axe)
    shown.get_by_label("Tồn tại, hạn chế").check()
    shown.get_by_label("Nội dung").fill("Một số máy tính chưa cài phòng chống mã độc.")
    presses(shown, "Thêm nhận định")
    expect(shown.get_by_text("Đã ghi nhận định.")).to_be_visible()
    follows(shown, "Thêm kiến nghị")
    shown.get_by_label("Đề nghị đơn vị").fill("Cài phòng chống mã độc cho mọi máy tính.")
    shown.get_by_label("Hoàn thành trước ngày").fill("2099-12-31")
    presses(shown, "Thêm kiến nghị")
    expect(shown.get_by_text("Đã ghi kiến nghị.")).to_be_visible()
    looked_at(shown, "inspections-noted", axe)
    follows(shown, "Chốt biên bản")
    looked_at(shown, "inspections-lacking", axe)
    shown.get_by_role("link", name="Ghi đủ buổi làm việc").click()
    shown.get_by_label("Giờ bắt đầu").fill("2025-08-05T08:00")
    shown.get_by_label("Giờ kết thúc").fill("2025-08-05T11:30")
    shown.get_by_label("Người của đơn vị dự làm việc").fill(
        "Bình, Phó Giám đốc\nAn, Chánh Văn phòng"
    )
    shown.get_by_label("Ý kiến của đơn vị được kiểm tra").fill("Đề nghị tỉnh hỗ trợ máy quét.")
    looked_at(shown, "inspections-sitting", axe)
    presses(shown, "Lưu buổi làm việc")
    expect(shown.get_by_text("Đã lưu buổi làm việc.")).to_be_visible()
    looked_at(shown, "inspections-sat", axe)
    follows(shown, "Chốt biên bản")
    looked_at(shown, "inspections-sealing", axe)
    presses(shown, "Chốt biên bản")


def acts(shown: Page, address: str, world: World, name: str, fields: dict[str, str]) -> None:
    shown.goto(f"{address}/kiem-tra/{world.inspection.uuid}/")
    follows(shown, name)
    for label, text in fields.items():
        shown.get_by_label(label).fill(text)
    presses(shown, name)


def raises(shown: Page, axe: Violations | None) -> None:
    """What was found and holds the unit up goes to who can solve it."""
    shown.get_by_role("link", name="Báo vướng mắc: Một số máy tính").click()
    expect(shown.get_by_label("Một số máy tính")).to_be_checked()
    shown.get_by_label("Hạ tầng").check()
    looked_at(shown, "inspections-stuck", axe)
    presses(shown, "Báo vướng mắc")
    expect(shown.get_by_text("Đã báo vướng mắc đến nơi giải quyết.")).to_be_visible()
    expect(shown.get_by_text("Vướng mắc: Chờ tháo gỡ")).to_be_visible()


def remedies(shown: Page, address: str, world: World, axe: Violations | None) -> None:
    shown.goto(f"{address}/kiem-tra/{world.inspection.uuid}/")
    looked_at(shown, "inspections-concluded", axe)
    follows(shown, "Kiểm tra lại kiến nghị 1")
    expect(shown.get_by_label("Cài phòng chống mã độc")).to_be_checked()
    shown.get_by_label("Đã khắc phục", exact=True).check()
    shown.get_by_label("Thấy gì").fill("Đã cài đủ 42 máy.")
    looked_at(shown, "inspections-recheck", axe)
    presses(shown, "Kiểm tra lại")
    expect(shown.get_by_text("Đã ghi kết quả kiểm tra lại.")).to_be_visible()


def ends(page: OpenPage, address: str, world: World, axe: Violations | None) -> None:
    """The unit agrees, the chair concludes, what was asked for is done, the inspection is over."""
    scripts = axe is not None
    unit = sits_down(page(PHONE, javascript=scripts), world.unit_head, address)
    acts(unit, address, world, "Thông qua biên bản", {"Ý kiến": "Nhất trí."})
    looked_at(unit, "inspections-agreed", axe)
    raises(unit, axe)
    chair = sits_down(page(PHONE, javascript=scripts), world.offices.chair, address)
    acts(chair, address, world, "Kết luận, giao khắc phục", {"Số kết luận": "01/KL-ĐKT"})
    assert Task.objects.get(lead=world.offices.health).text.startswith("Cài phòng chống")
    remedies(
        sits_down(page(PHONE, javascript=scripts), world.secretary, address), address, world, axe
    )
    acts(chair, address, world, "Kết thúc cuộc kiểm tra", {})
    expect(chair.get_by_text("Đã kết thúc cuộc kiểm tra.")).to_be_visible()
    looked_at(chair, "inspections-closed", axe)
    for name in ("So sánh các đơn vị", "So sánh qua các năm"):
        if name.endswith("vị"):
            chair.goto(f"{address}/kiem-tra/ke-hoach/{world.inspection.plan.uuid}/")
            looked_at(chair, "inspections-plan", axe)
        else:
            chair.goto(f"{address}/kiem-tra/{world.inspection.uuid}/")
        follows(chair, name)
        looked_at(chair, f"inspections-{name[-3:]}", axe)
    assert Inspection.objects.get(pk=world.inspection.pk).state == State.CLOSED


def test_on_site_over_a_network_that_is_cut_twice(
    world: World, relay: Relay, page: OpenPage, axe: Violations
) -> None:
    reports_of_itself(sits_down(page(PHONE), world.unit_head, relay.url), relay.url, world, axe)
    shown = sits_down(page(PHONE), world.secretary, relay.url)
    comes_prepared(shown, relay.url, axe)
    shown.goto(f"{relay.url}/kiem-tra/{world.inspection.uuid}/tieu-chi/1/")
    expect(shown.get_by_text("Đã có kế hoạch, chưa giao người.")).to_be_visible()
    looked_at(shown, "inspections-item", axe)
    notes(shown, "Đã ban hành kế hoạch", "Đạt")
    relay.mode = CUT
    presses(shown, SAVE)
    expect(shown.get_by_text("Chưa gửi (1)")).to_be_visible()
    looked_at(shown, "inspections-cut", axe)
    assert not Note.objects.exists()
    relay.mode = OPEN
    presses(shown, "Gửi lại")
    shown.wait_for_url("**/tieu-chi/2/")
    notes(shown, "Còn 3 việc chậm", "Đạt một phần")
    relay.mode = AFTER
    presses(shown, SAVE)
    expect(shown.get_by_text("Chưa gửi (1)")).to_be_visible()
    relay.mode = OPEN
    presses(shown, "Gửi lại")
    shown.wait_for_url("**/tieu-chi/3/")
    assert Note.objects.count() == 2
    photographs(shown, relay)
    looked_at(shown, "inspections-photographed", axe)
    assert Photo.objects.get().file.blob.size < len(taken())
    shown.goto(f"{relay.url}/kiem-tra/{world.inspection.uuid}/")
    says(shown, axe)
    ends(page, relay.url, world, axe)


def test_two_inspectors_keep_both_texts(
    world: World, page: OpenPage, live_server: LiveServer, axe: Violations
) -> None:
    address = f"{live_server.url}/kiem-tra/{world.inspection.uuid}/tieu-chi/1/"
    mai = sits_down(page(PHONE), world.secretary, live_server.url)
    son = sits_down(page(PHONE), world.second, live_server.url)
    for shown in (mai, son):
        shown.goto(address)
    notes(mai, "Bản của Mai", "Đạt")
    presses(mai, "Lưu")
    expect(mai.get_by_text("Đã lưu tiêu chí 1.")).to_be_visible()
    notes(son, "Bản của Sơn", "Chưa đạt")
    presses(son, "Lưu")
    expect(son.get_by_text("Bản của Mai")).to_be_visible()
    expect(son.get_by_label("Ghi chép")).to_have_value("Bản của Sơn")
    looked_at(son, "inspections-both", axe)
    notes(son, "Bản của Mai và của Sơn", "Đạt một phần")
    presses(son, "Lưu")
    expect(son.get_by_text("Đã lưu tiêu chí 1.")).to_be_visible()
    expect(son.get_by_label("Ghi chép")).to_have_value("Bản của Mai và của Sơn")


def test_it_goes_without_scripts(world: World, page: OpenPage, live_server: LiveServer) -> None:
    shown = sits_down(page(PHONE, javascript=False), world.secretary, live_server.url)
    comes_prepared(shown, live_server.url, None)
    shown.goto(f"{live_server.url}/kiem-tra/{world.inspection.uuid}/tieu-chi/1/")
    notes(shown, "Đã ban hành kế hoạch", "Đạt")
    presses(shown, "Lưu")
    expect(shown.get_by_text("Đã lưu tiêu chí 1.")).to_be_visible()
    shown.goto(f"{live_server.url}/kiem-tra/{world.inspection.uuid}/tieu-chi/3/")
    photographs(shown)
    shown.goto(f"{live_server.url}/kiem-tra/{world.inspection.uuid}/")
    says(shown, None)
    ends(page, live_server.url, world, None)
