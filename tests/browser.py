"""A browser for journeys: Debian's Chromium under Playwright, with axe.

A journey's conftest says `from tests.browser import axe, browser, page`. `page(width)` opens a page
in Vietnamese, `page(width, javascript=False)` one without scripts. Tests that take them are skipped,
visibly, where there is no Chromium.
"""

from __future__ import annotations

import atexit
import os
import shutil
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Error, Page, expect, sync_playwright

PHONE, LAPTOP = 360, 1440
PATIENCE = 30_000  # ms: a busy machine is no fault of the page; how long pages take, the bench says
LOOKS = """() => {
  const told = new Map();
  const hash = (text, from) => [...text].reduce((sum, char) => (sum * 31 + char.codePointAt(0)) % 0xfffffffffff, from);
  const look = (one) => {
    if (!one) return 7;
    if (!told.has(one)) {
      const style = getComputedStyle(one);
      const own = ["color", "backgroundColor", "backgroundImage", "opacity", "fontSize", "fontWeight", "textShadow",
        "display", "visibility", "position"].map((name) => style[name]);
      const says = [...one.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());
      own.push(one.tagName, says, one.matches(":disabled"), one.getAttribute("aria-disabled"));
      told.set(one, hash(own.join(" "), look(one.parentElement)));
    }
    return told.get(one);
  };
  for (const one of document.body.querySelectorAll("*")) look(one);
  window.looks = told;
  return [...new Set(told.values())];
}"""
"""How each element looks, by what its styles come to, its own and those of all that it stands in."""
EXAMINED = """async (fresh) => {
  const unseen = new Set(fresh);
  for (const [one, look] of window.looks) one.toggleAttribute("data-unseen", unseen.has(look));
  axe.configure({rules: [{id: "color-contrast", selector: "[data-unseen]"}]});
  const found = await axe.run(document, {resultTypes: ["violations"]});
  for (const one of window.looks.keys()) one.removeAttribute("data-unseen");
  return found.violations.flatMap(({id, nodes}) => nodes.map(({html}) => `${id}: ${html.slice(0, 160)}`));
}"""
"""The contrast of what looks alike is examined where it is seen first; what axe finds right nobody reads."""
PICTURES = os.environ.get("TINHSO_PICTURES", "")
"""A folder for pictures of the pages that are looked at, at both widths; without it none are taken."""
expect.set_options(timeout=PATIENCE)
OpenPage = Callable[..., Page]
Violations = Callable[[Page], list[str]]


def chromium() -> str | None:
    """Where the system's Chromium is, or None: the one without windows first, which takes a third less of a machine."""
    known = ("chromium-headless-shell", "chromium", "chromium-browser")
    found = (shutil.which(name) for name in known)
    return os.environ.get("TINHSO_CHROMIUM") or next(filter(None, found), None)


@cache
def _launched(executable: str) -> Browser:
    """The one browser of this process, however many modules import the fixture.

    Playwright keeps an event loop on this thread, in which Django must be told to go on.
    """
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    playwright = sync_playwright().start()
    opened = playwright.chromium.launch(executable_path=executable)
    atexit.register(playwright.stop)
    atexit.register(opened.close)
    return opened


@pytest.fixture(scope="session")
def browser() -> Browser:
    """One browser for the whole run."""
    executable = chromium()
    if executable is None:
        pytest.skip(
            "no Chromium: apt-get install --no-install-recommends chromium-headless-shell fonts-noto-core"
        )
    return _launched(executable)


@pytest.fixture
def page(browser: Browser) -> Iterator[OpenPage]:
    """`page(width)`: a new page of its own session; errors of its scripts fail the test."""
    contexts = []
    faults: list[str] = []

    def opened(width: int = LAPTOP, *, javascript: bool = True, height: int = 900) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": height},
            locale="vi-VN",
            java_script_enabled=javascript,
        )
        contexts.append(context)
        context.set_default_timeout(PATIENCE)
        new_page = context.new_page()
        new_page.on("pageerror", lambda error: faults.append(str(error)))
        return new_page

    yield opened
    for context in contexts:
        context.close()
    assert not faults, faults


@pytest.fixture(scope="session")
def axe() -> Violations:
    """`axe(page)`: what axe finds wrong, one line each; assert that it is empty."""
    looks: set[int] = set()

    def found(page: Page) -> list[str]:
        page.locator("body").wait_for()
        try:
            return _examined(page, looks)
        except Error:  # it gave way to the next page while it was looked at
            page.wait_for_load_state()
            return _examined(page, looks)

    return found


def _examined(page: Page, looks: set[int]) -> list[str]:
    """What axe finds wrong in a page; looks that it knows are of a contrast that was right."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(_script())
    shown = set(page.evaluate(LOOKS))
    lines: list[str] = page.evaluate(EXAMINED, list(shown - looks))
    if not lines:
        looks |= shown
    return lines


@cache
def _script() -> str:
    return str(Axe().axe_script)


def overflow(page: Page) -> int:
    """How many pixels the page is wider than its window; 0 when nothing scrolls sideways."""
    page.locator(
        "body"
    ).wait_for()  # the document of the page before may be gone, the next not begun
    return int(page.evaluate("document.documentElement.scrollWidth - innerWidth"))


def looked_at(page: Page, name: str, axe: Violations | None) -> None:
    """Nothing inaccessible, nothing outside the window of a phone or of a laptop; a picture of both, where wanted.

    A journey goes at the width of whoever goes it; each of its pages must fit the other as well.
    """
    assert axe is None or axe(page) == [], name
    for width in _widths(page):
        assert overflow(page) == 0, f"{name} at {width}"
        pictured(page, name)


def pictured(page: Page, name: str) -> None:
    """A picture of the whole page as wide as it is now, named after the journey."""
    if PICTURES:
        journey = Path(os.environ["PYTEST_CURRENT_TEST"].split("::")[0]).stem.removeprefix("test_")
        page.screenshot(
            path=str(Path(PICTURES) / f"{journey}-{name}-{_width(page)}.png"), full_page=True
        )


def _width(page: Page) -> int:
    return page.viewport_size["width"] if page.viewport_size else 0


def _widths(page: Page) -> Iterator[int]:
    """The width of the page, then the other; afterwards it is as it was."""
    own = page.viewport_size or {"width": LAPTOP, "height": 900}
    yield own["width"]
    other = PHONE if own["width"] != PHONE else LAPTOP
    page.set_viewport_size({"width": other, "height": own["height"]})
    yield other
    page.set_viewport_size(own)
