"""A fee from the counter to the receipt: shown, worked out, taken, printed; and as its applicant sees it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tests.browser import LAPTOP, PHONE, axe, browser, looked_at, page
from tests.cast import make_pack_role
from tinhso.accounts.models import User
from tinhso.accounts.tests.factories import make_grant, make_user
from tinhso.calendars import clock
from tinhso.dossiers import services
from tinhso.dossiers.models import Channel, Dossier
from tinhso.dossiers.tests.factories import ID, MARRIAGE, SYSTEM, application, make_desk
from tinhso.payments.models import Charge, Payment
from tinhso.payments.tests.factories import ACCOUNT, account

if TYPE_CHECKING:
    from playwright.sync_api import Page
    from pytest_django.fixtures import Settings
    from pytest_django.live_server_helper import LiveServer

    from tests.browser import OpenPage, Violations
    from tinhso.dossiers.tests.factories import Desk

__all__ = ["axe", "browser", "page"]
pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
SECRET = "mat-khau-thu-nghiem-2026"


@pytest.fixture
def desk(transactional_db: None, settings: Settings, tmp_path: Path) -> Desk:
    """A desk with an account, and a dossier that was received there."""
    del transactional_db
    settings.DEMO, settings.FILES_ROOT = True, tmp_path
    desk = make_desk()
    opened = replace(ACCOUNT, since=clock.day_of(timezone.now()))
    account(desk.province, opened, at=timezone.now())
    return desk


def received(desk: Desk) -> Dossier:
    """A dossier of the counter, which owes its fee."""
    given = application(MARRIAGE, agency=desk.commune, channel=Channel.COUNTER)
    handed_in = services.submit(given, actor=SYSTEM, at=timezone.now())
    return services.receive(handed_in.uuid, actor=SYSTEM, at=timezone.now())


def signed_in(page: OpenPage, live_server: LiveServer, desk: Desk) -> Page:
    """The page of an officer who takes money, cancels and keeps accounts."""
    user: User = make_user("Minh", email="minh@example.vn", password=SECRET)
    for role in ("one-stop-officer", "agency-leader"):
        make_grant(user, make_pack_role(role), desk.commune)
    shown = page(LAPTOP)
    shown.goto(f"{live_server.url}/dang-nhap")
    shown.get_by_label("Thư điện tử").fill("minh@example.vn")
    shown.get_by_label("Mật khẩu", exact=True).fill(SECRET)
    shown.get_by_role("button", name="Đăng nhập").click()
    shown.wait_for_url(lambda url: "dang-nhap" not in url)
    return shown


def test_a_fee_is_taken_and_receipted_at_the_counter(
    live_server: LiveServer, page: OpenPage, axe: Violations, desk: Desk
) -> None:
    dossier = received(desk)
    shown = signed_in(page, live_server, desk)
    shown.goto(f"{live_server.url}/ho-so/tiep-nhan/{MARRIAGE}/")
    looked_at(shown, "intake", axe)
    shown.goto(f"{live_server.url}/ho-so/{dossier.uuid}/")
    looked_at(shown, "dossier", axe)
    shown.get_by_role("link", name="Thu tiền").click()
    looked_at(shown, "taking", axe)
    shown.get_by_label("Tiền mặt").check()
    shown.get_by_role("button", name="Thu tiền và cấp biên lai").click()
    looked_at(shown, "receipt", axe)
    payment = Payment.objects.get()
    assert (payment.amount, payment.method) == (15_000, "cash")
    shown.goto(f"{live_server.url}/thu-phi/")
    looked_at(shown, "day", axe)
    shown.goto(f"{live_server.url}/thu-phi/bien-lai/{payment.uuid}/huy/")
    looked_at(shown, "cancelling", axe)
    shown.get_by_label("Lý do").fill("Ghi nhầm")
    shown.get_by_role("button", name="Hủy biên lai").click()
    looked_at(shown, "cancelled", axe)
    shown.goto(f"{live_server.url}/thu-phi/khoan-thu/{Charge.objects.get().uuid}/huy/")
    looked_at(shown, "withdrawing", axe)


def test_the_applicant_sees_what_to_pay_why_and_how(
    live_server: LiveServer, page: OpenPage, axe: Violations, desk: Desk
) -> None:
    dossier = received(desk)
    shown = page(PHONE)
    shown.goto(f"{live_server.url}/thu-tuc/{MARRIAGE}/")
    looked_at(shown, "procedure", axe)
    shown.goto(f"{live_server.url}/tra-cuu/?ma={dossier.reference}")
    shown.locator("input[name=so]").fill(ID)
    shown.get_by_role("button", name="Tra cứu").click()
    expect(shown.get_by_text("chỉ được tính là đã nộp khi cán bộ xác nhận")).to_be_visible()
    looked_at(shown, "applicant", axe)
