"""The same cases and indicators as the pages have, read by a partner system of the commune."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from tinhso.accounts.tests.calling import Caller, caller
from tinhso.indicators import visibility
from tinhso.indicators.permissions import IndicatorPermission
from tinhso.indicators.tests.cases import CASES
from tinhso.indicators.tests.pages.conftest import figures

if TYPE_CHECKING:
    from tests.cast import Cast

__all__ = ["figures"]


@pytest.fixture
def everywhere(figures: Cast) -> Caller:
    """Reads figures in the whole province."""
    del figures
    return caller(None, [IndicatorPermission.READ])


@pytest.fixture
def of_commune(figures: Cast) -> Caller:
    """Reads the figures of the commune."""
    return caller(figures.commune, [IndicatorPermission.READ], secret="ts_xa")


@pytest.fixture
def open_to_all() -> Iterator[None]:
    """Every reader of figures may open every case."""
    visibility.register(CASES.code, lambda _actor, _at, keys: keys)
    yield
    visibility._registry._entries.pop(CASES.code)
