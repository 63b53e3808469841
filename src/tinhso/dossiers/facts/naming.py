"""What the codes in facts are called on the screen, in the language of the page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tinhso.agencies.models import FieldOfWork
from tinhso.dossiers.models import ProcedureVersion

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping


def procedures(codes: Collection[str]) -> Mapping[str, str]:
    """Procedures by their newest version; imported history may know codes that nobody published."""
    found = ProcedureVersion.objects.filter(procedure__code__in=codes).order_by("version")
    return {each.procedure.code: each.title for each in found.select_related("procedure")}


def fields(codes: Collection[str]) -> Mapping[str, str]:
    """Fields of work."""
    return {each.code: each.title for each in FieldOfWork.objects.filter(code__in=codes)}
