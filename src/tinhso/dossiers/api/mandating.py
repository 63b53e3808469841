"""On which dated lists a procedure stands, and the duty to file it on line."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from ninja import Path, Router
from pydantic import BaseModel, Field

from tinhso.accounts.api.partners import PartnerRequest
from tinhso.accounts.api.refusing import ACT_REFUSALS, REFUSALS
from tinhso.accounts.api.sent import Code
from tinhso.calendars.clock import day_of
from tinhso.dossiers.queries.lists import listings
from tinhso.dossiers.queries.procedures import version_in_force
from tinhso.dossiers.services import mandating

if TYPE_CHECKING:
    from tinhso.dossiers.models import OnlineDuty

router = Router(tags=["procedures"])


class ShownListing(BaseModel):
    """A procedure's place on a list (danh mục)."""

    list: str = Field(
        description="`project_06`, `online_whole`, `online_part`, `online_only`, `by_post`, `one_place`."
    )
    since: date
    until: date | None = Field(description="The first day on which it no longer holds.")
    document: str


class ShownListings(BaseModel):
    """Where a procedure stands today."""

    listings: list[ShownListing]


class ShownDuty(BaseModel):
    """A duty to file on line (bắt buộc nộp trực tuyến)."""

    key: UUID
    procedure: str
    since: date
    until: date | None


class SentOnlineDuty(BaseModel):
    """The decision to make a procedure one that is filed on line."""

    since: date
    document: str = Field(min_length=1, max_length=300)
    reason: str = Field(min_length=1, max_length=2000)


class SentEnd(BaseModel):
    """The decision to end such a duty."""

    until: date
    reason: str = Field(min_length=1, max_length=2000)


@router.get(
    "/lists",
    response={200: ShownListings, **REFUSALS},
    url_name="procedure_lists",
    summary="Its lists",
)
def lists(request: PartnerRequest, code: Path[Code]) -> ShownListings:
    """The dated lists on which the procedure stands today, each with its document."""
    day = day_of(request.at)
    version_in_force(code, day)
    return ShownListings(
        listings=[
            ShownListing(list=row.code, since=row.since, until=row.until, document=row.document)
            for row in listings(code, day)
        ]
    )


@router.post(
    "/online-duties",
    response={200: ShownDuty, **ACT_REFUSALS},
    url_name="api-online-duties",
    summary="Make it filed on line",
)
def mandate(request: PartnerRequest, code: Path[Code], body: SentOnlineDuty) -> ShownDuty:
    """From a day on the procedure is filed on line (bắt buộc nộp trực tuyến); desks help instead of taking paper."""
    duty = mandating.mandate_online(
        code,
        since=body.since,
        document=body.document,
        reason=body.reason,
        actor=request.actor,
        at=request.at,
    )
    return _shown(duty)


@router.post(
    "/online-duties/{uuid:key}/end",
    response={200: ShownDuty, **ACT_REFUSALS},
    url_name="api-online-duty-end",
    summary="End that duty",
)
def end(request: PartnerRequest, code: Path[Code], key: Path[UUID], body: SentEnd) -> ShownDuty:
    """From a day on desks take paper again (thôi bắt buộc), with the reason."""
    version_in_force(code, day_of(request.at))
    duty = mandating.end_online_duty(
        key, until=body.until, reason=body.reason, actor=request.actor, at=request.at
    )
    return _shown(duty)


def _shown(duty: OnlineDuty) -> ShownDuty:
    return ShownDuty(
        key=duty.uuid, procedure=duty.procedure.code, since=duty.since, until=duty.until
    )
