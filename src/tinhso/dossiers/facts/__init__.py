"""The fact tables that dossiers bring to the warehouse (bảng sự việc), one module a table."""

from __future__ import annotations

from tinhso.dossiers.facts import dossiers, procedures, steps
from tinhso.warehouse import declaring

TABLES = (dossiers.TABLE, steps.TABLE, procedures.TABLE)


def register() -> None:
    """Let the warehouse hold them; called from the AppConfig."""
    for table in TABLES:
        declaring.register(table)
