"""How the keys of parties in the log are named on the auditor's page."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from tinhso.parties.models import Party

if TYPE_CHECKING:
    from collections.abc import Collection


def parties_by_key(keys: Collection[str]) -> dict[str, str]:
    """Names of citizens and organisations; what is no uuid is left out."""
    found = Party.objects.filter(uuid__in=[key for key in keys if _is_uuid(key)])
    return {str(key): name for key, name in found.values_list("uuid", "name")}


def _is_uuid(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True
