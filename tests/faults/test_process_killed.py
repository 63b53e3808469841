"""The processes of a house: whatever is killed comes back; a signal stops all of ours."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.serving import Served, eventually
from tinhso.site.cluster import Cluster
from tinhso.site.house import House
from tinhso.site.ports import is_free

pytestmark = pytest.mark.fault


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    house = Served(tmp_path_factory.mktemp("served") / "house")
    try:
        eventually(house.answers)
        yield house
    finally:
        house.remove()


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
@pytest.mark.parametrize("words", ["granian", "tinhso.site.worker"])
def test_a_killed_process_comes_back(served: Served, words: str) -> None:
    killed = served.child(words)
    os.kill(killed, signal.SIGKILL)
    eventually(lambda: served.child(words) not in {0, killed})
    eventually(served.answers)


def test_a_killed_database_comes_back_under_the_same_pages(served: Served) -> None:
    note = Cluster.of(House(served.home)).folder / "postmaster.pid"
    killed = note.read_text().split("\n", 1)[0]
    os.kill(int(killed), signal.SIGKILL)
    eventually(lambda: note.exists() and note.read_text().split("\n", 1)[0] != killed)
    eventually(served.answers)


def test_a_second_start_says_who_is_running(served: Served) -> None:
    second = served.finish("serve", "--port", "1")
    complaint = second.stderr
    assert second.returncode == 1
    assert f"pid {served.process.pid}" in complaint
    assert f"http://127.0.0.1:{served.port}" in complaint
    assert len(complaint.splitlines()) == 1


def test_a_taken_port_is_one_line(
    served: Served, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(served.environment, "TINHSO_HOME", str(tmp_path / "other"))
    second = served.finish("serve", "--port", str(served.port))
    assert second.returncode == 1
    assert str(served.port) in second.stderr
    assert len(second.stderr.splitlines()) == 1


def test_a_command_beside_the_server_leaves_it_running(served: Served) -> None:
    assert served.finish("migrate", "--check").returncode == 0
    assert served.answers()


def test_a_demo_does_not_enter_a_production_house(served: Served) -> None:
    served.stop()
    demo = served.finish("demo", "--port", str(served.port))
    complaint = demo.stderr
    assert demo.returncode == 1
    assert "Traceback" not in complaint
    served.process = served.start()
    eventually(served.answers)


def test_one_signal_stops_everything_and_the_house_starts_again(served: Served) -> None:
    served.stop()
    assert is_free(served.port)
    assert not Cluster.of(House(served.home)).is_running()
    served.process = served.start()
    eventually(served.answers)
