"""Lan files at the machine of the commune's desk; it asks whether she is still there, and forgets her."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from tests.browser import LAPTOP, PHONE, axe, browser, page
from tests.journeys.test_citizen import desk, fill_in, hand_in, looked_at, to_the_form
from tinhso.calendars import clock
from tinhso.counter.services import open_desk
from tinhso.dossiers.models import Draft

if TYPE_CHECKING:
    from pytest_django.live_server_helper import LiveServer

    from tests.browser import OpenPage, Violations
    from tinhso.dossiers.tests.factories import Desk

__all__ = ["axe", "browser", "desk", "page"]
pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
ALMOST, REST = 155_000, 30_000
KEPT = "() => [localStorage.length, sessionStorage.length, document.cookie.length]"


def machine_of(desk: Desk, address: str) -> str:
    made = open_desk(desk.commune.pk, actor=desk.head, at=clock.now())
    return address + reverse("portal:station", args=[made.uuid, made.station_key])


def test_she_files_and_the_next_finds_nothing_of_her(
    desk: Desk, live_server: LiveServer, page: OpenPage, axe: Violations
) -> None:
    shown = page(LAPTOP)
    machine = machine_of(desk, live_server.url)
    shown.goto(machine)
    looked_at(shown, "90-station", axe)
    shown.get_by_role("button", name="Nộp hồ sơ").click()
    to_the_form(shown, live_server.url, None)
    looked_at(shown, "91-station-form", axe)
    fill_in(shown, None)
    dossier = hand_in(shown, None)
    confirmed = shown.url

    shown.get_by_role("button", name="Xong, xóa khỏi máy").click()

    expect(shown.get_by_role("heading", name="Tự nộp hồ sơ tại máy này")).to_be_visible()
    assert shown.evaluate(KEPT)[:2] == [0, 0]
    assert not [one for one in shown.context.cookies() if one["name"] == "sessionid"]
    for address in (confirmed, f"{live_server.url}/tra-cuu/{dossier.uuid}/"):
        shown.goto(address)
        expect(shown.get_by_text("Lan Một")).to_have_count(0)
    shown.go_back()
    expect(shown.get_by_text("Lan Một")).to_have_count(0)


def test_nobody_touches_it_and_it_forgets(
    desk: Desk, live_server: LiveServer, page: OpenPage, axe: Violations
) -> None:
    shown = page(LAPTOP)
    shown.clock.install()
    shown.goto(machine_of(desk, live_server.url))
    shown.get_by_role("button", name="Nộp hồ sơ").click()
    to_the_form(shown, live_server.url, None)
    shown.get_by_label("Họ và tên, hoặc tên tổ chức").fill("Lan Một")
    assert Draft.objects.count() == 1

    shown.clock.run_for(ALMOST)
    expect(shown.get_by_role("heading", name="Bạn còn ở đây không?")).to_be_visible()
    looked_at(shown, "92-station-still", axe)
    shown.get_by_role("button", name="Tôi còn làm").click()
    shown.clock.run_for(REST)
    expect(shown.get_by_label("Họ và tên, hoặc tên tổ chức")).to_have_value("Lan Một")

    shown.clock.run_for(ALMOST + REST)
    expect(shown.get_by_role("heading", name="Tự nộp hồ sơ tại máy này")).to_be_visible()
    assert not Draft.objects.exists()


def test_it_forgets_without_scripts_too(
    desk: Desk, live_server: LiveServer, page: OpenPage
) -> None:
    shown = page(PHONE, javascript=False)
    shown.goto(machine_of(desk, live_server.url))
    shown.get_by_role("button", name="Tra cứu hồ sơ").click()
    waits = shown.locator("noscript meta[http-equiv=refresh], meta[http-equiv=refresh]")
    expect(waits.first).to_have_attribute("content", re.compile("^600;url=/may-nop/"))
    shown.get_by_role("button", name="Xong, xóa khỏi máy").click()
    expect(shown.get_by_role("heading", name="Tự nộp hồ sơ tại máy này")).to_be_visible()
