"""The worker: every registered loop in a thread of its own, each behind a PostgreSQL advisory lock.

Any number of workers may run: a loop works in the one that holds its lock, the others stand by. The
locks live on one connection that does nothing else; when it is lost, the loops pause until it is
back.
"""

from __future__ import annotations

import hashlib
import logging
import os
import signal
import sys
import threading
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import django
import psycopg

from tinhso.kernel.errors import DomainError

if TYPE_CHECKING:
    from tinhso.kernel.loops import Loop

log = logging.getLogger(__name__)
NOTE_EVERY = 10.0  # seconds between two notes for the health page
STAND_BY = 2.0  # seconds between two tries for a lock that another worker holds
LONGEST_PAUSE = 60.0  # seconds after repeated failures
LAST_WORDS = 8.0  # seconds that a running batch is given at the end
LONGEST_ERROR = 500  # characters of an error kept for the health page


class Locks:
    """Advisory locks of this worker, on a connection of their own."""

    def __init__(self, parameters: dict[str, Any]) -> None:
        self._parameters = parameters
        self._connection: psycopg.Connection[Any] | None = None
        self._held: set[str] = set()
        self._turn = threading.Lock()

    def holds(self, code: str) -> bool:
        """Whether the loop is ours now; tries to take it when it is not."""
        with self._turn:
            try:
                connection = self._living()
                if code in self._held:
                    return True
                row = connection.execute(
                    "SELECT pg_try_advisory_lock(%s)", [lock_number(code)]
                ).fetchone()
            except psycopg.Error:
                self.release()
                return False
            if row and row[0]:
                self._held.add(code)
            return code in self._held

    def _living(self) -> psycopg.Connection[Any]:
        if self._connection is None or self._connection.closed:
            self._held.clear()
            self._connection = psycopg.connect(autocommit=True, **self._parameters)
        else:
            self._connection.execute("SELECT 1")
        return self._connection

    def release(self) -> None:
        """Give every lock back, and close their connection.

        The server notices a closed connection when it comes to it; until then nobody else could go on.
        """
        if self._connection:
            with suppress(psycopg.Error):
                self._connection.execute("SELECT pg_advisory_unlock_all()")
            self._connection.close()
        self._connection = None
        self._held.clear()


def lock_number(code: str) -> int:
    """The advisory lock of a loop: 63 bits of its code's digest."""
    return int.from_bytes(hashlib.sha256(f"loop {code}".encode()).digest()[:8]) >> 1


class Runner:
    """One loop in one thread: runs, notes how it went, pauses longer after each failure."""

    def __init__(self, loop: Loop, locks: Locks, stopping: threading.Event) -> None:
        self.loop = loop
        self.locks = locks
        self.stopping = stopping
        self.runs = 0
        self.failures = 0
        self._noted_at = 0.0
        self._noted_error = ""
        self._refusal = ""

    def work(self) -> None:
        """Until the worker is told to stop."""
        from django.db import close_old_connections  # noqa: PLC0415 - Django is set up only in main()

        while not self.stopping.is_set():
            if self.locks.holds(self.loop.code):
                if not self.runs:  # the first run catches up, perhaps for minutes: it is not silent
                    self._note(0.0, "")
                pause = self.step()
                close_old_connections()
                self.stopping.wait(pause)
            else:
                self.stopping.wait(STAND_BY)

    def step(self) -> float:
        """Run once; the seconds to wait before the next run."""
        began = time.monotonic()
        error = ""
        more: bool | None = False
        try:
            more = self.loop.run()
            self.failures, self._refusal = 0, ""
        except DomainError as refusal:
            error = self._refused(str(refusal))
            self.failures += 1
        except Exception as failure:
            log.exception("loop %s", self.loop.code)
            error = f"{type(failure).__name__}: {failure}"[:LONGEST_ERROR]
            self.failures += 1
        self.runs += 1
        self._note(time.monotonic() - began, error)
        if self.failures:
            return float(min(self.loop.every_seconds * 2 ** min(self.failures, 10), LONGEST_PAUSE))
        return 0.0 if more else self.loop.every_seconds

    def _refused(self, sentence: str) -> str:
        """What waits for people, as in a province without a calendar, is said in one line, and once."""
        if sentence != self._refusal:
            log.warning("loop %s: %s", self.loop.code, sentence)
        self._refusal = sentence
        return sentence[:LONGEST_ERROR]

    def _note(self, seconds: float, error: str) -> None:
        """Tell the health page, every few seconds or when the answer changes.

        Losing a note in a crash is harmless.
        """
        from django.db import DatabaseError, connection, transaction  # noqa: PLC0415
        from django.utils import timezone  # noqa: PLC0415

        from tinhso.site.models import LoopRun  # noqa: PLC0415

        now = time.monotonic()
        if now - self._noted_at < NOTE_EVERY and error == self._noted_error:
            return
        facts = {
            "seen_at": timezone.now(),
            "seconds": seconds,
            "runs": self.runs,
            "failures": self.failures,
            "error": error,
        }
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute("SET LOCAL synchronous_commit = off")
                LoopRun.objects.update_or_create(code=self.loop.code, defaults=facts)
        except DatabaseError:
            log.warning("loop %s: its note could not be written", self.loop.code)
            return
        self._noted_at, self._noted_error = now, error


def connection_parameters(settings: dict[str, Any]) -> dict[str, Any]:
    """The address of Django's database, for a connection outside its pool."""
    names = {
        "host": "HOST",
        "port": "PORT",
        "dbname": "NAME",
        "user": "USER",
        "password": "PASSWORD",
    }
    return {name: settings[key] for name, key in names.items()}


def main() -> int:
    """Run every loop until SIGTERM or SIGINT."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tinhso.site.settings")
    django.setup()
    from django.db import connection  # noqa: PLC0415

    from tinhso.kernel.loops import registry  # noqa: PLC0415

    stopping = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopping.set())
    locks = Locks(connection_parameters(connection.settings_dict))
    threads = [
        threading.Thread(target=Runner(loop, locks, stopping).work, name=loop.code, daemon=True)
        for loop in registry.values()
    ]
    for thread in threads:
        thread.start()
    while not stopping.wait(0.5):
        pass
    deadline = time.monotonic() + LAST_WORDS
    for thread in threads:
        thread.join(max(0.0, deadline - time.monotonic()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
