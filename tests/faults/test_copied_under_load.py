"""A backup made while dossiers come in holds every one acknowledged before it, paper and all."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.serving import Served, eventually
from tinhso.site.cluster import Cluster
from tinhso.site.house import House

pytestmark = pytest.mark.fault


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    house = Served(tmp_path_factory.mktemp("served") / "house")
    try:
        eventually(house.answers)
        yield house
    finally:
        house.remove()


def _lines(journal: Path) -> int:
    return journal.read_text().count("\n") if journal.exists() else 0


def test_every_dossier_acknowledged_before_the_backup_is_in_the_restored_house(
    served: Served, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    journal, copy = tmp_path / "journal", tmp_path / "copy"
    client = served.begin(
        "shell", "--no-imports", "-c", _client(f"file_until_stopped({_path(journal)})")
    )
    eventually(lambda: _lines(journal) > 30 or client.poll() is not None)
    assert client.poll() is None, served.log.read_text()
    acknowledged = _lines(journal)

    backup = served.finish("backup", str(copy))
    assert backup.returncode == 0, backup.stderr
    copied = _lines(journal)
    assert copied > acknowledged, "work must go on during the backup"
    eventually(lambda: _lines(journal) > copied + 5)  # what is acknowledged now will be lost
    client.kill()
    client.wait()
    counted = served.finish("shell", "--no-imports", "-c", _client("print(events())"))
    eventually(lambda: _anchored(served) >= int(counted.stdout))

    monkeypatch.setitem(served.environment, "TINHSO_HOME", str(tmp_path / "new"))
    try:
        restore = served.finish("restore", str(copy))
        assert restore.returncode == 0, restore.stderr
        assert json.loads((copy / "manifest.json").read_text())["made_at"] in restore.stdout
        lost = re.search(r"Đã mất khi khôi phục: ([\d.]+) sự kiện", restore.stdout)
        assert lost is not None, restore.stdout
        assert int(lost[1].replace(".", "")) > 0
        verified = served.finish("events", "verify", "--anchors")
        assert verified.returncode == 0, verified.stdout + verified.stderr
        question = _client(f"print(missing({_path(journal)}, {acknowledged}))")
        answer = served.finish("shell", "--no-imports", "-c", question)
        assert answer.stdout.strip() == "[]", answer.stderr
    finally:
        Cluster.of(House(tmp_path / "new")).destroy()


def _anchored(served: Served) -> int:
    """The last position that left the house in an anchor."""
    folder = House(Path(served.environment["TINHSO_HOME"])).anchors
    lines = [line for path in folder.glob("*.jsonl") for line in path.read_text().splitlines()]
    batches = [json.loads(line).get("batch") for line in lines]
    return max((batch["last"] for batch in batches if batch), default=0)


def _client(call: str) -> str:
    return f"from pathlib import Path; from tests.faults.client import *; {call}"


def _path(path: Path) -> str:
    return f"Path({str(path)!r})"


def test_a_damaged_backup_is_refused_and_no_house_is_made(
    served: Served, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = tmp_path / "copy"
    assert served.finish("backup", str(copy)).returncode == 0
    with (copy / "database.dump").open("r+b") as dump:
        dump.seek(100)
        dump.write(b"x")
    monkeypatch.setitem(served.environment, "TINHSO_HOME", str(tmp_path / "new"))
    restore = served.finish("restore", str(copy))
    assert restore.returncode == 1
    assert "database.dump" in restore.stderr
    assert not (tmp_path / "new").exists()


def test_a_drill_never_writes_into_the_living_anchors(
    served: Served, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy, anchors = tmp_path / "copy", House(served.home).anchors
    eventually(lambda: any(anchors.glob("*.jsonl")))
    assert served.finish("backup", str(copy)).returncode == 0
    monkeypatch.setitem(served.environment, "TINHSO_HOME", str(tmp_path / "new"))
    monkeypatch.setitem(served.environment, "TINHSO_ANCHORS", str(anchors))
    restore = served.finish("restore", str(copy))
    assert restore.returncode == 1
    assert "--replace" in restore.stderr
    assert not (tmp_path / "new").exists()
    assert not any("restored" in path.read_text() for path in anchors.glob("*.jsonl"))


def test_an_unfinished_backup_is_refused(served: Served, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    assert served.finish("backup", str(copy)).returncode == 0
    (copy / "manifest.json").unlink()
    assert served.finish("restore", str(copy)).returncode == 1


def test_a_stopped_production_house_survives_a_demo_begun_anew(served: Served) -> None:
    served.stop()
    try:
        refused = served.finish("demo", "--fresh")
        assert refused.returncode == 1
        assert "vận hành thật" in refused.stderr
        assert Cluster.of(House(served.home)).folder.exists()
    finally:
        served.process = served.start()
        eventually(served.answers)
