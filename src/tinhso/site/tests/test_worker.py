"""A loop runs in one worker at a time, notes how it goes, and pauses after a failure."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from django.db import connection

from tinhso.calendars.errors import CalendarMissing
from tinhso.kernel.loops import Loop
from tinhso.site.models import LoopRun
from tinhso.site.worker import LONGEST_PAUSE, Locks, Runner, connection_parameters


def _locks() -> Locks:
    return Locks(connection_parameters(connection.settings_dict))


class Free(Locks):
    """Locks that nobody else wants."""

    def holds(self, code: str) -> bool:
        del code
        return True


def _runner(run: Any, every: float = 5.0) -> Runner:
    return Runner(Loop("test", "Thử", every, run), Free({}), threading.Event())


@pytest.mark.django_db
def test_a_loop_belongs_to_one_worker_at_a_time() -> None:
    first, second = _locks(), _locks()
    try:
        assert first.holds("site.test")
        assert first.holds("site.test")
        assert not second.holds("site.test")
        first.release()
        assert second.holds("site.test")
    finally:
        first.release()
        second.release()


@pytest.mark.django_db
def test_more_work_is_taken_up_at_once_and_no_work_waits() -> None:
    assert _runner(lambda: True).step() == 0.0
    assert _runner(lambda: False).step() == 5.0


@pytest.mark.django_db
def test_what_waits_for_people_is_said_in_one_line_and_once(
    caplog: pytest.LogCaptureFixture,
) -> None:
    """A new house has no calendar yet: that is no fault, and fills no log."""

    def too_early() -> None:
        raise CalendarMissing

    runner = _runner(too_early)
    assert [runner.step() for _ in range(2)] == [10.0, 20.0]
    assert [(said.getMessage(), said.exc_info) for said in caplog.records] == [
        (f"loop test: {CalendarMissing()}", None)
    ]
    assert LoopRun.objects.get(code="test").error == str(CalendarMissing())


@pytest.mark.django_db
def test_a_failure_is_noted_and_pauses_longer_each_time() -> None:
    def broken() -> None:
        raise ValueError("x")

    runner = _runner(broken)
    pauses = [runner.step() for _ in range(6)]
    assert pauses == [10.0, 20.0, 40.0, LONGEST_PAUSE, LONGEST_PAUSE, LONGEST_PAUSE]
    note = LoopRun.objects.get(code="test")
    assert note.error == "ValueError: x"


@pytest.mark.django_db
def test_a_first_run_that_takes_long_is_not_silent() -> None:
    seen: list[bool] = []

    def catches_up() -> None:
        seen.append(LoopRun.objects.filter(code="test").exists())
        runner.stopping.set()

    runner = _runner(catches_up)
    runner.work()
    assert seen == [True]


@pytest.mark.django_db
def test_a_recovery_clears_the_error_at_once() -> None:
    answers = iter([ValueError("x"), None])

    def once_broken() -> None:
        answer = next(answers)
        if answer:
            raise answer

    runner = _runner(once_broken)
    runner.step()
    runner.step()
    assert not LoopRun.objects.get(code="test").error
