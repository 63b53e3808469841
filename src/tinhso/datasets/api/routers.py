"""The resources of shared data, as `site` mounts them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tinhso.datasets.api import datasets

if TYPE_CHECKING:
    from ninja import Router

ROUTERS: tuple[tuple[str, Router], ...] = (("/datasets", datasets.router),)
