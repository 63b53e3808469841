"""A production house served by a process of its own, for tests that kill and copy."""

from __future__ import annotations

import http.client
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from tinhso.site.cluster import Cluster
from tinhso.site.house import PROJECT, House

PATIENCE = 90.0


class Served:
    """A production house served by a process of its own."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.log = home.with_name("serve.log")
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = int(probe.getsockname()[1])
        known = {name: value for name, value in os.environ.items() if "DATABASE_URL" not in name}
        known |= {"TINHSO_HOME": str(home), "PYTHONPATH": f"{PROJECT / 'src'}:{PROJECT}"}
        known["TINHSO_SECRET_KEY"] = secrets.token_urlsafe(48)
        self.environment = known
        self.process = self.start()

    def start(self) -> subprocess.Popen[bytes]:
        """Serve at the port of this test."""
        return self.begin("serve", "--port", str(self.port))

    def begin(self, *arguments: str) -> subprocess.Popen[bytes]:
        """Start a command of this house that goes on; what it says goes to a log."""
        with self.log.open("ab") as log:
            return subprocess.Popen(
                self._command(arguments), env=self.environment, stdout=log, stderr=log
            )

    def finish(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run a command of this house to its end."""
        return subprocess.run(
            self._command(arguments),
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )

    def _command(self, arguments: tuple[str, ...]) -> list[str]:
        return [sys.executable, "-m", "tinhso.site", *arguments]

    def stop(self) -> None:
        """Ask it to stop and wait until it has."""
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(PATIENCE)

    def remove(self) -> None:
        """Stop it and remove its database, wherever it lies."""
        self.stop()
        Cluster.of(House(self.home)).destroy()

    def answers(self) -> bool:
        """Whether the health page answers and nothing has failed but what the last kill took."""
        pages = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
        try:
            pages.request("GET", "/suc-khoe.json")
            return b'"database": {"state": "ok"' in pages.getresponse().read()
        except (OSError, http.client.HTTPException):
            return False
        finally:
            pages.close()

    def child(self, words: str) -> int:
        """The pid of our own child whose command holds the words, or 0."""
        listed = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text()
        for pid in listed.split():
            try:
                command = Path(f"/proc/{pid}/cmdline").read_text().replace("\0", " ")
            except OSError:
                continue
            if words in command:
                return int(pid)
        return 0


def eventually(condition: Callable[[], object]) -> None:
    last = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < last, "not in time"
        time.sleep(0.1)
