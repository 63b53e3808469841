"""`/committees`: committees and working groups as of a day; founded, seated, served, ended, once per key."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial
from typing import Annotated
from uuid import UUID

from django.http import HttpResponse
from ninja import Path, Query, Router, Status
from pydantic import BaseModel, Field

from tinhso.accounts.api.agencies import ShownAgency, agency_named, shown_agencies
from tinhso.accounts.api.carrying import Act, carrier, made, offer
from tinhso.accounts.api.partners import PartnerRequest
from tinhso.accounts.api.refusing import ACT_REFUSALS, REFUSALS
from tinhso.calendars.clock import day_of
from tinhso.kernel.permissions import require
from tinhso.tasks import services
from tinhso.tasks.api import sent, shown
from tinhso.tasks.models import Committee, CommitteeKind
from tinhso.tasks.permissions import TaskPermission
from tinhso.tasks.queries import committees as queries

router = Router(tags=["committees"])
ANSWERS = {200: shown.ShownCommittee, **ACT_REFUSALS}


class AskedDay(BaseModel):
    """As of which day."""

    day: Annotated[
        date | None,
        Field(ge=date(2000, 1, 1), le=date(2100, 12, 31), description="Today when absent."),
    ] = None


@router.get(
    "",
    response={200: shown.ShownCommittees, **REFUSALS},
    url_name="api-committees",
    summary="Committees at work on a day",
)
def find(request: PartnerRequest, asked: Query[AskedDay]) -> shown.ShownCommittees:
    """Those at work on the day (ban chỉ đạo, tổ công tác), steering committees first."""
    require(request.actor, TaskPermission.READ, at=request.at)
    on = asked.day or day_of(request.at)
    return shown.ShownCommittees(committees=_as_of(queries.committees_on(on), on))


@router.post(
    "",
    response={201: shown.ShownCommittee, **ANSWERS},
    url_name="api-committees",
    summary="Found a committee",
)
def found(
    request: PartnerRequest, response: HttpResponse, body: sent.SentFounding
) -> Status[shown.ShownCommittee]:
    """Found a committee of an agency (thành lập). 201 the first time, 200 when the same was sent before."""
    require(request.actor, TaskPermission.MANAGE_COMMITTEE, at=request.at)
    agency = agency_named(body.agency, day_of(request.at)).pk
    facts = services.CommitteeFacts(
        CommitteeKind(body.kind), body.name, body.since, document=body.document
    )

    def make() -> UUID:
        return services.found_committee(
            facts, agency=agency, actor=request.actor, at=request.at
        ).uuid

    return made(request, response, make, told)


@router.get(
    "/{uuid:key}",
    response={200: shown.ShownCommittee, **REFUSALS},
    url_name="api-committee",
    summary="One committee",
)
def show(request: PartnerRequest, key: Path[UUID], asked: Query[AskedDay]) -> shown.ShownCommittee:
    """Its members by post and who serves it, as of the day; nothing of a former day is erased."""
    require(request.actor, TaskPermission.READ, at=request.at)
    return _as_of([queries.committee_of(key)], asked.day or day_of(request.at))[0]


def told(request: PartnerRequest, key: UUID) -> shown.ShownCommittee:
    """The committee as it is today."""
    return _as_of([queries.committee_of(key)], day_of(request.at))[0]


def _as_of(committees: Sequence[Committee], day: date) -> list[shown.ShownCommittee]:
    found = queries.shown(committees, day)
    serving = {one.agency_id for known in found for one in known.serving}
    agencies = shown_agencies({one.agency_id for one in committees} | serving, day)
    return [_shown(known, agencies) for known in found]


def _shown(
    known: queries.ShownCommittee, agencies: Mapping[int, ShownAgency]
) -> shown.ShownCommittee:
    committee = known.committee
    return shown.ShownCommittee(
        uuid=committee.uuid,
        kind=committee.kind,
        name=committee.name,
        document=committee.document,
        agency=agencies[committee.agency_id],
        since=committee.since,
        until=committee.until,
        seats=[
            shown.ShownSeat(uuid=one.uuid, role=one.role, post=one.post, field=one.field)
            for one in known.seats
        ],
        standing=[
            shown.ShownStanding(subject=one.subject, agency=agencies[one.agency_id])
            for one in known.serving
        ],
        open_tasks=known.open_tasks,
    )


carry_out = carrier(told)


@router.post(
    "/{uuid:key}/standing",
    response=ANSWERS,
    url_name="api-committee-standing",
    summary="Name who serves it",
)
def serve(request: PartnerRequest, key: Path[UUID], body: sent.SentServing) -> shown.ShownCommittee:
    """The agency that serves it in a subject (cơ quan thường trực); who served it before ends the same day."""
    require(request.actor, TaskPermission.MANAGE_COMMITTEE, at=request.at)
    agency = agency_named(body.agency, day_of(request.at)).pk
    act = partial(services.serve, subject=body.subject, agency=agency)
    return carry_out(request, key, act, since=body.since)


ACTS: tuple[Act, ...] = (
    ("seats", "Seat a member", "Add a member by post, never by name (thêm thành viên).",
     services.seat, sent.SentSeat),
    ("leaving", "A member leaves", "From that day on without it (thôi tham gia).", services.unseat, sent.SentLeaving),
    ("ending", "End it", "It is at work no more from that day on (kết thúc hoạt động).",
     services.end_committee, sent.SentEnding),
)  # fmt: skip

offer(router, ACTS, carry_out, thing="committee", answers=ANSWERS)
