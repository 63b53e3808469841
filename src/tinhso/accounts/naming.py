"""How the keys of users and partner systems in the log are named on the auditor's page."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from tinhso.accounts.models import PartnerToken, User

if TYPE_CHECKING:
    from collections.abc import Collection


def users_by_key(keys: Collection[str]) -> dict[str, str]:
    """Names of people who sign in."""
    found = User.objects.filter(uuid__in=_uuids(keys)).values_list("uuid", "name")
    return {str(key): name for key, name in found}


def users_named(text: str) -> list[str]:
    """Actor keys of the people in whose name the words are found, without accents."""
    return [f"user:{key}" for key in User.objects.named(text).values_list("uuid", flat=True)]


def partners_by_key(keys: Collection[str]) -> dict[str, str]:
    """Names of partner systems."""
    found = PartnerToken.objects.filter(uuid__in=_uuids(keys)).values_list("uuid", "name")
    return {str(key): name for key, name in found}


def _uuids(keys: Collection[str]) -> list[UUID]:
    found = []
    for key in keys:
        try:
            found.append(UUID(key))
        except ValueError:
            continue
    return found
