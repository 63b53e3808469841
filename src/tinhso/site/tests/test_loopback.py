"""The playing portal reaches the API of its own house over HTTP, and never uses up all its threads."""

from __future__ import annotations

from pathlib import Path
from threading import Barrier, Thread
from typing import TYPE_CHECKING

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tinhso.accounts.models import PartnerToken
from tinhso.dossiers.models import Dossier, Draft
from tinhso.dossiers.tests.factories import SYSTEM, make_desk
from tinhso.portal.errors import NotSent
from tinhso.portal.national import code_of
from tinhso.portal.tests.filing import fill_in
from tinhso.site import loopback as loopback_module
from tinhso.site.loopback import Loopback, token_path
from tinhso.site.province.national import open_way

if TYPE_CHECKING:
    from pytest_django.fixtures import Settings
    from pytest_django.live_server_helper import LiveServer


@pytest.mark.django_db(transaction=True)
@pytest.mark.slow
def test_a_dossier_travels_by_http(
    live_server: LiveServer, settings: Settings, tmp_path: Path
) -> None:
    settings.DEMO, settings.HOME, settings.PUBLIC_ADDRESS = True, tmp_path, live_server.url
    desk = make_desk()
    assert open_way(actor=SYSTEM, now=timezone.now())
    assert not open_way(actor=SYSTEM, now=timezone.now())
    assert token_path().stat().st_mode & 0o777 == 0o600
    client = Client()
    draft = fill_in(client, desk)

    answer = client.post(reverse("portal:check", args=[draft.uuid]), {"cam_doan": "on"})

    assert answer.status_code == 302, answer.content
    assert Dossier.objects.get().foreign_code == code_of(draft.uuid)
    assert PartnerToken.objects.get().permissions == ["dossiers:dossier:relay_national"]
    assert not Draft.objects.exists()


def test_nobody_there_is_not_sent(settings: Settings, tmp_path: Path) -> None:
    settings.HOME, settings.PUBLIC_ADDRESS = tmp_path, "http://127.0.0.1:9"
    loopback = Loopback(threads=2)
    with pytest.raises(NotSent):
        loopback("dossiers", key="k" * 8)
    token_path().write_text("ts_x")
    with pytest.raises(NotSent):
        loopback("dossiers", key="k" * 8)
    assert loopback.seats is not None
    assert loopback.seats.acquire(blocking=False), "the seat was given back"


def test_the_token_leaves_the_machine_for_nobody(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.HOME, settings.PUBLIC_ADDRESS = tmp_path, "https://tinh.example.vn"
    token_path().write_text("ts_x")
    monkeypatch.setattr(loopback_module, "_post", pytest.fail)
    with pytest.raises(NotSent):
        Loopback(threads=2)("dossiers", key="k" * 8)


def test_one_thread_stays_free() -> None:
    loopback = Loopback(threads=3)
    assert loopback.seats is not None
    held, refused = Barrier(3), []

    def hold() -> None:
        assert loopback.seats is not None
        loopback.seats.acquire()
        held.wait()

    threads = [Thread(target=hold) for _ in range(2)]
    for thread in threads:
        thread.start()
    held.wait()
    try:
        loopback("dossiers", key="k" * 8)
    except NotSent as error:
        refused.append(error)
    assert len(refused) == 1
    for thread in threads:
        thread.join()


def test_a_process_of_one_thread_does_not_call_itself() -> None:
    with pytest.raises(NotSent):
        Loopback(threads=1)("dossiers", key="k" * 8)
