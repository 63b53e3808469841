"""The resources of tasks and obstacles, as `site` mounts them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tinhso.tasks.api import committees, notices, obstacles, tasks

if TYPE_CHECKING:
    from ninja import Router

ROUTERS: tuple[tuple[str, Router], ...] = (
    ("/committees", committees.router),
    ("/notices", notices.router),
    ("/tasks", tasks.router),
    ("/obstacle-kinds", obstacles.kinds_router),
    ("/obstacles", obstacles.router),
)
