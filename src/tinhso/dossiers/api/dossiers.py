"""Dossiers: hand in, list, look at."""

from __future__ import annotations

from datetime import date
from typing import Annotated
from uuid import UUID

from django.http import HttpResponse
from ninja import Query, Router, Status

from tinhso.accounts.api.partners import PartnerRequest
from tinhso.accounts.api.refusing import ACT_REFUSALS, REFUSALS
from tinhso.accounts.api.sending import sending_of
from tinhso.calendars.clock import day_of
from tinhso.dossiers import definitions, services
from tinhso.dossiers.api.applying import answers_of
from tinhso.dossiers.api.bringing import bringing_of, by_path
from tinhso.dossiers.api.sent_filing import SentDossier
from tinhso.dossiers.api.serialising import shown, shown_whole, submission
from tinhso.dossiers.api.shown import ShownDossierWhole, ShownPage, ShownSubmission
from tinhso.dossiers.errors import AgencyNotOffering
from tinhso.dossiers.models import Channel, State
from tinhso.dossiers.queries import exchange
from tinhso.dossiers.queries.procedures import in_force_and_named
from tinhso.dossiers.services.intake import Application

router = Router(tags=["dossiers"])


@router.post(
    "",
    response={200: ShownSubmission, 201: ShownSubmission, **ACT_REFUSALS},
    url_name="dossiers",
    summary="Hand a dossier in",
)
def submit(
    request: PartnerRequest, response: HttpResponse, body: SentDossier
) -> Status[ShownSubmission]:
    """Hand in (nộp hồ sơ). 201 the first time, 200 when the same was sent before under the same key."""
    version, agency = in_force_and_named(body.procedure, body.agency, day_of(request.at))
    if body.agency and agency is None:
        raise AgencyNotOffering
    definition = definitions.of_version(version)
    application = Application(
        procedure=body.procedure,
        channel=Channel(body.channel),
        answers=answers_of(definition, body.answers, body.papers, at=request.at),
        agency=agency,
        party=body.applicant,
        foreign_code=body.foreign_code,
        sending=sending_of(request),
        bringing=bringing_of(body, at=request.at),
    )
    with by_path():
        relayed = services.relay(application, actor=request.actor, at=request.at)
    response["Location"] = f"{request.path}/{relayed.dossier.uuid}"
    return Status(201 if relayed.is_new else 200, submission(relayed.dossier))


@router.get(
    "", response={200: ShownPage, **REFUSALS}, url_name="dossiers", summary="Dossiers, page by page"
)
def find(
    request: PartnerRequest,
    state: Annotated[State | None, Query()] = None,
    received_from: Annotated[date | None, Query(description="Official day of receipt.")] = None,
    cursor: Annotated[UUID | None, Query(description="`next` of the page before.")] = None,
) -> ShownPage:
    """Dossiers at the agencies where the token may read, the newest first, fifty a page."""
    page = exchange.page(
        request.actor, at=request.at, state=state, received_from=received_from, cursor=cursor
    )
    return ShownPage(dossiers=[shown(dossier) for dossier in page.dossiers], next=page.following)


@router.get(
    "/{uuid:key}",
    response={200: ShownDossierWhole, **REFUSALS},
    url_name="dossier",
    summary="One dossier",
)
def show(request: PartnerRequest, response: HttpResponse, key: UUID) -> ShownDossierWhole:
    """Where it stands: papers, steps, supplement requests, results. `ETag` is its version, for `If-Match`."""
    found = exchange.whole(key, actor=request.actor, at=request.at, on=day_of(request.at))
    response["ETag"] = f'"{found.dossier.version}"'
    return shown_whole(found)
