"""A day at a commune desk, and one at a department, as the how-to pages tell them: docs/how-to/a-day-*.md.

Each on a phone, on a laptop and without scripts; the commune's once on a network cut before a post and after one.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser import LAPTOP, PHONE, axe, browser, looked_at, page
from tests.journeys.cutting import AFTER, CUT, OPEN, Relay
from tests.journeys.test_citizen import desk, look_up
from tests.journeys.test_cut_network import relay
from tests.journeys.test_desk import CARD, knows_it_is_early, the_rest
from tests.journeys.test_whole_life import (
    acts,
    counter_hands_over,
    head_decides,
    officer_proposes,
    officer_writes_the_result,
    opens_from_the_queue,
    other_agency_answers,
    sends,
    sits_down,
)
from tinhso.accounts.models import User
from tinhso.agencies.tests.factories import make_agency
from tinhso.calendars import clock
from tinhso.counter.models import TicketDesk
from tinhso.dossiers.models import Dossier, State, Submission
from tinhso.dossiers.tests.factories import MARRIAGE, officer, received
from tinhso.dossiers.tests.stages import concluded, until
from tinhso.files.tests.factories import PDF

if TYPE_CHECKING:
    from playwright.sync_api import Page
    from pytest_django.live_server_helper import LiveServer

    from tests.browser import OpenPage, Violations
    from tinhso.dossiers.tests.factories import Desk

__all__ = ["axe", "browser", "desk", "page", "relay"]
pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
LONG_AGO = timedelta(days=30)
SCAN = {"name": "ban-sao.pdf", "mimeType": "application/pdf", "buffer": PDF}


def opens_the_numbers(shown: Page, address: str) -> None:
    """The head opens the machine that gives numbers."""
    shown.goto(f"{address}/quay/luong-viec/")
    shown.get_by_role("button", name="Mở quầy lấy số").click()
    expect(shown.get_by_role("link", name="Máy lấy số")).to_be_visible()
    looked_at(shown, "80-opened", None)


def takes_a_number(shown: Page, address: str) -> None:
    kiosk = TicketDesk.objects.get()
    shown.goto(f"{address}/lay-so/{kiosk.uuid}/{kiosk.key}/")
    shown.get_by_role("button", name="Nộp hồ sơ").click()
    expect(shown.get_by_role("heading", name="Số của bạn")).to_be_visible()


def presses(shown: Page, button: str, relay: Relay | None, cut: str) -> None:
    """Send it; where the network is cut the page says that it waits, and it goes when the network is back."""
    if relay is not None:
        relay.mode = cut
    shown.get_by_role("button", name=button).click()
    if relay is not None:
        expect(shown.get_by_text("Chưa gửi (1)")).to_be_visible()
        relay.mode = OPEN
        shown.get_by_role("button", name="Gửi lại").click()


def calls_and_takes_in(shown: Page, address: str, relay: Relay | None) -> Dossier:
    shown.goto(f"{address}/quay/goi-so/?cua=1")
    shown.get_by_role("button", name="Gọi số tiếp theo").click()
    shown.get_by_role("link", name="Tiếp nhận hồ sơ", exact=True).click()
    shown.locator(f"a[href*='{MARRIAGE}']").first.click()
    shown.get_by_label("Quét mã QR trên thẻ căn cước").fill(CARD)
    shown.get_by_role("button", name="Điền từ thẻ").click()
    expect(shown.get_by_text("Đã điền từ thẻ")).to_be_visible()
    the_rest(shown)
    presses(shown, "Tiếp nhận và cấp mã hồ sơ", relay, CUT)
    expect(shown.get_by_text("Đã tiếp nhận hồ sơ")).to_be_visible()
    looked_at(shown, "81-taken-in", None)
    return Dossier.objects.get()


def takes_the_fee(shown: Page) -> None:
    shown.get_by_role("link", name="Thu tiền").click()
    shown.get_by_label("Tiền mặt").check()
    shown.get_by_role("button", name="Thu tiền và cấp biên lai").click()
    expect(shown.get_by_role("heading", level=1)).to_contain_text("Biên lai")
    looked_at(shown, "82-receipt", None)


def serves_the_next(shown: Page, address: str) -> None:
    shown.goto(f"{address}/quay/goi-so/?cua=1")
    shown.get_by_role("button", name="Xong").click()
    expect(shown.get_by_role("heading", name="Cửa đang trống")).to_be_visible()


def asks_for_more(shown: Page, dossier: Dossier) -> None:
    opens_from_the_queue(shown, dossier)
    shown.get_by_role("button", name="Nhận xử lý").click()
    acts(shown, "Yêu cầu bổ sung", None, "83-more")
    shown.get_by_label("Giấy tờ, nội dung cần bổ sung").fill("Giấy tờ chứng minh nơi cư trú")
    shown.get_by_label("Căn cứ, lý do").fill("Tờ khai chưa rõ nơi cư trú")
    sends(shown, "Yêu cầu bổ sung", "Đã gửi yêu cầu bổ sung.")


def takes_what_was_brought(
    shown: Page, dossier: Dossier, address: str, relay: Relay | None
) -> None:
    shown.goto(f"{address}/ho-so/so-theo-doi/")
    shown.get_by_label("Từ ngày").fill(clock.day_of(clock.now()).isoformat())
    shown.get_by_role("button", name="Xem").click()
    shown.get_by_role("link", name=str(dossier.number)).click()
    shown.get_by_role("link", name="Nhận bổ sung").click()
    shown.locator("input[type=file]").first.set_input_files(SCAN)
    presses(shown, "Nhận bổ sung", relay, AFTER)
    shown.wait_for_url(f"**/ho-so/{dossier.uuid}/")
    assert Submission.objects.filter(dossier=dossier).count() == 2


def asks_health(shown: Page, dossier: Dossier) -> None:
    opens_from_the_queue(shown, dossier)
    acts(shown, "Lấy ý kiến", None, "84-ask")
    shown.get_by_label("Nội dung hỏi").fill("Có ảnh hưởng không?")
    shown.get_by_label("Tìm cơ quan").fill("y te")
    shown.get_by_role("button", name="Lọc danh sách").click()
    expect(shown.get_by_label("Nội dung hỏi")).to_have_value("Có ảnh hưởng không?")
    shown.get_by_label("Cơ quan được hỏi").select_option("Sở Y tế")
    sends(shown, "Lấy ý kiến", "Đã gửi lấy ý kiến.")


def closes_the_day(shown: Page, address: str) -> None:
    shown.goto(f"{address}/quay/doi-chieu/")
    shown.get_by_label("Số hồ sơ giấy").first.fill("1")
    knows_it_is_early(shown)
    shown.get_by_role("button", name="Khóa sổ").click()
    expect(shown.get_by_role("heading", name="Đã khóa sổ")).to_be_visible()
    looked_at(shown, "85-closed", None)


def sees_what_was_closed(shown: Page, address: str) -> None:
    shown.goto(f"{address}/quay/doi-chieu/chua-khoa/")
    expect(shown.get_by_role("heading", name="Ngày chưa khóa sổ").first).to_be_visible()
    looked_at(shown, "86-open-days", None)


def a_day_at_a_commune_desk(shown: Page, desk: Desk, address: str, relay: Relay | None) -> None:
    for number in range(12):
        make_agency(f"Phòng {number}", parent=desk.commune)
    opens_the_numbers(sits_down(shown, desk.head, address), address)
    takes_a_number(shown, address)
    dossier = calls_and_takes_in(sits_down(shown, desk.clerk, address), address, relay)
    takes_the_fee(shown)
    serves_the_next(shown, address)
    asks_for_more(sits_down(shown, desk.specialist, address), dossier)
    takes_what_was_brought(sits_down(shown, desk.clerk, address), dossier, address, relay)
    asks_health(sits_down(shown, desk.specialist, address), dossier)
    other_agency_answers(sits_down(shown, desk.outsider, address), dossier, None)
    officer_proposes(sits_down(shown, desk.specialist, address), dossier, None)
    head_decides(sits_down(shown, desk.leader, address), dossier, None)
    officer_writes_the_result(sits_down(shown, desk.specialist, address), dossier, None)
    counter_hands_over(sits_down(shown, desk.clerk, address), dossier, None)
    shown.goto(f"{address}/thu-phi/")
    expect(shown.get_by_text("Hoa Hai").first).to_be_visible()
    closes_the_day(shown, address)
    sees_what_was_closed(sits_down(shown, desk.leader, address), address)
    assert Dossier.objects.get().state == State.HANDED_OVER


def test_a_day_at_a_commune_desk_on_a_phone_without_scripts(
    desk: Desk, live_server: LiveServer, page: OpenPage
) -> None:
    a_day_at_a_commune_desk(page(PHONE, javascript=False), desk, live_server.url, None)


def test_a_day_at_a_commune_desk_on_a_network_cut_twice(
    desk: Desk, relay: Relay, page: OpenPage
) -> None:
    a_day_at_a_commune_desk(page(LAPTOP), desk, relay.url, relay)
    assert relay.dropped >= 2


def saves_a_view_and_takes_many(shown: Page) -> None:
    shown.get_by_text("Bộ lọc đã lưu").click()
    shown.get_by_label("Lưu bộ lọc đang dùng, tên").fill("Việc của phòng")
    shown.get_by_role("button", name="Lưu", exact=True).click()
    expect(shown.get_by_text("Đã lưu bộ lọc.")).to_be_visible()
    shown.locator("td.select input").first.check()
    shown.get_by_role("button", name="Nhận xử lý", exact=True).first.click()
    expect(shown.get_by_text("Đã làm 1 trong 1 hồ sơ được chọn")).to_be_visible()


def names_a_stand_in(shown: Page, address: str, colleague: str) -> None:
    shown.goto(f"{address}/tai-khoan")
    shown.get_by_text("Cử người thay thế", exact=True).click()
    shown.get_by_label("Thư điện tử của người thay thế").fill(colleague)
    shown.get_by_label("Đến hết ngày").fill("2090-12-31")
    shown.get_by_label("Lý do").fill("Nghỉ phép")
    shown.get_by_role("button", name="Cử người thay").click()
    expect(shown.get_by_text("Tú thay")).to_be_visible()


def takes_the_list_home(shown: Page, address: str) -> None:
    shown.goto(f"{address}/ho-so/")
    for kind in "XLSX", "CSV":
        with shown.expect_download() as download:
            shown.get_by_role("link", name=kind).click()
        assert download.value.path().stat().st_size > 0


def sends_back(shown: Page, dossier: Dossier, address: str) -> None:
    shown.goto(f"{address}/ho-so/?cua=ky")
    opens_from_the_queue(shown, dossier)
    acts(shown, "Trả lại bước trước", None, "94-back")
    shown.get_by_label("Lý do").fill("Chưa rõ nơi cư trú")
    sends(shown, "Trả lại bước trước", "Đã trả lại.")


def extends(shown: Page, dossier: Dossier, address: str) -> None:
    shown.goto(f"{address}/ho-so/{dossier.uuid}/")
    acts(shown, "Xin lỗi và gia hạn", None, "95-extend")
    shown.get_by_label("Gia hạn thêm").fill("2")
    shown.get_by_label("Lý do chậm").fill("Chờ xác minh")
    sends(shown, "Xin lỗi và gia hạn", "Đã gia hạn và báo người nộp.")


def complains(shown: Page, dossier: Dossier, address: str) -> None:
    """The applicant, from the look-up."""
    look_up(shown, address, dossier, None)
    shown.get_by_role("link", name="Đánh giá, khiếu nại").click()
    shown.get_by_label("Nội dung").fill("Không ai báo")
    shown.get_by_role("button", name="Gửi khiếu nại").click()
    expect(shown.get_by_text("Đã gửi khiếu nại.")).to_be_visible()


def answers_the_complaint(shown: Page, dossier: Dossier, address: str) -> None:
    shown.goto(f"{address}/ho-so/?cua=")
    shown.get_by_text("Lọc thêm").click()
    shown.get_by_label("Bước").first.select_option("Trả lời khiếu nại")
    shown.get_by_role("button", name="Lọc", exact=True).click()
    opens_from_the_queue(shown, dossier)
    acts(shown, "Trả lời khiếu nại", None, "96-complaint")
    shown.get_by_label("Khiếu nại đúng").check()
    shown.get_by_label("Nội dung trả lời").fill("Đã báo qua điện thoại")
    sends(shown, "Trả lời khiếu nại", "Đã trả lời người nộp.")
    shown.goto(f"{address}/ho-so/hai-long/")
    expect(shown.get_by_role("heading", level=1)).to_have_text("Mức độ hài lòng")


def asks_another_to_take_it(
    shown: Page, dossier: Dossier, address: str, axe: Violations | None
) -> None:
    shown.goto(f"{address}/ho-so/tinh-hinh/")
    expect(shown.get_by_role("heading", name="Cần xử lý ngay")).to_be_visible()
    shown.goto(f"{address}/ho-so/{dossier.uuid}/")
    looked_at(shown, "90-late", axe)
    acts(shown, "Đề nghị chuyển cơ quan khác", axe, "91-transfer")
    shown.get_by_label("Cơ quan nhận giải quyết").select_option("Sở Y tế")
    shown.get_by_label("Lý do").fill("Thuộc thẩm quyền của Sở Y tế")
    sends(shown, "Đề nghị chuyển cơ quan khác", "Đã gửi đề nghị chuyển.")


def takes_it_over(shown: Page, dossier: Dossier, axe: Violations | None) -> None:
    opens_from_the_queue(shown, dossier)
    acts(shown, "Trả lời đề nghị chuyển", axe, "92-answer")
    shown.get_by_label("Nhận giải quyết", exact=True).check()
    sends(shown, "Trả lời đề nghị chuyển", "Đã trả lời.")


def reopens(shown: Page, dossier: Dossier, address: str, axe: Violations | None) -> None:
    shown.goto(f"{address}/ho-so/?tim={dossier.number}")
    shown.get_by_role("link", name="trong mọi hồ sơ đã tiếp nhận").click()
    shown.get_by_role("link", name=str(dossier.number)).first.click()
    acts(shown, "Mở lại hồ sơ", axe, "93-reopen")
    shown.get_by_label("Số quyết định").fill("15/QĐ-UBND")
    shown.get_by_label("Ngày quyết định").fill(clock.day_of(clock.now()).isoformat())
    shown.get_by_label("Lý do").fill("Kết quả ghi sai ngày sinh")
    sends(shown, "Mở lại hồ sơ", "Đã mở lại hồ sơ.")


@pytest.mark.parametrize(("width", "scripts"), [(LAPTOP, True), (PHONE, False)])
def test_a_day_at_a_department(  # noqa: PLR0917 - the fixtures of every journey, and two sizes
    desk: Desk, live_server: LiveServer, page: OpenPage, axe: Violations, width: int, scripts: bool
) -> None:
    address, now = live_server.url, clock.now()
    see = axe if scripts else None
    ended = concluded(desk, at=now - LONG_AGO)
    late = received(desk, at=now - LONG_AGO)
    health = officer("Thảo", "agency-leader", desk.health)
    shown = page(width, javascript=scripts)
    saves_a_view_and_takes_many(sits_down(shown, desk.specialist, address))
    takes_the_list_home(shown, address)
    names_a_stand_in(shown, address, User.objects.get(pk=desk.head.user).email)
    asks_another_to_take_it(sits_down(shown, desk.leader, address), late, address, see)
    takes_it_over(sits_down(shown, health, address), late, None)
    reopens(sits_down(shown, desk.leader, address), ended, address, None)
    late.refresh_from_db()
    ended.refresh_from_db()
    assert late.competent_agency_id == desk.health.pk
    assert ended.state == State.IN_PROCESS


def test_what_a_director_signs_extends_and_answers(
    desk: Desk, live_server: LiveServer, page: OpenPage
) -> None:
    address = live_server.url
    dossier = until(desk, "ky_duyet", at=clock.now())
    complains(page(PHONE, javascript=False), dossier, address)
    shown = sits_down(page(PHONE, javascript=False), desk.leader, address)
    extends(shown, dossier, address)
    answers_the_complaint(shown, dossier, address)
    sends_back(shown, dossier, address)
    dossier.refresh_from_db()
    assert dossier.state == State.IN_PROCESS
