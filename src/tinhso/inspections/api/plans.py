"""`/inspection-plans`: what is inspected when, by whom; made once per key."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from ninja import Path, Query, Router, Status
from pydantic import Field

from tinhso.accounts.api.agencies import agency_named
from tinhso.accounts.api.carrying import made
from tinhso.accounts.api.partners import PartnerRequest
from tinhso.accounts.api.refusing import ACT_REFUSALS, REFUSALS
from tinhso.accounts.models import User
from tinhso.calendars.clock import day_of
from tinhso.inspections import services
from tinhso.inspections.api import sent, serialising
from tinhso.inspections.api.shown import ShownPlans, ShownPlanWhole
from tinhso.inspections.errors import PlanInvalid
from tinhso.inspections.models import Inspection, Plan
from tinhso.inspections.permissions import InspectionPermission
from tinhso.kernel.permissions import require

router = Router(tags=["inspections"])
Year = Annotated[int, Field(ge=2000, le=2100)]


@router.get(
    "",
    response={200: ShownPlans, **REFUSALS},
    url_name="api-inspection-plans",
    summary="Plans of inspections",
)
def find(request: PartnerRequest, year: Query[Year]) -> ShownPlans:
    """The plans of a year (kế hoạch kiểm tra) that concern the token's agencies, the newest first."""
    require(request.actor, InspectionPermission.READ, at=request.at)
    seen = Plan.objects.visible_to(request.actor, at=request.at).filter(issued_on__year=year)
    return serialising.plans(list(seen.order_by("-issued_on", "-pk")), day_of(request.at))


@router.get(
    "/{uuid:key}",
    response={200: ShownPlanWhole, **REFUSALS},
    url_name="api-inspection-plan",
    summary="One plan",
)
def show_plan(request: PartnerRequest, key: Path[UUID]) -> ShownPlanWhole:
    """A plan with its inspections, by their days."""
    require(request.actor, InspectionPermission.READ, at=request.at)
    return told(request, key)


def told(request: PartnerRequest, key: UUID) -> ShownPlanWhole:
    """The plan as one may see it."""
    plan = Plan.objects.visible_to(request.actor, at=request.at).get_or_refuse(key)
    seen = Inspection.objects.visible_to(request.actor, at=request.at).filter(plan=plan)
    visits = list(seen.order_by("visit_on", "pk"))
    return serialising.plan_whole(plan, visits, day_of(request.at))


@router.post(
    "",
    response={201: ShownPlanWhole, 200: ShownPlanWhole, **ACT_REFUSALS},
    url_name="api-inspection-plans",
    summary="Make a plan",
)
def plan(
    request: PartnerRequest, response: HttpResponse, body: sent.SentPlan
) -> Status[ShownPlanWhole]:
    """Every unit gets its checklist, filled in (lập kế hoạch). 201 the first time, 200 when it was sent before."""
    require(request.actor, InspectionPermission.MAKE, at=request.at)
    agency = agency_named(body.agency, day_of(request.at)).pk
    facts = _facts(body)

    def make() -> UUID:
        found = services.plan_inspections(facts, agency=agency, actor=request.actor, at=request.at)
        return found.uuid

    return made(request, response, make, told)


def _facts(body: sent.SentPlan) -> services.PlanFacts:
    """Accounts and agencies by their keys; who has no account is in the team by name."""
    keys = [one.account for one in body.team if one.account]
    accounts = dict(User.objects.filter(uuid__in=keys).values_list("uuid", "pk"))
    if set(keys) - set(accounts):
        raise PlanInvalid({"team": [_("Có thành viên không có tài khoản như đã ghi.")]})
    return services.PlanFacts(
        number=body.number,
        issued_on=body.issued_on,
        title=body.title,
        first=body.first,
        last=body.last,
        checklist=body.checklist,
        team=[
            services.Member(one.name, one.post, accounts.get(one.account) if one.account else None)
            for one in body.team
        ],
        visits=[
            services.Visit(agency_named(one.unit, one.visit_on).pk, one.visit_on)
            for one in body.visits
        ],
    )
