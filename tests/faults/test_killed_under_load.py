"""Each process is killed in turn while dossiers come in: nothing acknowledged is lost, no number is given twice."""

from __future__ import annotations

import json
import os
import signal
import sys
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest

from tests.faults.senders import Senders
from tests.faults.serving import Served, eventually
from tinhso.site.cluster import Cluster
from tinhso.site.house import House

pytestmark = [
    pytest.mark.fault,
    pytest.mark.skipif(sys.platform != "linux", reason="reads /proc"),
]
MORE = 25


@pytest.fixture
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    house = Served(tmp_path_factory.mktemp("load") / "house")
    try:
        eventually(house.answers)
        ask(house, "settle()")
        yield house
    finally:
        house.remove()


def ask(served: Served, call: str) -> str:
    """Run one of the senders' functions inside the house."""
    done = served.finish(
        "shell", "--no-imports", "-c", f"from tests.faults.senders import *; {call}"
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def postmaster(served: Served) -> int:
    note = Cluster.of(House(served.home)).folder / "postmaster.pid"
    return int(note.read_text().split("\n", 1)[0])


def test_nothing_acknowledged_is_lost_whoever_dies(served: Served) -> None:
    senders = Senders(served.port)
    senders.start()
    try:
        for victim in ("granian", "tinhso.site.worker", "postmaster"):
            before = len(senders.received)
            eventually(lambda wanted=before + MORE: len(senders.received) >= wanted)
            pid = postmaster(served) if victim == "postmaster" else served.child(victim)
            os.kill(pid, signal.SIGKILL)
        before = len(senders.received)
        eventually(lambda: len(senders.received) >= before + MORE)
    finally:
        senders.stop()
        assert not senders.refused, senders.refused[:3]

    house = json.loads(ask(served, "import json; print(json.dumps(kept(), default=str))"))
    judge(senders, house)


def judge(senders: Senders, house: dict[str, Any]) -> None:
    """What was acknowledged against what is kept."""
    numbers: dict[str, str | None] = house["numbers"]
    given = [number for number in numbers.values() if number]
    assert senders.submitted <= numbers.keys(), "an acknowledged dossier is lost"
    assert {key: numbers[key] for key in senders.received} == senders.received
    assert max(Counter(given).values()) == 1, "a number was given twice"
    assert house["counted"] == len(given), "a number is missing, and nothing explains it"
    assert sorted(house["received"]) == sorted(key for key, number in numbers.items() if number)
