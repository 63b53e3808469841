"""The table of cases in a warehouse of its own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import override_settings

from tinhso.indicators.tests.cases import CASES, LAID
from tinhso.warehouse.declaring import FactTable, registry


@pytest.fixture
def cases(tmp_path: Path, db: None) -> Iterator[FactTable]:
    """The table, empty."""
    del db
    LAID.clear()
    registry.register(CASES.code, CASES)
    with override_settings(WAREHOUSE=tmp_path / "warehouse"):
        yield CASES
    registry._entries.pop(CASES.code)
