"""The resources of the API, as `site` mounts them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tinhso.dossiers.api import (
    acts,
    confirming,
    dossiers,
    drafts,
    fees,
    files,
    handing,
    mandating,
    procedures,
)

if TYPE_CHECKING:
    from ninja import Router

ROUTERS: tuple[tuple[str, Router], ...] = (
    ("/procedures", procedures.router),
    ("/procedures/{str:code}", mandating.router),
    ("/files", files.router),
    ("/drafts", drafts.router),
    ("/dossiers", dossiers.router),
    ("/dossiers/{uuid:key}", acts.on_dossier),
    ("/dossiers/{uuid:key}", fees.router),
    ("/dossiers/{uuid:key}", acts.beside),
    ("/dossiers/{uuid:key}", acts.voices),
    ("/dossiers/{uuid:key}/steps/{uuid:step}", acts.at_step),
    ("/dossiers/{uuid:key}/papers/{uuid:paper}", confirming.router),
    ("/work-hand-overs", handing.router),
)
