"""What the tests of tasks share."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.worlds import begun_with

if TYPE_CHECKING:
    from pathlib import Path

    from pytest_django.fixtures import Settings

    from tinhso.tasks.tests.factories import Offices


@pytest.fixture
@begun_with
def standing_offices() -> Offices:
    """A province that gives tasks."""
    from tinhso.tasks.tests.factories import make_offices  # noqa: PLC0415  (Django is set up later)

    return make_offices()


@pytest.fixture
def offices(standing_offices: Offices, settings: Settings, tmp_path: Path) -> Offices:
    """A province that gives tasks; its files lie in a folder of the test."""
    settings.FILES_ROOT = tmp_path
    return standing_offices
