"""Which records behind a figure a reader may open: the app whose records they are says so, by registration.

    visibility.register("dossiers.dossier", visible_dossiers, opens_all=reads_everywhere)

Of a table for which no app says it, only who reads figures everywhere opens records.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from tinhso.kernel.registry import Registry

if TYPE_CHECKING:
    from tinhso.kernel.actors import Actor

VisibleSubjects = Callable[["Actor", datetime, Collection[str]], Collection[str]]
"""Of the subjects of rows (uuids as text), those that the actor may open at that instant."""
OpensAll = Callable[["Actor", datetime], bool]
"""Whether there is no record of the table that the actor may not open: then nobody asks row by row."""


@dataclass(frozen=True)
class _Said:
    visible: VisibleSubjects
    opens_all: OpensAll


_registry: Registry[_Said] = Registry("visible subjects")


def _never(_actor: Actor, _at: datetime) -> bool:
    return False


def register(table: str, visible: VisibleSubjects, *, opens_all: OpensAll = _never) -> None:
    """Let an app say which rows of its fact table an actor may open; called from its AppConfig."""
    _registry.register(table, _Said(visible, opens_all))


def opens_all(table: str, *, actor: Actor, at: datetime, everywhere: bool) -> bool:
    """Whether the actor may open whatever record of the table he counts."""
    said = _registry.get(table)
    return everywhere if said is None else said.opens_all(actor, at)


def visible_subjects(
    table: str, subjects: Collection[str], *, actor: Actor, at: datetime, everywhere: bool
) -> frozenset[str]:
    """Of the subjects, those that the actor may open."""
    said = _registry.get(table)
    if said is None:
        return frozenset(subjects) if everywhere else frozenset()
    return frozenset(said.visible(actor, at, subjects))
