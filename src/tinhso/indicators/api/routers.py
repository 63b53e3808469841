"""The resources of figures and reports, as `site` mounts them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tinhso.indicators.api import indicators, periods
from tinhso.indicators.reports.api import acts, reading

if TYPE_CHECKING:
    from ninja import Router

ROUTERS: tuple[tuple[str, Router], ...] = (
    ("/indicators", indicators.router),
    ("/periods", periods.router),
    ("/reports", reading.router),
    ("/reports/{uuid:key}", acts.router),
)
