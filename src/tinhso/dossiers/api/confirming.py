"""One paper of a dossier, confirmed as what it was seen."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from ninja import Path, Router

from tinhso.accounts.api.partners import PartnerRequest
from tinhso.dossiers import services
from tinhso.dossiers.api.answering import IfMatch, carry_out
from tinhso.dossiers.api.sent import SentSeen
from tinhso.dossiers.api.shown import ShownDossierWhole
from tinhso.dossiers.api.table import ANSWERS

router = Router(tags=["acts"])


@router.post(
    "/confirmation",
    response=ANSWERS,
    url_name="api-confirm-paper",
    summary="Confirm a paper",
)
def confirm(
    request: PartnerRequest,
    key: Path[UUID],
    paper: Path[UUID],
    *,
    response: HttpResponse,
    body: SentSeen,
    if_match: IfMatch = None,
) -> ShownDossierWhole:
    """Say as what one paper was seen (xác nhận giấy tờ): what came on line, or came later."""
    return carry_out(
        services.confirm_paper,
        key,
        paper,
        request=request,
        response=response,
        body=body,
        if_match=if_match,
        seen_as=body.seen_as,
    )
