"""`/notices`: a text that orders work is brought in, looked at, and described; people review and issue its tasks."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from ninja import Path, Router, Status

from tinhso.accounts.api.agencies import agency_named, shown_agencies
from tinhso.accounts.api.carrying import carrier, made
from tinhso.accounts.api.partners import PartnerRequest
from tinhso.accounts.api.refusing import ACT_REFUSALS, REFUSALS
from tinhso.calendars.clock import day_of
from tinhso.kernel.permissions import require
from tinhso.tasks import drafts, services
from tinhso.tasks.api import sent
from tinhso.tasks.api.shown import ShownNotice
from tinhso.tasks.models import Notice
from tinhso.tasks.permissions import TaskPermission
from tinhso.tasks.services.reviewing import items_of

router = Router(tags=["notices"])
ANSWERS = {200: ShownNotice, **ACT_REFUSALS}


@router.post(
    "",
    response={201: ShownNotice, **ANSWERS},
    url_name="api-notices",
    summary="Bring a notice in",
)
def bring_in(
    request: PartnerRequest, response: HttpResponse, body: sent.SentNotice
) -> Status[ShownNotice]:
    """Hand a text in (đưa văn bản vào): it is read into draft tasks. 201 the first time, 200 when sent before."""
    require(request.actor, TaskPermission.BRING_IN, at=request.at)
    facts = body.model_dump()
    agency = agency_named(facts.pop("agency"), day_of(request.at)).pk
    brought = services.Brought(**facts)

    def make() -> UUID:
        return services.bring_in(brought, agency=agency, actor=request.actor, at=request.at).uuid

    return made(request, response, make, told)


@router.get(
    "/{uuid:key}",
    response={200: ShownNotice, **REFUSALS},
    url_name="api-notice",
    summary="One notice",
)
def show(request: PartnerRequest, key: Path[UUID]) -> ShownNotice:
    """What the paper says of itself, and how its review stands."""
    return told(request, key)


def told(request: PartnerRequest, key: UUID) -> ShownNotice:
    """The notice as it stands now."""
    notice = Notice.objects.visible_to(request.actor, at=request.at).get_or_refuse(key)
    review, end = notice.reviews.latest("number"), getattr(notice, "end", None)
    agencies = shown_agencies({notice.agency_id}, day_of(request.at))
    return ShownNotice(
        uuid=notice.uuid,
        agency=agencies[notice.agency_id],
        kind=notice.kind,
        number=notice.number,
        issued_on=notice.issued_on,
        issuer=notice.issuer,
        level=notice.level,
        title=notice.title,
        review=review.number,
        drafts=len(drafts.standing(items_of(review))),
        outcome=end.outcome if end else None,
    )


carry_out = carrier(told)


@router.post(
    "/{uuid:key}/description",
    response=ANSWERS,
    url_name="api-notice-description",
    summary="Correct what it is",
)
def describe(request: PartnerRequest, key: Path[UUID], body: sent.SentDescription) -> ShownNotice:
    """Kind, number, day, issuer, level (sửa thông tin văn bản) while it is under review; never a day to come."""
    found = Notice.objects.visible_to(request.actor, at=request.at).get_or_refuse(key)
    facts = body.model_dump(exclude={"expected"})
    said = services.Description(**facts, committee=found.committee_id)
    return carry_out(request, key, services.describe, said, expected=body.expected)
