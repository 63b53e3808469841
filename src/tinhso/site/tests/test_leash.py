"""The process that plays the past waits for a word, and ends with whoever began it."""

from __future__ import annotations

import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tinhso.site.province.leash import GO_ON

if TYPE_CHECKING:
    from collections.abc import Iterator

WAITING = """
import sys, time
from tinhso.site.province.leash import Leash
leash = Leash(sys.stdin.fileno())
print("ready", flush=True)
leash.wait()
print("told", flush=True)
time.sleep(60)
"""


@pytest.fixture
def held() -> Iterator[subprocess.Popen[bytes]]:
    """A process on the leash, that has begun."""
    command = [sys.executable, "-c", WAITING]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"ready\n"
        yield process
        process.kill()


def test_it_goes_on_at_the_word(held: subprocess.Popen[bytes]) -> None:
    assert held.stdin is not None
    assert held.stdout is not None
    held.stdin.write(GO_ON)
    held.stdin.flush()
    assert held.stdout.readline() == b"told\n"
    assert held.poll() is None


def test_it_ends_when_nobody_holds_it_any_more(held: subprocess.Popen[bytes]) -> None:
    assert held.stdin is not None
    held.stdin.close()
    assert held.wait(timeout=30) == 1


@pytest.mark.slow
def test_ctrl_c_is_left_to_who_holds_it(held: subprocess.Popen[bytes]) -> None:
    held.send_signal(signal.SIGINT)
    with pytest.raises(subprocess.TimeoutExpired):
        held.wait(timeout=0.5)
