"""The processes of a house: whatever is killed comes back; a signal stops all of ours."""

from __future__ import annotations

import http.client
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tinhso.site.cluster import Cluster, is_free
from tinhso.site.house import PROJECT, House

pytestmark = pytest.mark.fault
PATIENCE = 60.0


class Served:
    """A production house served by a process of its own."""

    def __init__(self, home: Path) -> None:
        self.home = home
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = int(probe.getsockname()[1])
        known = {name: value for name, value in os.environ.items() if "DATABASE_URL" not in name}
        known |= {"TINHSO_HOME": str(home), "PYTHONPATH": str(PROJECT / "src")}
        known["TINHSO_SECRET_KEY"] = secrets.token_urlsafe(48)
        self.environment = known
        self.process = self.start()

    def start(self) -> subprocess.Popen[str]:
        """Serve at the port of this test."""
        return self.run("serve", "--port", str(self.port))

    def run(self, *arguments: str) -> subprocess.Popen[str]:
        """Start a command of this house."""
        command = [sys.executable, "-m", "tinhso.site", *arguments]
        kept = subprocess.PIPE
        return subprocess.Popen(command, env=self.environment, stdout=kept, stderr=kept, text=True)

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


def _eventually(condition: Callable[[], object]) -> None:
    last = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < last, "not in time"
        time.sleep(0.1)


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    house = Served(tmp_path_factory.mktemp("served") / "house")
    try:
        _eventually(house.answers)
        yield house
    finally:
        house.process.send_signal(signal.SIGTERM)
        house.process.communicate(timeout=PATIENCE)
        Cluster.of(House(house.home)).destroy()


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
@pytest.mark.parametrize("words", ["granian", "tinhso.site.worker"])
def test_a_killed_process_comes_back(served: Served, words: str) -> None:
    killed = served.child(words)
    os.kill(killed, signal.SIGKILL)
    _eventually(lambda: served.child(words) not in {0, killed})
    _eventually(served.answers)


def test_a_killed_database_comes_back_under_the_same_pages(served: Served) -> None:
    note = Cluster.of(House(served.home)).folder / "postmaster.pid"
    killed = note.read_text().split("\n", 1)[0]
    os.kill(int(killed), signal.SIGKILL)
    _eventually(lambda: note.exists() and note.read_text().split("\n", 1)[0] != killed)
    _eventually(served.answers)


def test_a_second_start_says_who_is_running(served: Served) -> None:
    second = served.run("serve", "--port", "1")
    _said, complaint = second.communicate(timeout=PATIENCE)
    assert second.returncode == 1
    assert f"pid {served.process.pid}" in complaint
    assert f"http://127.0.0.1:{served.port}" in complaint
    assert len(complaint.splitlines()) == 1


def test_a_taken_port_is_one_line(served: Served) -> None:
    second = served.start()
    _said, complaint = second.communicate(timeout=PATIENCE)
    assert second.returncode == 1
    assert len(complaint.splitlines()) == 1


def test_a_command_beside_the_server_leaves_it_running(served: Served) -> None:
    beside = served.run("migrate", "--check")
    beside.communicate(timeout=PATIENCE)
    assert beside.returncode == 0
    assert served.answers()


def test_a_demo_does_not_enter_a_production_house(served: Served) -> None:
    served.process.send_signal(signal.SIGTERM)
    served.process.communicate(timeout=PATIENCE)
    demo = served.run("demo", "--port", str(served.port))
    _said, complaint = demo.communicate(timeout=PATIENCE)
    assert demo.returncode == 1
    assert "Traceback" not in complaint
    served.process = served.start()
    _eventually(served.answers)


def test_one_signal_stops_everything_and_the_house_starts_again(served: Served) -> None:
    served.process.send_signal(signal.SIGTERM)
    served.process.communicate(timeout=PATIENCE)
    assert is_free(served.port)
    assert not Cluster.of(House(served.home)).is_running()
    served.process = served.start()
    _eventually(served.answers)
