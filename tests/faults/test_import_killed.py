"""A killed import leaves no dossier and no table to stage in; the file can be brought again."""

from __future__ import annotations

import json
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from tests.faults.serving import Served, eventually
from tinhso.site.bench.logs import write_log
from tinhso.site.cluster import Cluster
from tinhso.site.house import House

pytestmark = pytest.mark.fault
SEEDED = "from tinhso.site.bench.history import seed; print(*seed())"
EVENTS = 60_000
STAGED = "SELECT count(*) FROM pg_class WHERE relname LIKE 'staged_%'"
EMPTY = [
    "SELECT count(*) FROM dossiers_dossier",
    "SELECT count(*) FROM dossiers_importbatch",
    "SELECT count(*) FROM dossiers_importedstep",
    "SELECT count(*) FROM dossiers_dossierkey",
]
BUSY = "SELECT count(*) FROM pg_stat_activity WHERE query LIKE %s AND pid <> pg_backend_pid()"


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    house = Served(tmp_path_factory.mktemp("served") / "house")
    try:
        eventually(house.answers)
        yield house
    finally:
        house.remove()


def asked(served: Served, question: str, *values: str) -> int:
    """A count, asked of the database as its owner."""
    address = Cluster.of(House(served.home)).url("postgres")
    with psycopg.connect(address) as connection:
        row = connection.execute(question.encode(), values or None).fetchone()
    return int(row[0]) if row else 0


@pytest.fixture(scope="module")
def arguments(served: Served, tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """How the command is called, in a house with a procedure."""
    seeded = served.finish("shell", "--no-imports", "-c", SEEDED)
    assert seeded.returncode == 0, seeded.stderr
    log: Path = tmp_path_factory.mktemp("logs") / "log.xes"
    write_log(log, EVENTS)
    return ["import-log", str(log), "--agency", "H99", "--procedure", seeded.stdout.split()[-1]]


def stopped_at(served: Served, arguments: list[str], moment: str, sign: int) -> int:
    """Send a signal to the import while the database works on a statement like this; its exit code."""
    process: subprocess.Popen[bytes] = served.begin(*arguments)
    address = Cluster.of(House(served.home)).url("postgres")
    with psycopg.connect(address, autocommit=True) as watcher:  # looks often: the moment is short
        while process.poll() is None:
            row = watcher.execute(BUSY.encode(), [moment]).fetchone()
            if row and row[0]:
                break
            time.sleep(0.002)
    assert process.poll() is None, served.log.read_text()
    process.send_signal(sign)
    ended = process.wait()
    eventually(lambda: asked(served, BUSY, moment) == 0)
    return ended


@pytest.mark.parametrize("sign", [signal.SIGKILL, signal.SIGINT])
@pytest.mark.parametrize("moment", ["COPY pg_temp.staged_step%", "%INTO dossiers_importedstep%"])
def test_a_stopped_import_leaves_nothing(
    served: Served, arguments: list[str], moment: str, sign: int
) -> None:
    ended = stopped_at(served, arguments, moment, sign)
    assert ended == (130 if sign == signal.SIGINT else -sign)
    eventually(lambda: asked(served, STAGED) == 0)
    for count in EMPTY:
        assert asked(served, count) == 0
    kind = "SELECT count(*) FROM events_event WHERE kind = 'dossiers.history_imported'"
    assert asked(served, kind) == 0


def test_the_next_run_brings_everything_and_takes_it_out(
    served: Served, arguments: list[str]
) -> None:
    done = served.finish(*arguments, "--json")
    assert done.returncode == 0, done.stderr
    batch = json.loads(done.stdout)
    assert batch["events"] == asked(served, "SELECT count(*) FROM dossiers_importedstep") == EVENTS
    again = served.finish(*arguments)
    assert again.returncode == 1
    assert "dossiers.file_imported_before" in again.stderr
    assert len(again.stderr.strip().splitlines()) == 1
    undone = served.finish("import-log", "--undo", batch["batch"])
    assert undone.returncode == 0, undone.stderr
    assert asked(served, "SELECT count(*) FROM dossiers_dossier") == 0
