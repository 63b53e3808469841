"""What the tests of the citizens' pages share."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tinhso.dossiers.tests.conftest import desk

if TYPE_CHECKING:
    from pytest_django.fixtures import Settings

__all__ = ["desk"]


@pytest.fixture
def demonstration(settings: Settings) -> None:
    """A house that plays the part of the national portal."""
    settings.DEMO = True
