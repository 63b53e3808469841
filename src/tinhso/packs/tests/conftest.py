from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tinhso.packs.tests import factories


@pytest.fixture
def probe() -> Iterator[factories.Probe]:
    probe = factories.Probe()
    with factories.only_kinds(probe.kind()):
        yield probe


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A root with one good pack."""
    root = tmp_path / "packs"
    root.mkdir()
    folder = factories.write_pack(root)
    factories.write_entry(folder)
    factories.write_case(folder)
    return root
