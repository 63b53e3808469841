"""Houses of their own for tests that kill things."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tinhso.site.cluster import Cluster
from tinhso.site.house import House


@pytest.fixture
def house(tmp_path: Path) -> House:
    """An empty house."""
    made = House(tmp_path / "house")
    made.open()
    return made


@pytest.fixture
def cluster(house: House) -> Iterator[Cluster]:
    """The durable database server of the house, running; removed afterwards."""
    made = Cluster.of(house)
    with made.in_use():
        yield made
    made.destroy()
