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

VisibleSubjects = Callable[["Actor", datetime, Collection[str]], Collection[str]]
"""Of the subjects of rows (uuids as text), those that the actor may open at that instant."""

_registry: Registry[VisibleSubjects] = Registry("visible subjects")


def register(table: str, visible: VisibleSubjects) -> None:
    """Let an app say which rows of its fact table an actor may open; called from its AppConfig."""
    _registry.register(table, visible)


def visible_subjects(
    table: str, subjects: Collection[str], *, actor: Actor, at: datetime, everywhere: bool
) -> frozenset[str]:
    """Of the subjects, those that the actor may open."""
    provider = _registry.get(table)
    if provider is None:
        return frozenset(subjects) if everywhere else frozenset()
    return frozenset(provider(actor, at, subjects))
