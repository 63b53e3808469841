"""The resources of inspections, as `site` mounts them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tinhso.inspections.api import inspections, plans

if TYPE_CHECKING:
    from ninja import Router

ROUTERS: tuple[tuple[str, Router], ...] = (
    ("/inspection-plans", plans.router),
    ("/inspections", inspections.router),
)
