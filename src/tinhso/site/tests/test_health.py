"""The health page tells the truth, also when a check itself is broken."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tinhso.kernel import health, loops
from tinhso.kernel.health import Health, HealthCheck, State
from tinhso.kernel.loops import Loop
from tinhso.kernel.registry import Registry
from tinhso.site.health import QUIET, worker
from tinhso.site.models import LoopRun

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_registries(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "registry", Registry[HealthCheck]("health check"))
    monkeypatch.setattr(loops, "registry", Registry[Loop]("loop"))


def _check(state: State) -> None:
    health.register(HealthCheck("part", "Phần", lambda: Health(state, "Câu trả lời.", 1)))


def test_a_healthy_house_answers_200(client: Client) -> None:
    _check(State.OK)
    answer = client.get("/suc-khoe.json")
    assert answer.status_code == 200
    assert answer.json()["checks"]["part"] == {
        "state": "ok",
        "sentence": "Câu trả lời.",
        "value": 1,
    }


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


def test_a_loop_in_error_is_a_warning() -> None:
    loops.register(Loop("sequencer", "Đánh số", 1, lambda: None))
    now = timezone.now()
    LoopRun.objects.create(code="sequencer", seen_at=now, error="ValueError: x")
    assert worker(now).state is State.WARNING
