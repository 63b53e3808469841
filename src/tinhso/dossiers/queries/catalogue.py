"""What the national catalogue says, for the pages that show it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tinhso.dossiers.catalogue.errors import CatalogueEntryNotFound
from tinhso.dossiers.catalogue.searching import search
from tinhso.dossiers.models import CatalogueVersion, ProcedureVersion

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from django.db.models import QuerySet

    from tinhso.dossiers.models import Finding


def find_anywhere(text: str) -> tuple[list[Finding], bool]:
    """Procedures of ours and of the catalogue that answer a question, the best first; at most two hundred.

    Where none does, those that are somewhat like it; False says so.
    """
    found = search(text)
    answers = [one.line for one in found if one.is_answer]
    return answers or [one.line for one in found], bool(answers)


def own_versions(codes: Collection[str], day: date) -> dict[str, ProcedureVersion]:
    """Our own versions in force on that day, by code: those by which one can file here."""
    versions = ProcedureVersion.objects.in_force(day).filter(procedure__code__in=list(codes))
    return {
        version.procedure.code: version
        for version in versions.select_related("procedure").order_by("version")
    }


def catalogue(*, level: str = "", sector: str = "") -> QuerySet[CatalogueVersion]:
    """What the catalogue says now, by sector and name; of one level, of one sector."""
    found = CatalogueVersion.objects.filter(until=None).select_related("entry")
    if level:
        found = found.filter(levels__contains=[level])
    if sector:
        found = found.filter(sector=sector)
    return found.defer("source", "parsed").order_by("sector", "name", "pk")


def sectors() -> list[str]:
    """The sectors of the catalogue (lĩnh vực), by name."""
    now = CatalogueVersion.objects.filter(until=None).exclude(sector="")
    return list(now.order_by("sector").values_list("sector", flat=True).distinct())


def codes_in_catalogue(codes: Collection[str]) -> set[str]:
    """Those of the codes that the catalogue knows now."""
    now = CatalogueVersion.objects.filter(until=None, entry__code__in=list(codes))
    return set(now.values_list("entry__code", flat=True))


def catalogue_versions(code: str) -> list[CatalogueVersion]:
    """What the catalogue says of a procedure and what it said before, the latest first."""
    found = CatalogueVersion.objects.filter(entry__code=code).select_related("entry", "batch")
    versions = list(found.order_by("-version"))
    if not versions:
        raise CatalogueEntryNotFound(code=code)
    return versions
