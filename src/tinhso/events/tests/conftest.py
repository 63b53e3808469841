from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import override_settings

from tinhso.events.kinds import kinds
from tinhso.events.tests import factories


@pytest.fixture(autouse=True)
def _probe_kind() -> Iterator[None]:
    factories.declare()
    yield
    kinds._entries.pop("probe.probed", None)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path) -> Iterator[Path]:
    """The anchors' folder of this test alone."""
    with override_settings(ANCHORS=tmp_path / "anchors"):
        yield tmp_path / "anchors"
