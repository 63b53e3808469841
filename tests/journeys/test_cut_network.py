"""The counter on a network that is cut before, during and after the post: nothing lost, nothing twice."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser import LAPTOP, PHONE, axe, browser, looked_at, page
from tests.journeys.cutting import AFTER, CUT, IN_THE_MIDDLE, OPEN, Relay
from tests.journeys.test_citizen import date_of_birth, desk
from tests.journeys.test_desk import CARD
from tests.journeys.test_whole_life import sits_down
from tinhso.calendars import clock
from tinhso.dossiers import services
from tinhso.dossiers.models import Dossier, Paper, State, Submission
from tinhso.dossiers.tests.factories import MARRIAGE, received
from tinhso.files.tests.factories import PDF

if TYPE_CHECKING:
    from playwright.sync_api import Page, Route
    from pytest_django.live_server_helper import LiveServer

    from tests.browser import OpenPage, Violations
    from tinhso.dossiers.tests.factories import Desk

__all__ = ["axe", "browser", "desk", "page"]
pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
SEND = "Tiếp nhận và cấp mã hồ sơ"
SCAN = {"name": "giay-to.pdf", "mimeType": "application/pdf", "buffer": PDF}


@pytest.fixture
def relay(live_server: LiveServer) -> Iterator[Relay]:
    """The way from the browser to the server."""
    relay = Relay(live_server.url)
    yield relay
    relay.close()


def filled(shown: Page) -> None:
    """Everything that the form asks, with a file."""
    for name, text in (
        ("full_name", "Hoa Hai"),
        ("personal_id", "000190000007"),
        ("phone", "0000000007"),
        ("address", "Thôn Hai, xã Ba Gia"),
        ("nguoi_duoc_cap", "Hoa Hai"),
        ("noi_cu_tru", "Thôn Hai"),
    ):
        shown.locator(f"[name={name}]").fill(text)
    date_of_birth(shown, "2", "1", "1990")
    shown.get_by_label("Mua bán, chuyển nhượng tài sản").check()
    shown.get_by_role("group", name="Đã từng kết hôn?").get_by_label("Không", exact=True).check()
    shown.get_by_label("Tại quầy").check()
    shown.locator("input[type=file]").first.set_input_files(SCAN)
    for box in shown.get_by_role("combobox").filter(has_text="Bản chính đã đối chiếu").all():
        box.select_option("Bản chính đã đối chiếu")


def begun(shown: Page, address: str) -> Page:
    shown.goto(f"{address}/ho-so/tiep-nhan/{MARRIAGE}/?kenh=counter")
    filled(shown)
    return shown


def is_one() -> None:
    dossier = Dossier.objects.get()
    assert dossier.state == State.IN_PROCESS
    assert Submission.objects.count() == 1
    assert Paper.objects.filter(submission__dossier=dossier, file__filename="giay-to.pdf").exists()


@pytest.mark.parametrize("cut", [CUT, IN_THE_MIDDLE, AFTER])
def test_a_post_that_is_cut_arrives_once(
    desk: Desk, relay: Relay, page: OpenPage, cut: str
) -> None:
    shown = begun(sits_down(page(), desk.clerk, relay.url), relay.url)
    relay.mode = cut
    shown.get_by_role("button", name=SEND).click()
    expect(shown.get_by_text("Chưa gửi (1)")).to_be_visible()
    expect(shown.get_by_label("Nơi cư trú")).to_have_value("Thôn Hai")
    assert relay.dropped > 0
    assert Dossier.objects.count() == (1 if cut == AFTER else 0)
    relay.mode = OPEN
    shown.get_by_role("button", name="Gửi lại").click()
    said = "ở lần gửi trước" if cut == AFTER else "Đã tiếp nhận hồ sơ"
    expect(shown.get_by_text(said)).to_be_visible()
    assert str(Dossier.objects.get().uuid) in shown.url
    expect(shown.locator("[data-unsent]")).to_be_hidden()
    is_one()


def test_offline_it_waits_and_goes_by_itself(
    desk: Desk, relay: Relay, page: OpenPage, axe: Violations
) -> None:
    shown = begun(sits_down(page(PHONE), desk.clerk, relay.url), relay.url)
    shown.context.set_offline(True)
    shown.get_by_role("button", name=SEND).click()
    expect(shown.get_by_text("Chưa gửi (1)")).to_be_visible()
    shown.get_by_text("Chưa gửi (1)").click()
    looked_at(shown, "70-unsent", axe)
    shown.context.set_offline(False)
    shown.wait_for_url("**/ho-so/*-*-*/")
    is_one()


def test_what_is_on_its_way_is_not_sent_beside_it(desk: Desk, relay: Relay, page: OpenPage) -> None:
    """A slow answer, and a network that comes back meanwhile: what waits is sent, this has its own answer coming."""
    shown = begun(sits_down(page(), desk.clerk, relay.url), relay.url)
    sent: list[str] = []

    def slowly(route: Route) -> None:
        sent.append(route.request.method)
        if len(sent) == 1:
            shown.evaluate("dispatchEvent(new Event('online'))")
            shown.wait_for_timeout(500)
        route.continue_()

    shown.route("**/ho-so/tiep-nhan/**", slowly)
    shown.get_by_role("button", name=SEND).click()
    expect(shown.get_by_text("Đã tiếp nhận hồ sơ")).to_be_visible()
    assert sent == ["POST"]
    is_one()


def test_a_closed_page_loses_nothing(desk: Desk, relay: Relay, page: OpenPage) -> None:
    """The window is closed with the post unsent; the next page of the same person sends it."""
    shown = begun(sits_down(page(), desk.clerk, relay.url), relay.url)
    relay.mode = CUT
    shown.get_by_role("button", name=SEND).click()
    expect(shown.get_by_text("Chưa gửi (1)")).to_be_visible()
    other = shown.context.new_page()
    shown.close()
    relay.mode = OPEN
    other.goto(f"{relay.url}/ho-so/")
    expect(other.get_by_text("Chưa gửi (0)")).to_be_visible()
    other.get_by_text("Chưa gửi (0)").click()
    expect(other.get_by_text("Đã gửi:")).to_be_visible()
    is_one()


def test_what_is_typed_while_the_card_is_read_stays(
    desk: Desk, relay: Relay, page: OpenPage
) -> None:
    shown = sits_down(page(), desk.clerk, relay.url)
    shown.goto(f"{relay.url}/ho-so/tiep-nhan/{MARRIAGE}/?kenh=counter")

    def slowly(route: Route) -> None:
        shown.get_by_label("Nơi cư trú").fill("Thôn Ba")
        route.continue_()

    shown.get_by_label("Quét mã QR trên thẻ căn cước").fill(CARD)
    shown.route("**/ho-so/tiep-nhan/**", slowly)
    shown.get_by_role("button", name="Điền từ thẻ").click()
    expect(shown.get_by_text("Đã điền từ thẻ")).to_be_visible()
    expect(shown.get_by_label("Nơi cư trú")).to_have_value("Thôn Ba")
    expect(shown.get_by_label("Số định danh cá nhân")).to_have_value("000190000007")


def test_what_was_typed_is_there_again(
    desk: Desk, relay: Relay, page: OpenPage, axe: Violations
) -> None:
    shown = begun(sits_down(page(), desk.clerk, relay.url), relay.url)
    shown.wait_for_timeout(600)
    shown.reload()
    expect(shown.get_by_text("Nội dung gõ dở trên máy này đã được điền lại.")).to_be_visible()
    expect(shown.get_by_label("Nơi cư trú")).to_have_value("Thôn Hai")
    expect(shown.get_by_label("Tại quầy")).to_be_checked()
    looked_at(shown, "71-restored", axe)


def test_nobody_else_at_the_machine_sees_or_sends_it(
    desk: Desk, relay: Relay, page: OpenPage
) -> None:
    shown = begun(sits_down(page(), desk.clerk, relay.url), relay.url)
    relay.mode = CUT
    shown.get_by_role("button", name=SEND).click()
    expect(shown.get_by_text("Chưa gửi (1)")).to_be_visible()
    kept = shown.evaluate(KEPT)
    assert "000190000007" not in kept
    assert "Hoa Hai" not in kept
    relay.mode = OPEN
    sits_down(shown, desk.colleague, relay.url)
    expect(shown.locator("[data-unsent]")).to_be_hidden()
    shown.wait_for_timeout(500)
    assert not Dossier.objects.exists()
    sits_down(shown, desk.clerk, relay.url)
    expect(shown.get_by_text("Chưa gửi (0)")).to_be_visible()
    is_one()


def test_signing_out_asks_and_leaves_nothing_behind(
    desk: Desk, relay: Relay, page: OpenPage
) -> None:
    shown = begun(sits_down(page(), desk.clerk, relay.url), relay.url)
    shown.context.set_offline(True)
    shown.get_by_role("button", name=SEND).click()
    expect(shown.get_by_text("Chưa gửi (1)")).to_be_visible()
    asked: list[str] = []

    def no(dialog: object) -> None:
        asked.append(dialog.message)  # type: ignore[attr-defined]
        dialog.dismiss()  # type: ignore[attr-defined]

    shown.once("dialog", no)
    shown.locator(".person summary").click()
    shown.get_by_role("button", name="Đăng xuất").click()
    shown.wait_for_timeout(300)
    assert "Còn 1 hồ sơ chưa gửi" in asked[0]
    assert shown.evaluate(KEPT) != "[]"
    shown.once("dialog", lambda dialog: dialog.accept())
    shown.get_by_role("button", name="Đăng xuất").click()
    shown.wait_for_timeout(500)
    shown.context.set_offline(False)
    shown.goto(f"{relay.url}/dang-nhap")
    assert shown.evaluate(KEPT) == "[]"


def test_a_form_with_a_mistake_is_shown_with_it(desk: Desk, relay: Relay, page: OpenPage) -> None:
    shown = begun(sits_down(page(), desk.clerk, relay.url), relay.url)
    shown.get_by_label("Nơi cư trú").fill("")
    shown.get_by_role("button", name=SEND).click()
    expect(shown.locator(".govuk-error-summary")).to_be_visible()
    shown.get_by_label("Nơi cư trú").fill("Thôn Hai")
    shown.get_by_role("button", name=SEND).click()
    expect(shown.get_by_text("Đã tiếp nhận hồ sơ")).to_be_visible()
    is_one()


def test_what_is_refused_after_a_cut_is_told_mended_and_sent_once(
    desk: Desk, relay: Relay, page: OpenPage, axe: Violations
) -> None:
    shown = begun(sits_down(page(LAPTOP), desk.clerk, relay.url), relay.url)
    shown.get_by_label("Nơi cư trú").fill("")
    relay.mode = CUT
    shown.get_by_role("button", name=SEND).click()
    expect(shown.get_by_text("Chưa gửi (1)")).to_be_visible()
    relay.mode = OPEN
    shown.goto(f"{relay.url}/quay/doi-chieu/")
    expect(shown.get_by_text("Cần sửa (1)")).to_be_visible()
    line = shown.locator("[data-unsent] li.is-wrong")
    expect(line).to_contain_text("Nơi cư trú")
    expect(line.get_by_role("link")).to_be_focused()
    looked_at(shown, "72-refused", axe)
    line.get_by_role("link").click()
    expect(shown.get_by_label("Nơi cư trú")).to_have_value("")
    expect(shown.locator("[name=full_name]")).to_have_value("Hoa Hai")
    shown.get_by_label("Nơi cư trú").fill("Thôn Hai")
    shown.get_by_role("button", name=SEND).click()
    expect(shown.get_by_text("Đã tiếp nhận hồ sơ")).to_be_visible()
    expect(shown.locator("[data-unsent]")).to_be_hidden()
    is_one()


def test_what_is_refused_in_front_of_the_officer_turns_to_what_to_mend(
    desk: Desk, relay: Relay, page: OpenPage
) -> None:
    shown = begun(sits_down(page(), desk.clerk, relay.url), relay.url)
    shown.get_by_label("Nơi cư trú").fill("")
    relay.mode = CUT
    shown.get_by_role("button", name=SEND).click()
    expect(shown.get_by_text("Chưa gửi (1)")).to_be_visible()
    shown.locator("[name=phone]").fill("0000000009")
    relay.mode = OPEN
    shown.get_by_role("button", name="Gửi lại").click()
    expect(shown.get_by_text("Cần sửa (1)")).to_be_visible()
    expect(shown.locator(".govuk-error-summary")).to_be_focused()
    expect(shown.locator(".govuk-error-summary")).to_contain_text("Nơi cư trú")
    expect(shown.locator("[name=phone]")).to_have_value("0000000009")
    looked_at(shown, "73-turned", None)
    shown.get_by_label("Nơi cư trú").fill("Thôn Hai")
    shown.get_by_role("button", name=SEND).click()
    expect(shown.get_by_text("Đã tiếp nhận hồ sơ")).to_be_visible()
    is_one()


def test_a_supplement_that_is_cut_arrives_once(desk: Desk, relay: Relay, page: OpenPage) -> None:
    at = clock.now()
    dossier = received(desk, at=at)
    services.request_supplement(
        dossier.uuid, actor=desk.specialist, items=["Bản sao giấy cũ"], reason="Thiếu", at=at
    )
    shown = sits_down(page(), desk.clerk, relay.url)
    shown.goto(f"{relay.url}/ho-so/{dossier.uuid}/nhan-bo-sung/")
    shown.locator("input[type=file]").first.set_input_files(SCAN)
    relay.mode = AFTER
    shown.get_by_role("button", name="Nhận bổ sung").click()
    expect(shown.get_by_text("Chưa gửi (1)")).to_be_visible()
    relay.mode = OPEN
    shown.get_by_role("button", name="Gửi lại").click()
    shown.wait_for_url(f"**/ho-so/{dossier.uuid}/")
    assert Submission.objects.filter(dossier=dossier).count() == 2


KEPT = """() => new Promise((done) => {
    const asked = indexedDB.open("tinhso-kept");
    asked.onsuccess = () => {
        const rows = asked.result.transaction("kept").objectStore("kept").getAll();
        rows.onsuccess = () => done(JSON.stringify(rows.result.map((row) => ({
            ...row, sealed: row.sealed && new TextDecoder().decode(row.sealed.bytes) }))));
    };
})"""
"""All that the browser keeps, of everybody, as text."""
