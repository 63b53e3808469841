"""A notice in browsers: pasted, put right, issued, worked on, decided; without scripts too."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser import LAPTOP, PHONE, looked_at
from tests.journeys.test_whole_life import sits_down
from tinhso.calendars import clock
from tinhso.tasks import services
from tinhso.tasks.models import Notice, State, Task
from tinhso.tasks.tests.factories import NOTICE, Offices, make_offices

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page
    from pytest_django.fixtures import Settings
    from pytest_django.live_server_helper import LiveServer

    from tests.browser import OpenPage, Violations

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def offices(transactional_db: None, settings: Settings, tmp_path: Path) -> Offices:
    """A province that gives tasks."""
    del transactional_db
    settings.FILES_ROOT = tmp_path
    return make_offices()


def presses(shown: Page, name: str) -> None:
    shown.get_by_role("button", name=name, exact=True).click()


def follows(shown: Page, name: str) -> None:
    shown.get_by_role("link", name=name, exact=True).click()


def brings_in(shown: Page, address: str, axe: Violations | None) -> None:
    """Pasted, read, shown beside its words."""
    shown.goto(f"{address}/nhiem-vu/van-ban/moi/")
    looked_at(shown, "tasks-bringing", axe)
    shown.get_by_label("Hoặc dán nội dung").fill(NOTICE)
    presses(shown, "Đọc văn bản")
    expect(shown.locator("mark")).to_have_count(9)
    looked_at(shown, "tasks-review", axe)


def puts_right(shown: Page, axe: Violations | None) -> None:
    """An agency is chosen, an item split and taken back, one dropped."""
    follows(shown, "Sửa mục 1")
    looked_at(shown, "tasks-item", axe)
    shown.get_by_label("Kết quả cần đạt").fill("25 quy trình được ban hành")
    shown.get_by_label("Số hồ sơ, số văn bản", exact=True).check()
    shown.get_by_label("Thêm cơ quan phối hợp").fill("so tai chinh")
    presses(shown, "Lưu mục")
    first = shown.locator(".draft").first
    expect(first).to_contain_text("Sở Tài chính")
    expect(first).to_contain_text("Minh chứng cần có: Số hồ sơ, số văn bản.")
    first.get_by_text("Tách làm hai").click()
    first.get_by_label("Phần thứ hai bắt đầu từ chữ").fill("hoàn thành trước")
    presses(shown, "Tách mục 1")
    expect(shown.locator("mark")).to_have_count(10)
    presses(shown, "Hoàn tác")
    presses(shown, "Bỏ mục 9")
    expect(shown.locator("mark")).to_have_count(8)
    looked_at(shown, "tasks-reviewed", axe)


def issues(shown: Page, address: str, axe: Violations | None) -> None:
    shown.goto(f"{address}/nhiem-vu/van-ban/")
    looked_at(shown, "tasks-notices", axe)
    shown.get_by_role("link", name="Thông báo kết luận 212/TB-VP").click()
    presses(shown, "Giao nhiệm vụ")
    expect(shown.get_by_text("Đã giao 11 nhiệm vụ.")).to_be_visible()
    looked_at(shown, "tasks-issued", axe)


def works(shown: Page, address: str, axe: Violations | None) -> None:
    """The agency takes the task, says how far it is, shows it, asks for time."""
    shown.goto(f"{address}/nhiem-vu/")
    looked_at(shown, "tasks-inbox", axe)
    shown.get_by_role("link", name="Nâng cấp đường truyền").click()
    looked_at(shown, "tasks-task", axe)
    follows(shown, "Nhận nhiệm vụ")
    looked_at(shown, "tasks-act", axe)
    presses(shown, "Nhận nhiệm vụ")
    follows(shown, "Báo cáo tiến độ")
    shown.get_by_label("Đã làm được gì").fill("Xong 8 xã, còn 4 xã chờ cột.")
    shown.get_by_label("Tiến độ (%)").fill("66")
    presses(shown, "Báo cáo tiến độ")
    follows(shown, "Xin gia hạn")
    shown.get_by_label("Gia hạn đến ngày").fill(f"{clock.now().year + 1}-06-30")
    shown.get_by_label("Lý do").fill("Mưa lũ, chưa dựng được cột.")
    presses(shown, "Xin gia hạn")
    expect(shown.get_by_text("Đang chờ quyết định gia hạn")).to_be_visible()
    looked_at(shown, "tasks-task-waiting", axe)


def decides(shown: Page, address: str, axe: Violations | None) -> None:
    """What only the chair can set going stands first."""
    shown.goto(f"{address}/nhiem-vu/theo-doi/")
    expect(shown.get_by_role("heading", name="Việc chỉ đồng chí mới gỡ được")).to_be_visible()
    looked_at(shown, "tasks-board", axe)
    follows(shown, "Quyết định gia hạn")
    looked_at(shown, "tasks-deciding", axe)
    shown.get_by_label("Đồng ý", exact=True).check()
    presses(shown, "Quyết định gia hạn")
    expect(shown.get_by_text("Đồng ý gia hạn đến")).to_be_visible()


def looks_round(shown: Page, address: str, axe: Violations | None) -> None:
    """The month, the page for the session, how the period went."""
    for place in ("lich", "theo-doi/phien-hop", "ket-qua"):
        shown.goto(f"{address}/nhiem-vu/{place}/")
        expect(shown.get_by_role("heading", level=1)).to_be_visible()
        looked_at(shown, f"tasks-{place.replace('/', '-')}", axe)


def test_from_a_pasted_notice_to_work_that_is_followed(
    page: OpenPage, live_server: LiveServer, offices: Offices, axe: Violations
) -> None:
    address = live_server.url
    clerk = sits_down(page(LAPTOP), offices.follower, address)
    brings_in(clerk, address, axe)
    puts_right(clerk, axe)
    chair = sits_down(page(LAPTOP), offices.chair, address)
    issues(chair, address, axe)
    works(sits_down(page(LAPTOP), offices.head, address), address, axe)
    decides(chair, address, axe)
    looks_round(chair, address, axe)
    task = Task.objects.get(text__startswith="Nâng cấp")
    assert (task.state, task.deadline_on) == (State.ACCEPTED, task.deadline_on)
    assert task.deadline_on is not None
    assert task.deadline_on.year == clock.now().year + 1


def test_it_goes_without_scripts(page: OpenPage, live_server: LiveServer, offices: Offices) -> None:
    address = live_server.url
    clerk = sits_down(page(PHONE, javascript=False), offices.follower, address)
    brings_in(clerk, address, None)
    puts_right(clerk, None)
    notice = Notice.objects.get()
    number = notice.reviews.latest("number").number
    services.confirm(notice.uuid, expected=number, actor=offices.chair, at=clock.now())
    head = sits_down(page(PHONE, javascript=False), offices.head, address)
    works(head, address, None)
