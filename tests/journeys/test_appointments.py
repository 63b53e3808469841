"""An appointment in a browser: offered, booked, kept at the kiosk, called at its time, printed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.test import Client
from playwright.sync_api import expect

from tests.browser import LAPTOP, PHONE, axe, browser, looked_at, page
from tests.journeys.test_citizen import desk
from tests.journeys.test_whole_life import sits_down
from tinhso.accounts.models import User
from tinhso.accounts.tests.factories import make_user
from tinhso.calendars import clock
from tinhso.counter.models import Appointment, Ticket
from tinhso.counter.services import open_desk

if TYPE_CHECKING:
    from playwright.sync_api import Page
    from pytest_django.live_server_helper import LiveServer

    from tests.browser import OpenPage, Violations
    from tinhso.dossiers.tests.factories import Desk

__all__ = ["axe", "browser", "desk", "page"]
pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def comes_home(shown: Page, address: str) -> Page:
    """A citizen with an account, signed in."""
    client = Client()
    client.force_login(make_user("Lan Một", kind=User.Kind.CITIZEN))
    session = client.cookies["sessionid"].value
    shown.context.add_cookies([{"name": "sessionid", "value": session, "url": address}])
    return shown


def test_from_offer_to_window(
    desk: Desk, live_server: LiveServer, page: OpenPage, axe: Violations
) -> None:
    url = live_server.url
    head = sits_down(page(LAPTOP), desk.head, url)
    head.goto(f"{url}/quay/lich-hen/khung-gio/")
    looked_at(head, "80-offer", axe)
    head.get_by_role("button", name="Lưu").click()
    expect(head.get_by_text("Đã lưu khung giờ hẹn.")).to_be_visible()

    lan = comes_home(page(PHONE, javascript=False), url)
    lan.goto(f"{url}/dat-hen/")
    looked_at(lan, "81-times", None)
    lan.get_by_label("Ngày").select_option(index=2)
    lan.get_by_role("button", name="Xem giờ trống").click()
    lan.locator("input[name=starts_at]").nth(3).check()
    lan.get_by_role("button", name="Đặt lịch").click()
    expect(lan.get_by_text("Đã đặt lịch hẹn.")).to_be_visible()
    looked_at(lan, "82-booked", None)

    clerk = sits_down(page(LAPTOP), desk.clerk, url)
    clerk.goto(f"{url}/quay/lich-hen/dat/")
    looked_at(clerk, "83-booking", axe)
    made = Appointment.objects.get()
    clerk.goto(f"{url}/quay/lich-hen/{made.uuid}/")
    looked_at(clerk, "84-change", axe)
    Appointment.objects.update(starts_at=clock.now())
    clerk.goto(f"{url}/quay/lich-hen/")
    looked_at(clerk, "85-day", axe)

    kiosk = open_desk(desk.commune.pk, actor=desk.head, at=clock.now())
    visitor = page(PHONE)
    visitor.add_init_script("window.print = () => {}")
    visitor.goto(f"{url}/lay-so/{kiosk.uuid}/{kiosk.key}/")
    looked_at(visitor, "86-kiosk", axe)
    visitor.get_by_label("Mã hẹn").fill(str(made))
    visitor.get_by_role("button", name="Lấy số theo lịch hẹn").click()
    expect(visitor.get_by_text("từ giờ đó số này được gọi trước")).to_be_visible()
    looked_at(visitor, "87-number", axe)
    visitor.get_by_role("link", name="In phiếu").click()
    expect(visitor.locator(".slip__number")).to_have_text(str(Ticket.objects.get().number))
    looked_at(visitor, "88-slip", axe)

    clerk.goto(f"{url}/quay/goi-so/")
    clerk.get_by_role("button", name="Gọi số tiếp theo").click()
    expect(clerk.locator(".panel__code")).to_have_text("1")
