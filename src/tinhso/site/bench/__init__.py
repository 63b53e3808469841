"""`./tinhso bench …`: measures on a scratch database of its own; ratios come from one run on one machine."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

from tinhso.site.terminal import CannotGoOn

if TYPE_CHECKING:
    from collections.abc import Sequence

MEASURES = {
    "submit": "submit",
    "import": "importing",
    "queue": "queueing",
    "form": "forming",
    "indicators": "figuring",
    "engines": "engines",
    "dashboard": "board",
    "notice": "noticing",
    "tasks": "tasking",
}  # by name: the module whose run() measures it


def run(arguments: Sequence[str]) -> int:
    """Run one measure by its name."""
    name, *rest = arguments or [""]
    if name not in MEASURES:
        raise CannotGoOn(f"Có các phép đo: {', '.join(MEASURES)}.", "name one of these measures.")
    return int(importlib.import_module(f"tinhso.site.bench.{MEASURES[name]}").run(rest))
