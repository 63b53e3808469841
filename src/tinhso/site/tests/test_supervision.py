"""A child that dies is started again, later each time; stopping ends our own processes and no others."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from tinhso.site.supervision import FIRST_PAUSE, LONGEST_PAUSE, STEADY, Backoff, Child


@given(st.lists(st.floats(0, STEADY), min_size=1, max_size=20))
def test_the_pause_doubles_and_never_passes_its_bound(runs: list[float]) -> None:
    backoff = Backoff()
    for number, ran_for in enumerate(runs):
        backoff.failed(now=100.0, ran_for=ran_for)
        assert backoff.not_before - 100.0 == min(FIRST_PAUSE * 2**number, LONGEST_PAUSE)


def test_a_steady_run_forgets_the_failures() -> None:
    backoff = Backoff(failures=9)
    backoff.failed(now=0.0, ran_for=STEADY + 1)
    assert backoff.not_before == FIRST_PAUSE


def _sleeper(folder: Path) -> Child:
    command = [sys.executable, "-c", "import time; time.sleep(60)"]
    return Child("sleeper", command, dict(os.environ), folder / "log")


def _eventually(condition: Callable[[], bool]) -> None:
    last = time.monotonic() + 10
    while not condition():
        assert time.monotonic() < last
        time.sleep(0.02)


def test_a_killed_child_is_started_again_after_its_pause(tmp_path: Path) -> None:
    child = _sleeper(tmp_path)
    child.start()
    assert child.process
    first = child.process
    first.kill()
    first.wait()
    now = time.monotonic()
    child.watch(now)
    assert child.process is None
    child.watch(now + FIRST_PAUSE / 2)
    assert child.process is None
    child.watch(now + FIRST_PAUSE * 2)
    assert child.process
    assert child.process.pid != first.pid
    child.ask_to_stop()
    child.end(time.monotonic() + 5)


def test_stopping_ends_the_whole_group_of_the_child(tmp_path: Path) -> None:
    grandchild = "import subprocess, sys; print(subprocess.Popen(['sleep', '60']).pid, flush=True); sys.stdin.read()"
    loop = grandchild + "\nimport time; time.sleep(60)"
    child = Child("parent", [sys.executable, "-c", loop], dict(os.environ), tmp_path / "log")
    child.start()
    _eventually(lambda: bool((tmp_path / "log").read_text().strip()))
    pid = int((tmp_path / "log").read_text())
    child.ask_to_stop()
    child.end(time.monotonic() + 5)
    _eventually(lambda: not _alive(pid))


def _alive(pid: int) -> bool:
    status = Path(f"/proc/{pid}/status")
    return status.exists() and "zombie" not in status.read_text()
