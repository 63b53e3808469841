"""English pages on a phone and on a laptop: longer words than Vietnamese, the same frames."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.conf import settings as configured
from django.test import Client
from django.urls import reverse

from tests.browser import LAPTOP, PHONE, axe, browser, page
from tests.browser import looked_at as browser_looked_at
from tests.test_english import make_house
from tinhso.dossiers.tests.factories import ID, MARRIAGE

if TYPE_CHECKING:
    from playwright.sync_api import Page
    from pytest_django.fixtures import Settings
    from pytest_django.live_server_helper import LiveServer

    from tests.browser import OpenPage, Violations
    from tests.test_english import House

__all__ = ["axe", "browser", "page"]
pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def house(transactional_db: None, settings: Settings) -> House:
    del transactional_db
    settings.DEMO = True
    return make_house()


def in_english(opened: Page, address: str, user: object = None) -> None:
    """Switch to English as a reader does; signed in as `user`, if one is given."""
    if user is not None:
        client = Client()
        client.force_login(user)  # type: ignore[arg-type]
        session = client.cookies[configured.SESSION_COOKIE_NAME].value
        opened.context.add_cookies(
            [{"name": configured.SESSION_COOKIE_NAME, "value": session, "url": address}]
        )
    opened.context.add_cookies([{"name": "django_language", "value": "en", "url": address}])


def looked_at(opened: Page, name: str, axe: Violations) -> None:
    assert opened.locator("html").get_attribute("lang") == "en"
    browser_looked_at(opened, name, axe)


def test_an_officer_reads_english(
    house: House, live_server: LiveServer, page: OpenPage, axe: Violations
) -> None:
    opened = page(LAPTOP)
    in_english(opened, live_server.url, house.chief)
    paths = {
        "queue": reverse("dossiers:queue"),
        "dossier": reverse("dossiers:dossier", args=[house.working.uuid]),
        "done": reverse("dossiers:dossier", args=[house.done.uuid]),
        "act": reverse("dossiers:act", args=[house.waiting.uuid, "tiep-nhan"]),
        "overview": reverse("dossiers:overview"),
        "counter": reverse("dossiers:counter_form", args=[MARRIAGE]),
        "directory": reverse("agencies:directory"),
        "calendar": reverse("calendars:province"),
        "log": reverse("events:log"),
        "people": reverse("accounts:people"),
        "notifications": reverse("notifications:inbox"),
    }
    for name, path in paths.items():
        opened.goto(live_server.url + path)
        looked_at(opened, name, axe)


def test_a_citizen_reads_english(
    house: House, live_server: LiveServer, page: OpenPage, axe: Violations
) -> None:
    opened = page(PHONE)
    opened.goto(live_server.url)
    opened.get_by_role("button", name="English").first.click()
    looked_at(opened, "home", axe)
    opened.goto(live_server.url + reverse("portal:procedure", args=[MARRIAGE]))
    looked_at(opened, "procedure", axe)
    opened.get_by_role("button", name="Submit the dossier").click()
    opened.get_by_label("Ba Gia Commune").check()
    looked_at(opened, "place", axe)
    opened.get_by_role("button", name="Continue").click()
    looked_at(opened, "step", axe)
    opened.get_by_role("button", name="Continue").click()
    looked_at(opened, "step-errors", axe)
    opened.goto(live_server.url + reverse("portal:look_up"))
    opened.get_by_label("Reference or dossier number").fill(str(house.asked.number))
    opened.get_by_label("Personal ID or tax code").fill(ID)
    opened.get_by_role("button", name="Look up").click()
    opened.get_by_role("heading", name="What you need to do: supplement the dossier").wait_for()
    looked_at(opened, "dossier", axe)
