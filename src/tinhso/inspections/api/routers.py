"""The resources of inspections, as `site` mounts them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tinhso.inspections.api import inspections

if TYPE_CHECKING:
    from ninja import Router

ROUTERS: tuple[tuple[str, Router], ...] = (
    ("/inspection-plans", inspections.plans_router),
    ("/inspections", inspections.router),
)
