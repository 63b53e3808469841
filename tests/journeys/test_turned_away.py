"""The counter when a sending arrives and is not taken: session over, file too large, right lost, no cipher."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser import LAPTOP, axe, browser, looked_at, page
from tests.journeys.test_citizen import desk
from tests.journeys.test_cut_network import SEND, begun, is_one
from tests.journeys.test_whole_life import sits_down
from tinhso.accounts.models import RolePermission
from tinhso.dossiers.models import Dossier
from tinhso.dossiers.permissions import DossierPermission

if TYPE_CHECKING:
    from playwright.sync_api import Page, Request, Route
    from pytest_django.live_server_helper import LiveServer

    from tests.browser import OpenPage, Violations
    from tinhso.dossiers.tests.factories import Desk

__all__ = ["axe", "browser", "desk", "page"]
pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
SESSION_OVER = "Phiên làm việc đã hết"
SIGN_IN = "Đăng nhập lại để gửi"
COUNTER = "**/ho-so/tiep-nhan/**"
NO_CIPHER = "Object.defineProperty(Crypto.prototype, 'subtle', { get: () => undefined })"
STORES = "() => indexedDB.databases().then((all) => all.map((one) => one.name))"


def session_ends(shown: Page) -> None:
    shown.context.clear_cookies(name="sessionid")


def still_typed(shown: Page) -> None:
    expect(shown.get_by_label("Nơi cư trú")).to_have_value("Thôn Hai")


def test_after_signing_in_again_it_is_sent_and_said_so(
    desk: Desk, live_server: LiveServer, page: OpenPage, axe: Violations
) -> None:
    shown = begun(sits_down(page(LAPTOP), desk.clerk, live_server.url), live_server.url)
    session_ends(shown)
    shown.get_by_role("button", name=SEND).click()
    expect(shown.get_by_text(SESSION_OVER)).to_be_in_viewport()
    shown.get_by_text("Chưa gửi (1)").click()
    expect(shown.get_by_text(SIGN_IN)).to_be_visible()
    still_typed(shown)
    looked_at(shown, "72-signed-out", axe)
    assert not Dossier.objects.exists()
    sits_down(shown, desk.clerk, live_server.url)
    shown.get_by_text("Chưa gửi (0)").click()
    expect(shown.get_by_text("Đã gửi:")).to_be_visible()
    expect(shown.get_by_text(SIGN_IN)).to_be_hidden()
    is_one()


def test_the_card_button_says_that_the_session_is_over(
    desk: Desk, live_server: LiveServer, page: OpenPage
) -> None:
    shown = begun(sits_down(page(), desk.clerk, live_server.url), live_server.url)
    session_ends(shown)
    shown.get_by_role("button", name="Điền từ thẻ").click()
    expect(shown.get_by_text(SESSION_OVER)).to_be_visible()
    still_typed(shown)
    shown.get_by_role("link", name="Đăng nhập lại").click()
    shown.wait_for_url("**/dang-nhap?next=/ho-so/tiep-nhan/**")


@pytest.mark.parametrize(
    ("status", "said"), [(413, "Tệp đính kèm quá lớn"), (403, "(mã 403)"), (200, "(mã 200)")]
)
def test_what_something_in_between_answers_loses_nothing(
    desk: Desk, live_server: LiveServer, page: OpenPage, status: int, said: str
) -> None:
    shown = begun(sits_down(page(), desk.clerk, live_server.url), live_server.url)

    def answered(route: Route) -> None:
        if route.request.method == "POST":
            route.fulfill(status=status, body="<h1>proxy</h1>", content_type="text/html")
        else:
            route.continue_()

    shown.route(COUNTER, answered)
    shown.get_by_role("button", name=SEND).click()
    expect(shown.locator("[data-trouble]")).to_contain_text(said)
    expect(shown.get_by_text("Chưa gửi (1)")).to_be_visible()
    still_typed(shown)
    shown.unroute(COUNTER)
    shown.get_by_role("button", name="Gửi lại").click()
    expect(shown.get_by_text("Đã tiếp nhận hồ sơ")).to_be_visible()
    is_one()


def test_a_right_that_was_lost_is_no_signing_out(
    desk: Desk, live_server: LiveServer, page: OpenPage
) -> None:
    shown = begun(sits_down(page(), desk.clerk, live_server.url), live_server.url)
    RolePermission.objects.filter(permission=DossierPermission.SUBMIT_FOR).delete()
    sent: list[str] = []

    def seen(request: Request) -> None:
        if request.method == "POST":
            sent.append(request.url)

    shown.on("request", seen)
    shown.get_by_role("button", name=SEND).click()
    expect(shown.locator("#refusal")).to_contain_text("Không được phép")
    expect(shown.get_by_text("Không có quyền gửi:")).to_be_visible()
    expect(shown.get_by_text(SIGN_IN)).to_be_hidden()
    shown.evaluate("dispatchEvent(new Event('online'))")
    shown.wait_for_timeout(500)
    assert len(sent) == 1, "nothing is sent again unasked"
    assert not Dossier.objects.exists()


def test_a_page_that_was_open_too_long_is_sent_by_the_next(
    desk: Desk, live_server: LiveServer, page: OpenPage
) -> None:
    """Signed in anew elsewhere, so that the token of this page is nobody's: no refusal, no signing out."""
    shown = sits_down(page(), desk.clerk, live_server.url)
    asking: list[Request] = []
    shown.on("request", lambda one: asking.append(one) if one.method == "POST" else None)
    begun(shown, live_server.url)
    shown.wait_for_timeout(300)
    for one in asking:  # what answers open is asked for with the token, and brings it anew
        one.response()
    shown.context.clear_cookies(name="csrftoken")
    shown.get_by_role("button", name=SEND).click()
    expect(shown.locator("#refusal")).to_contain_text("tải lại trang")
    shown.get_by_text("Chưa gửi (1)").click()
    expect(shown.get_by_text("Chưa gửi:")).to_be_visible()
    shown.reload()
    expect(shown.get_by_text("Đã tiếp nhận hồ sơ")).to_be_visible()
    is_one()


def test_without_a_cipher_nothing_is_kept_and_it_says_so(
    desk: Desk, live_server: LiveServer, page: OpenPage, axe: Violations
) -> None:
    shown = page()
    shown.context.add_init_script(NO_CIPHER)
    begun(sits_down(shown, desk.clerk, live_server.url), live_server.url)
    shown.wait_for_timeout(600)
    expect(shown.get_by_text("Kết nối này không được mã hóa")).to_be_visible()
    looked_at(shown, "73-unsealed", axe)
    assert shown.evaluate(STORES) == []
    shown.get_by_role("button", name=SEND).click()
    expect(shown.get_by_text("Đã tiếp nhận hồ sơ")).to_be_visible()
    assert shown.evaluate(STORES) == []
    is_one()
