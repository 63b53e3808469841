"""Every component in a browser: accessible, within its window, and working without scripts."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.test import override_settings
from PIL import Image
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.browser import LAPTOP, PHONE, OpenPage, Violations, overflow

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
PAGES = ["/ui/mau/", "/ui/mau/cong-dan/"]


@pytest.fixture(autouse=True)
def demonstration() -> object:
    """The style page opens in a demonstration only."""
    with override_settings(DEMO=True):
        yield


@pytest.mark.parametrize("width", [PHONE, LAPTOP])
@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_accessible_and_stays_in_its_window(
    live_server: LiveServer, page: OpenPage, axe: Violations, path: str, width: int
) -> None:
    shown = page(width)
    refused: list[str] = []
    shown.on("console", lambda line: refused.append(line.text) if line.type == "error" else None)
    shown.goto(live_server.url + path)
    for folded in shown.locator("main details").all():
        folded.evaluate("one => one.open = true")
    assert axe(shown) == []
    assert overflow(shown) == 0
    assert refused == []


def test_a_word_too_pale_to_be_read_is_told_each_time_also_where_its_like_was_right(
    live_server: LiveServer, page: OpenPage, axe: Violations
) -> None:
    shown = page()
    shown.goto(live_server.url + PAGES[0])
    assert axe(shown) == []
    shown.locator("main p").first.evaluate(
        "one => one.animate([{color: '#bbb', background: '#fff'}], {duration: 1, fill: 'forwards'}).finished.then()"
    )  # no attribute tells of it
    for _again in range(2):
        assert [line.split(":")[0] for line in axe(shown)] == ["color-contrast"]


@pytest.mark.parametrize("path", PAGES)
def test_a_page_works_without_scripts(live_server: LiveServer, page: OpenPage, path: str) -> None:
    shown = page(PHONE, javascript=False)
    shown.goto(live_server.url + path)
    expect(shown.locator("h1")).to_be_visible()
    assert overflow(shown) == 0


def test_the_menu_of_a_phone_opens_without_scripts(live_server: LiveServer, page: OpenPage) -> None:
    shown = page(PHONE, javascript=False)
    shown.goto(live_server.url + PAGES[0])
    menu = shown.locator("details.side-phone nav")
    expect(menu).to_be_hidden()
    shown.locator("details.side-phone summary").click()
    expect(menu).to_be_visible()


def test_the_first_tab_stop_leads_to_the_content(live_server: LiveServer, page: OpenPage) -> None:
    shown = page()
    shown.goto(live_server.url + "/khong-co-trang-nay/")
    shown.keyboard.press("Tab")
    assert shown.evaluate("document.activeElement.getAttribute('href')") == "#main"
    shown.keyboard.press("Enter")
    assert shown.evaluate("document.activeElement.id") == "main"


def test_the_language_is_switched_by_a_form(live_server: LiveServer, page: OpenPage) -> None:
    shown = page(javascript=False)
    shown.goto(live_server.url + PAGES[0] + "?tu=lan")
    assert shown.locator("html").get_attribute("lang") == "vi"
    shown.get_by_role("button", name="English").click()
    assert shown.locator("html").get_attribute("lang") == "en"
    assert shown.url.endswith("?tu=lan")


def test_a_page_with_errors_begins_at_their_summary(
    live_server: LiveServer, page: OpenPage
) -> None:
    shown = page(PHONE, javascript=False)
    shown.goto(live_server.url + PAGES[1])
    expect(shown.locator(".govuk-error-summary")).to_be_focused()
    shown.get_by_role("link", name="Nêu lý do.").click()
    expect(shown.locator("#id_ly-do")).to_be_focused()


def test_a_photo_is_made_small_before_it_is_sent(
    live_server: LiveServer, page: OpenPage, tmp_path: Path
) -> None:
    photo = tmp_path / "giay-to.png"
    Image.effect_noise((3200, 1600), 80).save(photo)
    shown = page()
    shown.goto(live_server.url + PAGES[0])
    field = shown.locator("#id_anh")
    field.set_input_files(photo)
    # Playwright's own waiting would evaluate text, which the policy of the page forbids.
    for _ in range(100):
        if field.evaluate("input => input.files[0].type") == "image/jpeg":
            break
        shown.wait_for_timeout(100)
    name, size, width = field.evaluate(
        "async (input) => [input.files[0].name, input.files[0].size, (await createImageBitmap(input.files[0])).width]"
    )
    assert (name, width) == ("giay-to.jpg", 2400)
    assert size < photo.stat().st_size


def test_a_list_is_walked_by_keys(live_server: LiveServer, page: OpenPage) -> None:
    shown = page()
    shown.goto(live_server.url + PAGES[0])
    for key in "jjkx":
        shown.keyboard.press(key)
    current = shown.locator("[data-list] tr.is-current")
    expect(current).to_have_count(1)
    expect(current.locator("input")).to_be_checked()
    expect(shown.locator("[data-selected]")).to_have_text("1")
    shown.keyboard.press("?")
    expect(shown.locator("dialog[data-keys]")).to_be_visible()


def test_typing_in_a_field_is_no_command(live_server: LiveServer, page: OpenPage) -> None:
    shown = page()
    shown.goto(live_server.url + PAGES[0])
    shown.locator("#id_tu").fill("")
    shown.locator("#id_tu").press_sequentially("jx?")
    assert shown.locator("#id_tu").input_value() == "jx?"
    expect(shown.locator("[data-list] tr.is-current")).to_have_count(0)


def test_a_lost_connection_shows_a_band_and_keeps_what_was_typed(
    live_server: LiveServer, page: OpenPage
) -> None:
    shown = page()
    shown.goto(live_server.url + PAGES[0])
    shown.locator("#id_ho-ten").fill("Hoa")
    _offline(shown, lost=True)
    expect(shown.get_by_role("alert").filter(has_text="mất kết nối")).to_be_visible()
    assert shown.locator("#id_ho-ten").input_value() == "Hoa"
    _offline(shown, lost=False)
    expect(shown.locator("[data-offline]")).to_be_hidden()


def _offline(shown: Page, *, lost: bool) -> None:
    shown.context.set_offline(lost)


def test_a_refusal_of_a_fragment_is_shown_above_and_the_form_stays(
    live_server: LiveServer, page: OpenPage
) -> None:
    shown = page()
    shown.goto(live_server.url + PAGES[0])
    shown.evaluate(
        """() => {
            const form = document.querySelector(".filters");
            const asked = {get: "/khong-co-trang-nay/", target: ".filters", select: ".filters"};
            Object.entries(asked).forEach(([name, value]) => form.setAttribute(`hx-${name}`, value));
            htmx.process(form);
        }"""
    )
    shown.get_by_role("button", name="Lọc", exact=True).click()
    expect(shown.locator("#refusal")).to_contain_text("Địa chỉ có thể đã gõ sai")
    expect(shown.locator(".filters")).to_be_visible()
