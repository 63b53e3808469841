"""Outlines of the communes of a day (ranh giới), as far as they were loaded for units that are still the same."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tinhso.agencies.boundaries.models import BoundarySet, UnitOutline
from tinhso.agencies.boundaries.simplifying import GRID
from tinhso.agencies.models import AgencyPeriod

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

Corners = list[tuple[int, int]]


@dataclass(frozen=True)
class Outlines:
    """The rings of each commune by its unit code, in steps of the grid, and who says so under which licence."""

    rings: dict[str, list[Corners]]
    credits: tuple[str, ...]
    grid: int = GRID


def outlines_on(day: date, codes: Collection[str]) -> Outlines | None:
    """The outlines of these communes of a day; None unless each has one: half a map would hide the others."""
    if not codes or not BoundarySet.objects.exists():
        return None
    periods = {
        each.agency_id: each for each in AgencyPeriod.objects.on(day).filter(unit_code__in=codes)
    }
    rings: dict[str, list[Corners]] = {}
    told: dict[str, None] = {}
    for kept in BoundarySet.objects.order_by("-pk"):
        same = _the_same(periods, kept.on)
        for outline in UnitOutline.objects.filter(loaded_in=kept, agency__in=same):
            code = periods[outline.agency_id].unit_code
            if code not in rings:
                rings[code] = outline.rings
                told[f"{kept.source} ({kept.licence})"] = None
    return Outlines(rings, tuple(told)) if set(codes) <= rings.keys() else None


def _the_same(periods: dict[int, AgencyPeriod], on: date) -> list[int]:
    """The agencies whose territory on the day of the outlines was that of the day shown."""
    then = AgencyPeriod.objects.on(on).filter(agency__in=periods)
    return [
        each.agency_id
        for each in then
        if (each.unit_code, each.area_km2)
        == (periods[each.agency_id].unit_code, periods[each.agency_id].area_km2)
    ]
