"""Signing in and managing people in a browser, without scripts and on a phone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.core.cache import cache
from playwright.sync_api import expect

from tests.browser import LAPTOP, PHONE, looked_at
from tests.cast import make_cast
from tinhso.accounts.models import Grant, User

if TYPE_CHECKING:
    from pytest_django.live_server_helper import LiveServer

    from tests.browser import OpenPage, Violations
    from tests.cast import Cast

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
PASSWORD = "ba-con-meo-den"


def code_of(secret: str) -> str:
    counter = next(iter(totp.yield_hotp_counters_from_time()))
    return str(totp.format_hotp_value(totp.hotp_value(secret, counter)))


@pytest.fixture
def people() -> Cast:
    cache.clear()
    cast = make_cast()
    for user in cast.users.values():
        user.set_password(PASSWORD)
        user.save()
    return cast


def test_hoa_signs_in_on_a_phone_without_scripts_and_names_a_stand_in(
    people: Cast, live_server: LiveServer, page: OpenPage
) -> None:
    opened = page(PHONE, javascript=False)
    opened.goto(f"{live_server.url}/tai-khoan")
    opened.get_by_label("Thư điện tử").fill(people.users["hoa"].email)
    opened.get_by_label("Mật khẩu").fill(PASSWORD)
    opened.get_by_role("button", name="Đăng nhập").click()
    opened.get_by_role("heading", level=1, name="Tài khoản của tôi").wait_for()
    opened.get_by_text("Cử người thay thế", exact=True).click()
    opened.get_by_label("Thư điện tử của người thay thế").fill(people.users["minh"].email)
    opened.get_by_label("Đến hết ngày").fill("2090-12-31")
    opened.get_by_label("Lý do").fill("Nghỉ phép")
    opened.get_by_role("button", name="Cử người thay").click()
    opened.get_by_text("Minh thay").wait_for()


def test_the_pages_of_signing_in_have_nothing_for_axe_to_find(
    people: Cast, live_server: LiveServer, page: OpenPage, axe: Violations
) -> None:
    opened = page(PHONE)
    for name in ("dang-nhap", "dang-ky", "quen-mat-khau"):
        opened.goto(f"{live_server.url}/{name}")
        looked_at(opened, name, axe)
    opened.goto(f"{live_server.url}/dang-nhap")
    opened.get_by_label("Thư điện tử").fill(people.users["lan"].email)
    opened.get_by_label("Mật khẩu").fill("sai")
    opened.get_by_role("button", name="Đăng nhập").click()
    opened.get_by_text("Thư điện tử hoặc mật khẩu không đúng.").first.wait_for()
    looked_at(opened, "accounts-sai-mat-khau", axe)


def test_an_joins_a_second_factor_and_gives_a_role(
    people: Cast, live_server: LiveServer, page: OpenPage, axe: Violations
) -> None:
    an, minh = people.users["an"], people.users["minh"]
    Authenticator.objects.filter(user=an).delete()
    opened = page(LAPTOP)
    opened.goto(f"{live_server.url}/dang-nhap")
    opened.get_by_label("Thư điện tử").fill(an.email)
    opened.get_by_label("Mật khẩu").fill(PASSWORD)
    opened.get_by_role("button", name="Đăng nhập").click()
    opened.wait_for_url(lambda url: "dang-nhap" not in url)
    opened.goto(f"{live_server.url}/nguoi-dung")
    expect(opened.get_by_text("chỉ có hiệu lực khi bạn bật xác thực hai lớp")).to_be_visible()
    looked_at(opened, "accounts-cho-hai-lop", axe)
    opened.get_by_role("main").get_by_role("link", name="Tài khoản").click()
    assert "chỉ có hiệu lực khi bạn bật xác thực hai lớp" in opened.content()
    opened.get_by_role("link", name="Bật xác thực hai lớp").click()
    opened.get_by_label("Mật khẩu").fill(PASSWORD)
    opened.get_by_role("button", name="Xác nhận").click()
    opened.wait_for_url("**/tai-khoan/hai-lop/bat")
    secret = opened.locator("dd").first.inner_text()
    looked_at(opened, "accounts-hai-lop", axe)
    opened.get_by_label("Mã xác thực").fill(code_of(secret))
    opened.get_by_role("button", name="Bật").click()
    opened.wait_for_url("**/tai-khoan/ma-du-phong")
    looked_at(opened, "accounts-ma-du-phong", axe)
    opened.goto(f"{live_server.url}/nguoi-dung?tu=minh")
    looked_at(opened, "accounts-nguoi-dung", axe)
    opened.get_by_role("link", name="Minh", exact=True).click()
    opened.wait_for_url(f"**/nguoi-dung/{minh.uuid}")
    looked_at(opened, "accounts-mot-nguoi", axe)
    opened.get_by_text("Phân quyền", exact=True).first.click()
    form = opened.locator("form").filter(has=opened.get_by_label("Vai trò"))
    form.get_by_label("Vai trò").select_option("unit-head")
    form.get_by_label("Cơ quan", exact=True).select_option(str(people.elsewhere.pk))
    form.get_by_label("Lý do").fill("Điều động")
    form.get_by_role("button", name="Phân quyền").click()
    opened.get_by_text("Đã ghi nhận.").wait_for()
    assert Grant.objects.filter(user=minh, role__code="unit-head").exists()
    looked_at(opened, "accounts-da-phan-quyen", axe)
    opened.set_viewport_size({"width": PHONE, "height": 800})
    for path in ("/nguoi-dung", f"/nguoi-dung/{minh.uuid}", "/vai-tro", "/tai-khoan"):
        opened.goto(f"{live_server.url}{path}")
        looked_at(opened, f"accounts-{path.strip('/').split('/')[0]}-{len(path)}-phone", axe)
    assert User.objects.get(pk=minh.pk).is_active
