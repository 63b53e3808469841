"""Side by side (so sánh): the units of one plan, or one unit over the years."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.shortcuts import render
from django.views.decorators.http import require_safe

from tinhso.agencies.queries import inherited, names_of
from tinhso.calendars.clock import day_of
from tinhso.inspections.models import Inspection, Plan
from tinhso.inspections.queries.plans import over_years, side_by_side
from tinhso.inspections.queries.sheets import sees_notes

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.http import HttpResponse

    from tinhso.kernel.requests import ActedRequest


@require_safe
def units(request: ActedRequest, key: UUID) -> HttpResponse:
    """The criteria of a plan, a column a unit."""
    plan = Plan.objects.visible_to(request.actor, at=request.at).get_or_refuse(key)
    seen = Inspection.objects.visible_to(request.actor, at=request.at).filter(plan=plan)
    shown = _noted(request, seen.order_by("visit_on", "pk"))
    context = {"plan": plan, "table": side_by_side(shown)}
    return render(request, "inspections/comparing.html", context)


@require_safe
def years(request: ActedRequest, key: UUID) -> HttpResponse:
    """The criteria of one unit, a column a visit."""
    seen = Inspection.objects.visible_to(request.actor, at=request.at)
    inspection = seen.get_or_refuse(key)
    units = {inspection.unit_id} | inherited({inspection.unit_id}, day_of(request.at))
    of_unit = seen.filter(unit__in=units).order_by("visit_on")
    unit = names_of([inspection.unit_id], inspection.visit_on)[inspection.unit_id]
    context = {
        "inspection": inspection,
        "unit": unit,
        "table": over_years(_noted(request, of_unit)),
    }
    return render(request, "inspections/comparing.html", context)


def _noted(request: ActedRequest, found: Iterable[Inspection]) -> list[Inspection]:
    """Those of which the reader may see what was noted."""
    return [one for one in found if sees_notes(one, request.actor, at=request.at)]
