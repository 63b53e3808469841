"""`/drafts`: an application that a partner system begins, saves, takes up again, hands in or deletes."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.http import HttpResponse
from ninja import Path, Router, Status
from pydantic import BaseModel, Field

from tinhso.accounts.api.carrying import carrier, made
from tinhso.accounts.api.partners import PartnerRequest
from tinhso.accounts.api.refusing import ACT_REFUSALS
from tinhso.accounts.api.sending import sending_of
from tinhso.agencies.queries import period_of
from tinhso.calendars.clock import day_of
from tinhso.dossiers import definitions
from tinhso.dossiers.api.applying import answers_of
from tinhso.dossiers.api.bringing import bringing_of, by_path
from tinhso.dossiers.api.sent import SentPaper
from tinhso.dossiers.api.sent_filing import SentDraft, SentFiling, SentNewDraft
from tinhso.dossiers.api.serialising import submission
from tinhso.dossiers.api.shown import ShownSubmission
from tinhso.dossiers.errors import AgencyNotOffering, AnswersInvalid
from tinhso.dossiers.forming import PAPER
from tinhso.dossiers.judging import without_files
from tinhso.dossiers.models import Channel
from tinhso.dossiers.queries.procedures import in_force_and_named
from tinhso.dossiers.services import drafting, keeping, relaying_drafts

if TYPE_CHECKING:
    from tinhso.dossiers.models import Draft
    from tinhso.forms.answers import Answers

router = Router(tags=["drafts"])


class ShownDraft(BaseModel):
    """A draft (bản nháp) of the token."""

    key: UUID = Field(description="That of the dossier, once it is handed in.")
    procedure: str
    agency: str | None = Field(description="Code of the agency that was named.")
    started_at: datetime
    saved_at: datetime
    ends_at: datetime = Field(description="When it goes, unless it is saved again before.")
    answers: dict[str, Any]
    papers: list[SentPaper]
    wanting: dict[str, list[str]] = Field(
        description="Sentences by path: what must be put right before it can be handed in."
    )


@router.post(
    "",
    response={200: ShownDraft, 201: ShownDraft, **ACT_REFUSALS},
    url_name="api-drafts",
    summary="Begin a draft",
)
def begin(
    request: PartnerRequest, response: HttpResponse, body: SentNewDraft
) -> Status[ShownDraft]:
    """Begin an application (bắt đầu khai). 201 the first time, 200 when the same was sent before under the same key."""
    channel = Channel(body.channel)
    relaying_drafts.require_may_file(channel, actor=request.actor, at=request.at)
    version, agency = _version_and_agency(body.procedure, body.agency, at=request.at)
    answers = _understood(version, body, at=request.at)

    def make() -> UUID:
        draft = relaying_drafts.begin(
            body.procedure,
            answers,
            channel=channel,
            agency=agency,
            actor=request.actor,
            at=request.at,
        )
        return draft.uuid

    return made(request, response, make, _told)


@router.get(
    "/{uuid:key}",
    response={200: ShownDraft, **ACT_REFUSALS},
    url_name="api-draft",
    summary="One draft",
)
def show(request: PartnerRequest, key: Path[UUID]) -> ShownDraft:
    """The token's own draft as it was saved last, and what is still wanting; 409 once it was handed in."""
    return _told(request, key)


@router.put(
    "/{uuid:key}",
    response={200: ShownDraft, **ACT_REFUSALS},
    url_name="api-draft",
    summary="Save a draft",
)
def save(request: PartnerRequest, key: Path[UUID], body: SentDraft) -> ShownDraft:
    """Keep all of it anew (lưu nháp), whether it is complete or not; what is named no longer goes."""
    draft = relaying_drafts.draft_of(key, actor=request.actor, at=request.at)
    answers = _understood(draft.procedure_id, body, at=request.at)
    code = draft.procedure.procedure.code
    _version, agency = _version_and_agency(code, body.agency, at=request.at)
    return _carry_out(request, key, relaying_drafts.save, answers, agency=agency)


@router.delete(
    "/{uuid:key}",
    response={204: None, **ACT_REFUSALS},
    url_name="api-draft",
    summary="Delete a draft",
)
def delete(request: PartnerRequest, key: Path[UUID]) -> Status[None]:
    """Delete it with its files (xóa bản nháp); untouched it goes by itself after thirty days."""
    relaying_drafts.draft_of(key, actor=request.actor, at=request.at)
    keeping.throw_away(key, actor=request.actor, at=request.at)
    return Status(204, None)


@router.post(
    "/{uuid:key}/submission",
    response={200: ShownSubmission, 201: ShownSubmission, **ACT_REFUSALS},
    url_name="api-draft-submission",
    summary="Hand a draft in",
)
def hand_in(
    request: PartnerRequest, response: HttpResponse, key: Path[UUID], body: SentFiling
) -> Status[ShownSubmission]:
    """Hand it in (nộp hồ sơ); its key becomes the dossier's. 201, or 200 when sent before under the same key."""
    with by_path():
        relayed = relaying_drafts.relay_draft(
            key,
            party=body.applicant,
            channel=Channel(body.channel),
            bringing=bringing_of(body, at=request.at),
            foreign_code=body.foreign_code,
            sending=sending_of(request),
            actor=request.actor,
            at=request.at,
        )
    response["Location"] = f"/api/v1/dossiers/{key}"
    return Status(201 if relayed.is_new else 200, submission(relayed.dossier))


def _version_and_agency(code: str, agency: str | None, *, at: datetime) -> tuple[int, int | None]:
    version, named = in_force_and_named(code, agency, day_of(at))
    if agency and named is None:
        raise AgencyNotOffering
    return version, named


def _understood(version: int, sent: SentDraft, *, at: datetime) -> Answers:
    """The answers as the form reads them; what it cannot read is refused, so that nothing is kept as nothing."""
    definition = definitions.of_version(version)
    answers = answers_of(definition, sent.answers, sent.papers, at=at)
    if answers.troubles:
        errors = {path: [said] for path, said in answers.troubles.items()}
        raise AnswersInvalid(errors, count=len(errors))
    return answers


def _told(request: PartnerRequest, key: UUID) -> ShownDraft:
    draft = relaying_drafts.draft_of(key, actor=request.actor, at=request.at)
    named = period_of(draft.agency_id, day_of(request.at)) if draft.agency_id else None
    answers = drafting.answers_of(draft, at=request.at)
    return ShownDraft(
        key=draft.uuid,
        procedure=draft.procedure.procedure.code,
        agency=named.agency_code if named else None,
        started_at=draft.started_at,
        saved_at=draft.saved_at,
        ends_at=keeping.ends_at(draft),
        answers=without_files(answers.values),
        papers=_papers(draft),
        wanting=drafting.form_of(draft).validate(answers),
    )


_carry_out = carrier(_told)


def _papers(draft: Draft) -> list[SentPaper]:
    attached = draft.answers["attached"]
    return [
        SentPaper(code=paper.code, file=UUID(item["key"]))
        for number, paper in enumerate(definitions.of_version(draft.procedure_id).papers)
        for item in attached.get(f"{PAPER}{number}", ())
    ]
