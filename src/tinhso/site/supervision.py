"""Processes under one roof.

Started, watched, restarted with back-off, stopped; only our own, by their own pids.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field
from typing import IO, TYPE_CHECKING, Self

from tinhso.site.terminal import complain

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

FIRST_PAUSE = 0.5  # seconds before the first restart; doubled each time
LONGEST_PAUSE = 30.0
STEADY = 30.0  # seconds after which a process counts as healthy again
GRACE = 10.0  # seconds between the request to stop and the end by force
PR_SET_PDEATHSIG = 1
PR_SET_CHILD_SUBREAPER = 36


@dataclass
class Backoff:
    """When to try again.

    The pause doubles with each failure and is forgotten after a steady run.
    """

    failures: int = 0
    not_before: float = 0.0

    def failed(self, *, now: float, ran_for: float) -> None:
        """Note a death after so many seconds."""
        self.failures = 0 if ran_for > STEADY else self.failures
        self.not_before = now + min(FIRST_PAUSE * 2**self.failures, LONGEST_PAUSE)
        self.failures += 1


@dataclass
class Child:
    """One process that must run: its name, its command, its log (None: the terminal)."""

    name: str
    command: list[str]
    environment: dict[str, str]
    log: Path | None
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    backoff: Backoff = field(default_factory=Backoff)

    def start(self) -> None:
        """Start it in a group of its own, so that a Ctrl-C at the terminal reaches us alone."""
        out: IO[bytes] | None = self.log.open("ab") if self.log else None
        self.process = subprocess.Popen(
            self.command,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=out,
            start_new_session=True,
            preexec_fn=_die_with_parent,  # noqa: PLW1509 - the supervisor has one thread
        )
        if out:
            out.close()
        self.started = time.monotonic()

    def watch(self, now: float) -> None:
        """Restart it when it has died, after its pause."""
        if self.process is None:
            if now >= self.backoff.not_before:
                self.start()
            return
        code = self.process.poll()
        if code is None:
            return
        self._end_group(signal.SIGKILL)  # workers of a killed server would keep its port
        self.process = None
        self.backoff.failed(now=now, ran_for=now - self.started)
        complain(f"{self.name}: đã dừng (mã {code}), khởi động lại / ended with {code}, restarting")

    def ask_to_stop(self) -> None:
        """Send SIGTERM to the process itself; it ends its own workers."""
        if self.process and self.process.poll() is None:
            self.process.terminate()

    def end(self, deadline: float) -> None:
        """Wait until the deadline, then end what is left of the group by force."""
        if not self.process:
            return
        try:
            self.process.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            complain(f"{self.name}: buộc dừng / stopped by force")
        self._end_group(signal.SIGKILL)
        self.process.wait()

    def _end_group(self, number: signal.Signals) -> None:
        if self.process:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.process.pid, number)


def _die_with_parent() -> None:
    """Linux: a child of a killed supervisor is asked to stop as well."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def _adopt_orphans() -> None:
    """Linux: processes that our children leave behind become ours, not those of process 1."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1)


class Supervisor:
    """Keeps the children and the database running until it is told to stop."""

    def __init__(self, children: list[Child], keep_database: Callable[[], None] | None) -> None:
        self.children = children
        self.keep_database = keep_database
        self.stopping = False
        _adopt_orphans()
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._stop)

    def _stop(self, *_: object) -> None:
        self.stopping = True

    def __enter__(self) -> Self:
        for child in self.children:
            child.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Ask every child to stop, then make sure."""
        for child in self.children:
            child.ask_to_stop()
        deadline = time.monotonic() + GRACE
        for child in self.children:
            child.end(deadline)

    def step(self) -> None:
        """One look at everything; then a short sleep."""
        if self.keep_database:
            self.keep_database()
        self._bury_orphans()
        for child in self.children:
            child.watch(time.monotonic())
        time.sleep(0.25)

    def _bury_orphans(self) -> None:
        """Reap adopted processes: a killed postmaster that nobody reaps would still look alive."""
        ours = {child.process.pid for child in self.children if child.process}
        with contextlib.suppress(ChildProcessError):
            peek = os.WEXITED | os.WNOHANG | os.WNOWAIT
            while (dead := os.waitid(os.P_ALL, 0, peek)) and dead.si_pid not in ours:
                os.waitpid(dead.si_pid, 0)

    def run(self) -> None:
        """Watch until a signal comes."""
        while not self.stopping:
            self.step()
