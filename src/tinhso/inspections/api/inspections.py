"""`/inspection-plans`, `/inspections`: what is inspected when, and the acts of team and unit, once per key."""

from __future__ import annotations

from functools import partial
from typing import Annotated
from uuid import UUID

from ninja import File, Path, Query, Router, UploadedFile
from pydantic import Field

from tinhso.accounts.api.carrying import Act, carrier, offer
from tinhso.accounts.api.partners import PartnerRequest
from tinhso.accounts.api.refusing import ACT_REFUSALS, REFUSALS
from tinhso.calendars.clock import day_of
from tinhso.inspections import services
from tinhso.inspections.api import sent, serialising
from tinhso.inspections.api.shown import ShownInspection, ShownPlans, ShownPlanWhole
from tinhso.inspections.models import Inspection, Plan
from tinhso.inspections.permissions import InspectionPermission
from tinhso.kernel.permissions import require

plans_router = Router(tags=["inspections"])
router = Router(tags=["inspections"])
ANSWERS = {200: ShownInspection, **ACT_REFUSALS}
Year = Annotated[int, Field(ge=2000, le=2100)]
Ordinal = Annotated[int, Field(ge=1, le=10_000)]


@plans_router.get(
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


@plans_router.get(
    "/{uuid:key}",
    response={200: ShownPlanWhole, **REFUSALS},
    url_name="api-inspection-plan",
    summary="One plan",
)
def show_plan(request: PartnerRequest, key: Path[UUID]) -> ShownPlanWhole:
    """A plan with its inspections, by their days."""
    require(request.actor, InspectionPermission.READ, at=request.at)
    plan = Plan.objects.visible_to(request.actor, at=request.at).get_or_refuse(key)
    seen = Inspection.objects.visible_to(request.actor, at=request.at).filter(plan=plan)
    visits = list(seen.order_by("visit_on", "pk"))
    return serialising.plan_whole(plan, visits, day_of(request.at))


@router.get(
    "/{uuid:key}",
    response={200: ShownInspection, **REFUSALS},
    url_name="api-inspection",
    summary="One inspection",
)
def show(request: PartnerRequest, key: Path[UUID]) -> ShownInspection:
    """The checklist with what was filled in and noted, findings, recommendations, minutes."""
    require(request.actor, InspectionPermission.READ, at=request.at)
    return told(request, key)


def told(request: PartnerRequest, key: UUID) -> ShownInspection:
    """The inspection as it stands now."""
    found = Inspection.objects.visible_to(request.actor, at=request.at).get_or_refuse(key)
    return serialising.inspection_whole(found, request.actor, at=request.at)


carry_out = carrier(told)


@router.post(
    "/{uuid:key}/items/{int:ordinal}/note",
    response=ANSWERS,
    url_name="api-inspection-note",
    summary="Note a criterion",
)
def note(
    request: PartnerRequest, key: Path[UUID], ordinal: Path[Ordinal], body: sent.SentNote
) -> ShownInspection:
    """Save what was noted (ghi phiếu); written on an older version it is kept aside, and nothing is overwritten."""
    act = partial(services.note, text=body.text, judgement=body.judgement, expected=body.expected)
    return carry_out(request, key, act, ordinal)


@router.post(
    "/{uuid:key}/items/{int:ordinal}/photos",
    response=ANSWERS,
    url_name="api-inspection-photos",
    summary="Add a photo",
)
def add_photo(
    request: PartnerRequest, key: Path[UUID], ordinal: Path[Ordinal], file: File[UploadedFile]
) -> ShownInspection:
    """A photo taken at a criterion (ảnh hiện trường), at most 20 MB."""
    act = partial(services.add_photo, filename=file.name or "")
    return carry_out(request, key, act, ordinal, file, file=file)


ACTS: tuple[Act, ...] = (
    ("preparation", "Fill in again", "Ask the system for the unit's figures again (điền sẵn).",
     services.prepare, sent.SentNothing),
    ("findings", "Find", "Say a result, a weakness, a cause or a good practice (nhận định).",
     services.find, sent.SentFinding),
    ("recommendations", "Recommend", "Ask the unit to put something right (kiến nghị).",
     services.recommend, sent.SentRecommendation),
    ("sealing", "Seal the minutes", "The team puts the minutes before the unit (chốt biên bản).",
     services.seal, sent.SentWords),
    ("agreement", "Agree to the minutes", "The unit agrees (thông qua biên bản), perhaps with an opinion of its own.",
     services.agree, sent.SentWords),
    ("return", "Return the minutes", "The unit wants something changed (trả biên bản), and says what.",
     services.return_minutes, sent.SentReturn),
)  # fmt: skip

offer(router, ACTS, carry_out, thing="inspection", answers=ANSWERS)
