"""Dossiers as the shapes that go out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tinhso.dossiers.api.shown import (
    ShownDossier,
    ShownDossierWhole,
    ShownHandedIn,
    ShownName,
    ShownResult,
    ShownStep,
    ShownSubmission,
    ShownSupplementRequest,
)
from tinhso.dossiers.definitions import of_version
from tinhso.dossiers.models import State

if TYPE_CHECKING:
    from tinhso.dossiers.models import Dossier, Paper, Result, Step
    from tinhso.dossiers.queries.exchange import WholeDossier


def submission(dossier: Dossier) -> ShownSubmission:
    """What never changes of it."""
    return ShownSubmission(
        uuid=dossier.uuid,
        reference=dossier.reference or "",
        procedure=of_version(dossier.procedure_id).code,
        channel=dossier.channel,
        foreign_code=dossier.foreign_code,
        authority=dossier.authority,
        submitted_at=dossier.submitted_at,
    )


def shown(dossier: Dossier) -> ShownDossier:
    """Where it stands."""
    return ShownDossier(
        uuid=dossier.uuid,
        reference=dossier.reference,
        number=dossier.number,
        procedure=dossier.procedure.procedure.code,
        channel=dossier.channel,
        foreign_code=dossier.foreign_code,
        authority=dossier.authority,
        state=dossier.state,
        national_state=State(dossier.state).national_code,
        version=dossier.version,
        submitted_at=dossier.submitted_at,
        received_at=dossier.received_at,
        due_at=dossier.due_at,
        finished_at=dossier.finished_at,
    )


def shown_whole(found: WholeDossier) -> ShownDossierWhole:
    """It with its places, papers, steps and results."""
    dossier = found.dossier
    return ShownDossierWhole(
        **shown(dossier).model_dump(),
        receiving=_place(found, dossier.receiving_agency_id),
        competent=_place(found, dossier.competent_agency_id),
        returning=_place(found, dossier.returning_agency_id),
        papers=[_paper(paper) for paper in found.papers],
        steps=[_step(found, step) for step in found.steps],
        supplement_requests=[
            ShownSupplementRequest(
                at=row.at, items=row.items, reason=row.reason, answer_by=row.answer_by
            )
            for row in found.requests
        ],
        results=[_result(row) for row in found.results],
    )


def _place(found: WholeDossier, agency: int) -> ShownName:
    code, name = found.agencies[agency]
    return ShownName(code=code, name=name)


def _paper(row: Paper) -> ShownHandedIn:
    confirmed = getattr(row, "confirmation", None)
    seen_as = confirmed and confirmed.seen_as
    return ShownHandedIn(key=row.pk, code=row.code, seen_as=seen_as, taken_out=row.is_taken_out)


def _step(found: WholeDossier, step: Step) -> ShownStep:
    return ShownStep(
        key=step.pk,
        node=step.node,
        name=step.name,
        act=step.act,
        agency=_place(found, step.agency_id),
        person=step.person.uuid if step.person else None,
        opened_at=step.opened_at,
        closed_at=step.closed_at,
        outcome=step.outcome,
    )


def _result(row: Result) -> ShownResult:
    return ShownResult(
        code=row.code,
        title=row.title,
        refuses=row.refuses,
        document_number=row.document_number,
        signed_on=row.signed_on,
        valid_until=row.valid_until,
        file=row.file.uuid if row.file else None,
    )
