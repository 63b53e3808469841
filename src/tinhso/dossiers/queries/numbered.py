"""A dossier by the code that people read, for the log that knows its key only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

from tinhso.dossiers.models import Dossier
from tinhso.events.naming import finders, subjects
from tinhso.kernel.identifiers import read_codes

if TYPE_CHECKING:
    from collections.abc import Collection
    from uuid import UUID


def dossier_numbered(typed: str) -> UUID | None:
    """The key of the dossier with this number or reference (mã hồ sơ, mã tra cứu); None when there is none.

    It tells no more than that: what is shown of the dossier's events is for the reader of the log to judge.
    """
    codes = read_codes(typed)
    named = Q(number__in=codes) | Q(reference__in=[code.replace("-", "") for code in codes])
    found: UUID | None = Dossier.objects.filter(named).values_list("uuid", flat=True).first()
    return found


def dossiers_called(keys: Collection[UUID]) -> dict[UUID, str]:
    """The number of each dossier, before receipt its reference (mã hồ sơ, mã tra cứu)."""
    found = Dossier.objects.filter(uuid__in=keys).values_list("uuid", "number", "reference")
    return {key: code for key, number, reference in found if (code := number or reference)}


def register() -> None:
    """Let the log be searched by a dossier's codes, and name dossiers by them."""
    finders.register("dossiers", dossier_numbered)
    subjects.register("dossiers", dossiers_called)
