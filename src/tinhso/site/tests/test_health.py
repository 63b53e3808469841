"""The health page tells the truth, also when a check itself is broken."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest
from django.db import OperationalError
from django.test import Client, RequestFactory
from django.utils import timezone

from tests.cast import make_pack_role
from tinhso.accounts.tests.factories import give_second_factor, make_grant, make_user
from tinhso.agencies.tests.factories import make_agency
from tinhso.kernel import health, loops
from tinhso.kernel.actors import AnonymousVisitor
from tinhso.kernel.health import Health, HealthCheck, State
from tinhso.kernel.loops import Loop
from tinhso.kernel.permissions import Permission
from tinhso.kernel.registry import Registry
from tinhso.kernel.requests import ActedRequest
from tinhso.site import health as site_health
from tinhso.site.health import QUIET, json, worker
from tinhso.site.models import LoopRun

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_registries(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "registry", Registry[HealthCheck]("health check"))
    monkeypatch.setattr(loops, "registry", Registry[Loop]("loop"))
    monkeypatch.setattr(site_health, "STARTED", timezone.now() - 2 * QUIET)


def _check(state: State) -> None:
    health.register(HealthCheck("part", "Phần", lambda: Health(state, "Câu trả lời.", 1)))


def test_a_healthy_house_answers_200(client: Client) -> None:
    _check(State.OK)
    answer = client.get("/suc-khoe.json")
    assert answer.status_code == 200
    assert answer.json() == {"state": "ok", "checks": {"part": {"state": "ok"}}}


def test_a_visitor_reads_names_and_states_only(client: Client) -> None:
    _check(State.WARNING)
    shown = client.get("/suc-khoe").content.decode()
    assert "Phần" in shown
    assert "Cần xem" in shown
    assert "Câu trả lời." not in shown


@pytest.mark.parametrize("role", ["operator", "auditor"])
def test_who_operates_or_audits_reads_the_details(client: Client, role: str) -> None:
    _check(State.OK)
    user = make_user("Tú")
    make_grant(user, make_pack_role(role), None)
    give_second_factor(user)
    client.force_login(user)
    told = client.get("/suc-khoe.json").json()["checks"]["part"]
    assert told == {"state": "ok", "sentence": "Câu trả lời.", "value": 1}
    assert "Câu trả lời." in client.get("/suc-khoe").content.decode()


def test_another_officer_reads_no_details(client: Client) -> None:
    _check(State.OK)
    user = make_user("Lan")
    make_grant(user, make_pack_role("one-stop-officer"), make_agency("Xã Ba Gia"))
    client.force_login(user)
    assert client.get("/suc-khoe.json").json()["checks"]["part"] == {"state": "ok"}


@dataclass(frozen=True)
class Unknowable(AnonymousVisitor):
    """Somebody whose rights cannot be read."""

    def holds(self, permission: Permission, *, at: datetime, agency: int | None = None) -> bool:
        del permission, at, agency
        raise OperationalError


def test_no_details_while_the_rights_cannot_be_read() -> None:
    _check(State.FAILED)
    request: ActedRequest = RequestFactory().get("/suc-khoe.json")  # type: ignore[assignment]
    request.actor, request.at = Unknowable(), timezone.now()
    answer = json(request)
    assert answer.status_code == 503
    assert b"sentence" not in answer.content


def test_a_warning_is_no_failure(client: Client) -> None:
    _check(State.WARNING)
    answer = client.get("/suc-khoe.json")
    assert (answer.status_code, answer.json()["state"]) == (200, "warning")


def test_a_failed_part_turns_the_page_into_a_503(client: Client) -> None:
    _check(State.FAILED)
    assert client.get("/suc-khoe.json").status_code == 503
    assert client.get("/suc-khoe").status_code == 503


def test_a_broken_check_is_a_finding_and_not_an_error_page(client: Client) -> None:
    def broken() -> Health:
        raise RuntimeError

    health.register(HealthCheck("part", "Phần", broken))
    assert client.get("/suc-khoe.json").json()["checks"]["part"]["state"] == "failed"


def test_a_loop_that_never_ran_has_failed() -> None:
    loops.register(Loop("sequencer", "Đánh số", 1, lambda: None))
    assert worker(timezone.now()).state is State.FAILED


def test_a_loop_that_fell_silent_has_failed() -> None:
    loops.register(Loop("sequencer", "Đánh số", 1, lambda: None))
    now = timezone.now()
    LoopRun.objects.create(code="sequencer", seen_at=now - QUIET - timedelta(seconds=2))
    assert worker(now).state is State.FAILED


def test_in_the_first_minute_of_a_process_no_loop_need_have_run() -> None:
    loops.register(Loop("sequencer", "Đánh số", 1, lambda: None))
    assert worker(site_health.STARTED + QUIET / 2).state is State.WARNING
    assert worker(site_health.STARTED + QUIET).state is State.FAILED


def test_a_loop_in_error_is_a_warning() -> None:
    loops.register(Loop("sequencer", "Đánh số", 1, lambda: None))
    now = timezone.now()
    LoopRun.objects.create(code="sequencer", seen_at=now, error="ValueError: x")
    assert worker(now).state is State.WARNING
