"""Where a database server keeps its files: one that must last never in memory, one of tests there if there is room."""

from __future__ import annotations

from pathlib import Path

import pytest

from tinhso.site import cluster
from tinhso.site.cluster import Cluster
from tinhso.site.house import House


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> House:
    """A house, on a machine whose memory is a folder."""
    (tmp_path / "memory").mkdir()
    monkeypatch.setattr(cluster, "MEMORY", tmp_path / "memory")
    monkeypatch.setattr(cluster, "MEMORY_NEEDED", 1)
    made = House(tmp_path / "house")
    made.home.mkdir()
    return made


def test_what_must_last_is_never_in_memory(house: House, tmp_path: Path) -> None:
    assert not Cluster.of(house).folder.is_relative_to(tmp_path / "memory")
    assert list((tmp_path / "memory").iterdir()) == []


def test_what_need_not_last_is_there_and_not_remembered(house: House, tmp_path: Path) -> None:
    assert Cluster.of(house, durable=False).folder.parent.parent == tmp_path / "memory"
    assert house.recall("database_folder") is None
    assert list((tmp_path / "memory").iterdir()) == [], "to ask where it lies makes nothing"


def test_in_a_small_memory_it_lies_on_the_disk(
    house: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster, "MEMORY_NEEDED", 2**60)
    assert not Cluster.of(house, durable=False).folder.is_relative_to(tmp_path / "memory")


def test_a_place_that_leads_elsewhere_is_not_used(house: House, tmp_path: Path) -> None:
    Cluster.of(house, durable=False).folder.parent.symlink_to(tmp_path)
    assert not Cluster.of(house, durable=False).folder.is_relative_to(tmp_path / "memory")
