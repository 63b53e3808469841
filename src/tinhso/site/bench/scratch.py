"""A house of the bench alone: its own database server in a folder that goes with it."""

from __future__ import annotations

import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from tinhso.site.cluster import Cluster
from tinhso.site.house import House

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def house() -> Iterator[tuple[House, Cluster]]:
    """An empty house whose durable server runs; both are removed afterwards."""
    with tempfile.TemporaryDirectory(prefix="tinhso-bench-") as folder:
        Path(folder).chmod(0o755)  # the account of the database goes through it
        made = House(Path(folder) / "house")
        made.open()
        cluster = Cluster.of(made)
        try:
            with cluster.in_use():
                yield made, cluster
        finally:
            cluster.destroy()
