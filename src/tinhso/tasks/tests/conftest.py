"""What the tests of tasks share."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from pytest_django.fixtures import Settings

    from tinhso.tasks.tests.factories import Offices


@pytest.fixture
def offices(db: None, settings: Settings, tmp_path: Path) -> Offices:
    """A province that gives tasks; its files lie in a folder of the test."""
    from tinhso.tasks.tests.factories import make_offices  # noqa: PLC0415  (Django is set up later)

    del db
    settings.FILES_ROOT = tmp_path
    return make_offices()
