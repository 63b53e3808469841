"""What all acts share: the version that the caller has seen, and the dossier as it stands after."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Annotated, Any

from ninja import Header

from tinhso.accounts.api.sending import sending_of
from tinhso.calendars.clock import day_of
from tinhso.dossiers import services
from tinhso.dossiers.api.serialising import shown_whole
from tinhso.dossiers.queries import exchange

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from django.http import HttpResponse

    from tinhso.accounts.api.partners import PartnerRequest
    from tinhso.dossiers.api.sent import SentAct
    from tinhso.dossiers.api.shown import ShownDossierWhole
    from tinhso.dossiers.models import Dossier

IfMatch = Annotated[
    str | None,
    Header(
        alias="If-Match",
        pattern=r'^(W/)?"[1-9][0-9]{0,8}"$',
        description="`ETag` of the dossier as the caller saw it, weak where the answer was compressed; "
        "refused with 409 when it has moved on.",
    ),
]


def version_of(body: SentAct, if_match: str | None) -> int | None:
    """The version that the caller has seen: of the header, else of the body; None does not care."""
    return int(if_match.removeprefix("W/").strip('"')) if if_match else body.expected_version


def carry_out(
    service: Callable[..., Dossier],
    *keys: UUID,
    request: PartnerRequest,
    response: HttpResponse,
    body: SentAct,
    if_match: str | None,
    **facts: Any,
) -> ShownDossierWhole:
    """Do one act on a dossier (its key comes first), once per `Idempotency-Key`, and tell how it stands after."""
    act = partial(
        service,
        *keys,
        actor=request.actor,
        at=request.at,
        expected_version=version_of(body, if_match),
        **facts,
    )
    sending = sending_of(request)
    services.act_once(keys[0], act, sending=sending, actor=request.actor, at=request.at)
    return done(request, response, keys[0])


def done(request: PartnerRequest, response: HttpResponse, key: UUID) -> ShownDossierWhole:
    """The dossier after the act."""
    found = exchange.whole(key, actor=request.actor, at=request.at, on=day_of(request.at))
    response["ETag"] = f'"{found.dossier.version}"'
    return shown_whole(found)
