"""History of another system in a browser: found by an officer on a phone, undone by the operator."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import expect

from tests.browser import LAPTOP, PHONE, looked_at
from tests.cast import make_pack_role
from tinhso.accounts.models import User
from tinhso.accounts.tests.factories import give_second_factor, make_grant, make_user
from tinhso.dossiers.importing.mapping import LogMap
from tinhso.dossiers.models import Dossier
from tinhso.dossiers.services import send_back
from tinhso.dossiers.tests.factories import AT, SYSTEM, make_desk, step
from tinhso.dossiers.tests.facts.warehouse import synced
from tinhso.dossiers.tests.importing.logs import bring, event, many, trace, xes
from tinhso.dossiers.tests.stages import concluded, until

if TYPE_CHECKING:
    from playwright.sync_api import Page
    from pytest_django.fixtures import Settings
    from pytest_django.live_server_helper import LiveServer

    from tests.browser import OpenPage, Violations
    from tinhso.dossiers.tests.factories import Desk

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def imported(tmp_path: Path) -> Desk:
    """A desk with the history of a system before it."""
    desk = make_desk()
    more = (
        '<string key="channel" value="Internet"/><string key="ward" value="An Phú"/>'
        '<date key="deadline" value="2022-03-05T17:00:00+07:00"/>'
    )
    who = (
        '<string key="org:resource" value="cán bộ 7"/><string key="org:group" value="Tổ một cửa"/>'
    )
    steps = [event(name, f"2022-03-0{day}T08:00:00+07:00", who) for day, name in enumerate(
        ("Nhận hồ sơ", "Kiểm tra thành phần", "Chuyển thẩm định", "Trình ký"), 1
    )]  # fmt: skip
    log = xes(tmp_path, many(60), trace("CU-2022-77", *steps, more=more))
    bring(log, desk.commune, log_map=LogMap(attributes=("case:ward",)))
    return desk


@pytest.fixture
def warehouse(settings: Settings, tmp_path: Path) -> None:
    """An empty warehouse."""
    settings.WAREHOUSE = tmp_path / "warehouse"


def signed_in(opened: Page, user: User, server: str) -> Page:
    """The page with the session of this person."""
    client = Client()
    client.force_login(user)
    name = settings.SESSION_COOKIE_NAME
    opened.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": server}])
    return opened


def test_minh_finds_an_old_dossier_on_a_phone_without_scripts(
    imported: Desk, live_server: LiveServer, page: OpenPage, axe: Violations
) -> None:
    minh = User.objects.get(pk=imported.clerk.user)
    opened = signed_in(page(PHONE, javascript=False), minh, live_server.url)
    opened.goto(f"{live_server.url}/ho-so/lich-su/tra-cuu/")
    looked_at(opened, "lich-su-tra-cuu-360", None)
    opened.get_by_label("Tìm theo mã hồ sơ").fill("2022-77")
    opened.get_by_role("button", name="Tìm", exact=True).click()
    opened.get_by_role("link", name="CU-2022-77").click()
    for said in ("chỉ để xem", "Kiểm tra thành phần", "An Phú"):
        expect(opened.get_by_text(said).first).to_be_visible()
    looked_at(opened, "lich-su-ho-so-360", None)
    wide = signed_in(page(LAPTOP), minh, live_server.url)
    wide.goto(opened.url)
    looked_at(wide, "lich-su-ho-so-1440", axe)
    wide.goto(f"{live_server.url}/ho-so/lich-su/tra-cuu/")
    looked_at(wide, "lich-su-tra-cuu-1440", axe)


@pytest.mark.usefixtures("warehouse")
def test_the_leader_reads_how_it_was_really_worked(
    imported: Desk,
    live_server: LiveServer,
    page: OpenPage,
    axe: Violations,
) -> None:
    concluded(imported)
    returned = until(imported, "ky_duyet")
    back = {"to": "tham_dinh", "note": "Lại", "actor": SYSTEM, "at": AT}
    send_back(returned.uuid, step(returned, "ky_duyet"), **back)
    synced("dossiers.dossier", "dossiers.step")
    leader = User.objects.get(pk=imported.leader.user)
    opened = signed_in(page(LAPTOP), leader, live_server.url)
    opened.goto(f"{live_server.url}/ho-so/tinh-hinh/")
    opened.get_by_role("link", name="Phân tích quy trình").click()
    looked_at(opened, "phan-tich-1440", axe)
    opened.get_by_role("link", name="tình trạng hôn nhân").click()
    expect(opened.get_by_text("2 hồ sơ đã đi theo 2 đường.")).to_be_visible()
    looked_at(opened, "phan-tich-thu-tuc-1440", axe)
    phone = signed_in(page(PHONE, javascript=False), leader, live_server.url)
    phone.goto(opened.url)
    phone.get_by_role("link", name="Lịch sử nhập").click()
    expect(phone.get_by_text("61 hồ sơ đã đi theo 2 đường.")).to_be_visible()
    looked_at(phone, "phan-tich-thu-tuc-360", None)


def test_van_undoes_a_batch(
    imported: Desk, live_server: LiveServer, page: OpenPage, axe: Violations
) -> None:
    assert imported.commune.pk
    van = make_user("Vân")
    make_grant(van, make_pack_role("operator"))
    give_second_factor(van)
    opened = signed_in(page(LAPTOP), van, live_server.url)
    opened.goto(f"{live_server.url}/ho-so/lich-su/")
    looked_at(opened, "lich-su-1440", axe)
    opened.get_by_role("link", name="Hủy đợt").click()
    looked_at(opened, "lich-su-huy-1440", axe)
    opened.set_viewport_size({"width": PHONE, "height": 900})
    looked_at(opened, "lich-su-huy-360", axe)
    opened.go_back()
    looked_at(opened, "lich-su-360", axe)
    opened.go_forward()
    opened.get_by_role("button", name="Hủy đợt nhập").click()
    expect(opened.get_by_text("Đã hủy đợt nhập: 61 hồ sơ, 124 bước.")).to_be_visible()
    assert not Dossier.objects.exists()
