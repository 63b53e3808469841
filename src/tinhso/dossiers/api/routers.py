"""The resources of the API, as `site` mounts them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tinhso.dossiers.api import (
    acts,
    dossiers,
    fees,
    files,
    interrupting,
    messages,
    procedures,
    steps,
    voicing,
)

if TYPE_CHECKING:
    from ninja import Router

ROUTERS: tuple[tuple[str, Router], ...] = (
    ("/procedures", procedures.router),
    ("/files", files.router),
    ("/dossiers", dossiers.router),
    ("/dossiers/{uuid:key}", acts.router),
    ("/dossiers/{uuid:key}", fees.router),
    ("/dossiers/{uuid:key}", messages.router),
    ("/dossiers/{uuid:key}", interrupting.router),
    ("/dossiers/{uuid:key}", voicing.router),
    ("/dossiers/{uuid:key}/steps/{uuid:step}", steps.router),
)
