"""A report as PDF in the layout of NĐ 30/2020/NĐ-CP, Phụ lục I."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tinhso.indicators.reports.printing.words import laid_out
from tinhso.ui import printing

if TYPE_CHECKING:
    from collections.abc import Mapping

TEMPLATE = "indicators/reports/printing/report.typ"


def pdf(content: Mapping[str, Any]) -> bytes:
    """The paper; the same content gives the same bytes."""
    return printing.pdf(TEMPLATE, laid_out(content))
