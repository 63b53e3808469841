"""Which records behind a figure a reader may open: the app whose records they are says so, by registration.

    visibility.register("dossiers.dossier", visible_dossiers)

Of a table for which no app says it, only who reads figures everywhere opens records.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import datetime
from typing import TYPE_CHECKING

from tinhso.kernel.registry import Registry

if TYPE_CHECKING:
    from tinhso.kernel.actors import Actor

VisibleKeys = Callable[["Actor", datetime, Collection[str]], Collection[str]]
"""Of the keys of rows, those whose records the actor may open at that instant."""

_registry: Registry[VisibleKeys] = Registry("visible keys")


def register(table: str, visible: VisibleKeys) -> None:
    """Let an app say which rows of its fact table an actor may open; called from its AppConfig."""
    _registry.register(table, visible)


def visible_keys(
    table: str, keys: Collection[str], *, actor: Actor, at: datetime, everywhere: bool
) -> frozenset[str]:
    """Of the keys, those that the actor may open."""
    provider = _registry.get(table)
    if provider is None:
        return frozenset(keys) if everywhere else frozenset()
    return frozenset(provider(actor, at, keys))
