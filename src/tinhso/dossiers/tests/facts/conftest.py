"""Facts lie in a folder of the test."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from pytest_django.fixtures import Settings


@pytest.fixture(autouse=True)
def warehouse(settings: Settings, tmp_path: Path) -> None:
    """An empty warehouse."""
    settings.WAREHOUSE = tmp_path / "warehouse"
