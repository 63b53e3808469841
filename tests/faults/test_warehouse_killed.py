"""Kill -9 while facts are brought in or files are joined: the former figures stand, and the next run is right."""

from __future__ import annotations

import json
import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.faults.serving import Served, eventually
from tinhso.site.bench.logs import write_log

pytestmark = pytest.mark.fault
SEEDED = "from tinhso.site.bench.history import seed; print(*seed())"
EVENTS = 20_000
TABLES = ("dossiers.dossier", "dossiers.step")
BROUGHT_UP_AND_CHECKED = f"""
from io import StringIO
from django.core.management import call_command
call_command("warehouse", "sync", *{TABLES}, "--json", stdout=StringIO())
call_command("warehouse", "check", *{TABLES}, "--json")
"""
"""Both in one process: half of what a command takes is its beginning."""


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A house with imported history, whose worker keeps the warehouse beside the commands of these tests."""
    house = Served(tmp_path_factory.mktemp("served") / "house")
    try:
        eventually(house.answers)
        seeded = house.finish("shell", "--no-imports", "-c", SEEDED)
        assert seeded.returncode == 0, seeded.stderr
        log: Path = tmp_path_factory.mktemp("logs") / "log.xes"
        write_log(log, EVENTS)
        brought = house.finish(
            "import-log", str(log), "--agency", "H99", "--procedure", seeded.stdout.split()[-1]
        )
        assert brought.returncode == 0, brought.stderr
        assert is_right(house)
        yield house
    finally:
        house.remove()


def warehouse(served: Served, act: str) -> dict[str, Any]:
    done = served.finish("warehouse", act, *TABLES, "--json")
    answer: dict[str, Any] = json.loads(done.stdout) if done.stdout else {"said": done.stderr}
    return answer


def is_right(served: Served) -> bool:
    """Whether the warehouse, once it has taken in everything, says what PostgreSQL says."""
    done = served.finish("shell", "--no-imports", "-c", BROUGHT_UP_AND_CHECKED)
    assert done.returncode == 0, done.stderr
    checked = json.loads(done.stdout)
    return all(checked[table]["is_right"] and checked[table]["rows"] for table in TABLES)


@pytest.mark.parametrize("act", ["sync", "rebuild", "compact"])
def test_a_killed_command_leaves_right_figures(served: Served, act: str) -> None:
    for seconds in (1.2, 2.4):  # as the tables are opened, and in the midst of the writing
        process = served.begin("warehouse", act, *TABLES)
        time.sleep(seconds)
        process.kill()
        process.wait()
    assert is_right(served)


def test_a_killed_worker_goes_on_where_it_stood(served: Served) -> None:
    killed = served.child("tinhso.site.worker")
    assert killed
    os.kill(killed, signal.SIGKILL)
    eventually(lambda: served.child("tinhso.site.worker") not in {0, killed})
    assert is_right(served)


def test_a_file_deleted_by_hand_is_missed_and_made_anew(served: Served) -> None:
    for path in (served.home / "warehouse" / TABLES[0]).glob("*.parquet"):
        path.unlink()
    checked = warehouse(served, "check")[TABLES[0]]
    assert checked["missing"] or checked["is_right"], "missed, or made anew by the worker already"
    assert is_right(served)
