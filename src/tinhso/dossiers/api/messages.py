"""Answers of other systems to a dossier that waits for them, by the name of the message."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.http import HttpResponse
from ninja import Path, Router

from tinhso.dossiers import services
from tinhso.dossiers.api.answering import IfMatch, carry_out
from tinhso.dossiers.api.partners import PartnerRequest
from tinhso.dossiers.api.refusing import ACT_REFUSALS
from tinhso.dossiers.api.sent import SentAnswer
from tinhso.dossiers.api.shown import ShownDossierWhole

if TYPE_CHECKING:
    from datetime import datetime

    from tinhso.dossiers.models import Dossier
    from tinhso.kernel.actors import Actor

router = Router(tags=["acts"])
ANSWERS = {200: ShownDossierWhole, **ACT_REFUSALS}


@router.post("/answers", response=ANSWERS, url_name="api-answers", summary="Bring an answer")
def deliver(
    request: PartnerRequest,
    key: Path[UUID],
    *,
    response: HttpResponse,
    body: SentAnswer,
    if_match: IfMatch = None,
) -> ShownDossierWhole:
    """Bring the answer that a step of the workflow waits for (trả lời từ bên ngoài)."""

    def deliver_named(
        key: UUID, *, actor: Actor, at: datetime, expected_version: int | None
    ) -> Dossier:
        return services.deliver(
            key,
            body.message,
            actor=actor,
            outcome=body.outcome,
            note=body.note,
            at=at,
            expected_version=expected_version,
        )

    return carry_out(
        deliver_named, key, request=request, response=response, body=body, if_match=if_match
    )
