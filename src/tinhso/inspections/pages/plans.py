"""Plans (kế hoạch kiểm tra): all of them, and one with its team, its units, and what overlaps."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.core.paginator import Paginator
from django.db.models import Count
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tinhso.agencies.queries import names_of
from tinhso.calendars.clock import day_of
from tinhso.inspections.models import Inspection, Plan, State
from tinhso.inspections.permissions import InspectionPermission
from tinhso.inspections.queries.plans import visits
from tinhso.kernel.permissions import require

if TYPE_CHECKING:
    from django.http import HttpResponse

    from tinhso.kernel.requests import ActedRequest

PAGE = 30
NEXT = 20


@require_safe
def show_all(request: ActedRequest) -> HttpResponse:
    """What is under way first, then the plans, the latest first."""
    require(request.actor, InspectionPermission.READ, at=request.at)
    on = day_of(request.at)
    seen = Inspection.objects.visible_to(request.actor, at=request.at).select_related("plan")
    going = seen.exclude(state=State.CLOSED).order_by("-visit_on")[:NEXT]
    plans = Plan.objects.visible_to(request.actor, at=request.at)
    counted = plans.annotate(units=Count("inspections")).order_by("-issued_on", "-pk")
    page = Paginator(counted, PAGE).get_page(request.GET.get("trang"))
    names = names_of({plan.agency_id for plan in page}, on)
    context = {
        "going": visits(going, on, today=on),
        "page": page,
        "rows": [(plan, names.get(plan.agency_id, "")) for plan in page],
        "may_plan": request.actor.holds(InspectionPermission.MAKE, at=request.at),
    }
    return render(request, "inspections/plans.html", context)


@require_safe
def show(request: ActedRequest, key: UUID) -> HttpResponse:
    """One plan, as far as the reader sees its inspections."""
    plan = Plan.objects.visible_to(request.actor, at=request.at).get_or_refuse(key)
    seen = Inspection.objects.visible_to(request.actor, at=request.at).filter(plan=plan)
    rows = visits(
        seen.select_related("plan").order_by("visit_on", "pk"),
        plan.issued_on,
        today=day_of(request.at),
    )
    context = {
        "plan": plan,
        "agency": names_of([plan.agency_id], plan.issued_on)[plan.agency_id],
        "team": plan.team.order_by("ordinal"),
        "rows": rows,
    }
    return render(request, "inspections/plan.html", context)
