"""What the tests of reports share: one world, whose facts lie in a folder of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.test import override_settings

from tests.worlds import begun_with

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tinhso.indicators.reports.tests.offices import Reporting


@pytest.fixture
@begun_with
def standing_offices() -> Reporting:
    """The agencies and people, with the reports of October called for."""
    from tinhso.indicators.reports.tests.offices import make_reporting  # noqa: PLC0415

    return make_reporting()


@pytest.fixture
def offices(standing_offices: Reporting) -> Iterator[Reporting]:
    """The same, with their facts at hand."""
    from tinhso.indicators.tests.cases import CASES  # noqa: PLC0415
    from tinhso.warehouse.declaring import registry  # noqa: PLC0415

    registry.register(CASES.code, CASES)
    with override_settings(WAREHOUSE=standing_offices.warehouse / "facts"):
        yield standing_offices
    registry._entries.pop(CASES.code)
