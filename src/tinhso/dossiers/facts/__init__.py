"""The fact tables that dossiers bring to the warehouse (bảng sự việc), one module a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tinhso.dossiers.facts import dossiers, procedures, steps
from tinhso.dossiers.models import Dossier
from tinhso.dossiers.permissions import DossierPermission
from tinhso.indicators import visibility
from tinhso.warehouse import declaring

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from tinhso.kernel.actors import Actor

TABLES = (dossiers.TABLE, steps.TABLE, procedures.TABLE)


def register() -> None:
    """Let the warehouse hold them; called from the AppConfig."""
    for table in TABLES:
        declaring.register(table)
    for table in (dossiers.TABLE, steps.TABLE):
        visibility.register(table.code, visible_dossiers, opens_all=reads_everywhere)
    visibility.register(procedures.TABLE.code, everybody_s, opens_all=lambda _actor, _at: True)


def visible_dossiers(actor: Actor, at: datetime, keys: Collection[str]) -> Collection[str]:
    """Of these dossiers (uuids as text), those that the actor may open as an officer."""
    found = Dossier.objects.in_office(actor, at=at).filter(uuid__in=list(keys))
    return {str(key) for key in found.values_list("uuid", flat=True)}


def reads_everywhere(actor: Actor, at: datetime) -> bool:
    """Whether the actor may open every dossier of the province."""
    return actor.scope(DossierPermission.READ, at=at).everywhere


def everybody_s(actor: Actor, at: datetime, keys: Collection[str]) -> Collection[str]:
    """Procedures are public."""
    del actor, at
    return keys
