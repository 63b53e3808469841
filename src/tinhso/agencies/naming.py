"""How the keys of agencies in the log are named on the auditor's page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.timezone import localdate

from tinhso.agencies.models import Agency, Reform
from tinhso.agencies.queries import names_of

if TYPE_CHECKING:
    from collections.abc import Collection
    from uuid import UUID


def names_by_key(keys: Collection[str]) -> dict[str, str]:
    """Official names today; an agency that has ended keeps its last one."""
    numbers = [int(key) for key in keys if key.isdecimal()]
    return {str(agency): name for agency, name in names_of(numbers, localdate()).items()}


def subjects_called(keys: Collection[UUID]) -> dict[UUID, str]:
    """Agencies by their names today, reforms by theirs: what acts on the directory are about."""
    agencies = dict(Agency.objects.filter(uuid__in=keys).values_list("pk", "uuid"))
    names = names_of(agencies, localdate())
    reforms = dict(Reform.objects.filter(uuid__in=keys).values_list("uuid", "name"))
    return {agencies[agency]: name for agency, name in names.items()} | reforms
