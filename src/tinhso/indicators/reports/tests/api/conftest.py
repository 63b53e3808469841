"""The systems of a commune, of its neighbour, and of the agency that receives their reports."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tinhso.accounts.tests.calling import Caller, caller
from tinhso.indicators.reports.permissions import ReportPermission as Right

if TYPE_CHECKING:
    from tinhso.indicators.reports.tests.offices import Reporting

OWN = (Right.READ, Right.WRITE, Right.CONFIRM)


@pytest.fixture
def ours(offices: Reporting) -> Caller:
    """Writes and sends the reports of Ba Gia."""
    return caller(offices.ba_gia, OWN, secret="ts_ba_gia")


@pytest.fixture
def neighbour(offices: Reporting) -> Caller:
    """Does the same at Đăk Pơ."""
    return caller(offices.dak_po, OWN, secret="ts_dak_po")


@pytest.fixture
def police(offices: Reporting) -> Caller:
    """Receives them."""
    rights = (Right.READ, Right.RECEIVE)
    return caller(offices.police, rights, secret="ts_cong_an")
