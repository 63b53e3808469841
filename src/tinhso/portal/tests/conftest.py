"""What the tests of the citizens' pages share."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tinhso.dossiers.tests.conftest import desk
from tinhso.portal import national
from tinhso.portal.tests.ways import ByTestClient

if TYPE_CHECKING:
    from pytest_django.fixtures import Settings

__all__ = ["desk"]


@pytest.fixture
def demonstration(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """A house that plays the part of the national portal, with a way to the province's API."""
    settings.DEMO = True
    monkeypatch.setitem(national.ways._entries, national.PROVINCE, ByTestClient())
