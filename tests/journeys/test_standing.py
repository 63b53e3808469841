"""Where a dossier stands, in a browser: on a phone in words, on a laptop as a drawing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.conf import settings
from django.test import Client

from tests.browser import LAPTOP, PHONE, overflow, pictured
from tinhso.accounts.models import User
from tinhso.dossiers import services
from tinhso.dossiers.tests.factories import AT, BUILDING, make_desk, received, step

if TYPE_CHECKING:
    from playwright.sync_api import Page
    from pytest_django.live_server_helper import LiveServer

    from tests.browser import OpenPage, Violations

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def signed_in(opened: Page, user: User, server: str) -> Page:
    """The page with the session of this person."""
    client = Client()
    client.force_login(user)
    name = settings.SESSION_COOKIE_NAME
    opened.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": server}])
    return opened


def test_an_officer_sees_which_branch_is_awaited(
    live_server: LiveServer, page: OpenPage, axe: Violations
) -> None:
    desk = make_desk()
    dossier = received(desk, BUILDING)
    key = step(dossier, "tham_dinh_thiet_ke")
    services.forward(dossier.uuid, key, actor=desk.builder, outcome="agree", at=AT)
    for width in (PHONE, LAPTOP):
        opened = signed_in(
            page(width, javascript=False), User.objects.get(pk=desk.builder.user), live_server.url
        )
        for address in ("quy-trinh/", ""):
            opened.goto(f"{live_server.url}/ho-so/{dossier.uuid}/{address}")
            assert "1 trên 2 nhánh đã xong" in opened.inner_text("main")
            if not address:
                opened.get_by_text("Xem sơ đồ").click()
            drawing = opened.get_by_role("region", name="Sơ đồ quy trình")
            drawing.focus()
            assert "Đang làm" in (drawing.text_content() or "")
            assert overflow(opened) == 0
            pictured(opened, "quy-trinh" if address else "ho-so")
        # axe runs as a script, so that it looks at a page that has some.
        scripted = signed_in(page(width), User.objects.get(pk=desk.builder.user), live_server.url)
        scripted.goto(f"{live_server.url}/ho-so/{dossier.uuid}/quy-trinh/")
        assert axe(scripted) == []
