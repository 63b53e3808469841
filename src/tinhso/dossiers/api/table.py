"""How an act becomes a resource of the API: one row of a table each, one handler for all.

An act is sent by POST below the dossier, or below one of its steps, and answered with the dossier as it stands after.
What a sender may say of it is a shape of `sent`; what the service is told follows from that shape, field by field,
unless the row says otherwise.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.http import HttpResponse
from ninja import Path

from tinhso.accounts.api.partners import PartnerRequest
from tinhso.accounts.api.refusing import ACT_REFUSALS
from tinhso.dossiers.api.answering import IfMatch, carry_out
from tinhso.dossiers.api.shown import ShownDossierWhole

if TYPE_CHECKING:
    from collections.abc import Callable

    from ninja import Router

    from tinhso.dossiers.api.sent import SentAct
    from tinhso.dossiers.models import Dossier

ANSWERS = {200: ShownDossierWhole, **ACT_REFUSALS}
Facts = dict[str, Any]


def as_sent(body: SentAct, _request: PartnerRequest, _key: UUID) -> Facts:
    """The service is told what was sent, by the same names."""
    return {
        name: getattr(body, name) for name in type(body).model_fields if name != "expected_version"
    }


@dataclass(frozen=True)
class ApiAct:
    """One act as partner systems do it.

    `path` is the last part of its address, `summary` and `meaning` are its words in the description. `facts` makes
    what the service is told of what was sent, by whom, about which dossier.
    """

    path: str
    name: str
    summary: str
    meaning: str
    service: Callable[..., Dossier]
    sends: type[SentAct]
    facts: Callable[[Any, PartnerRequest, UUID], Facts] = as_sent


def mount(router: Router, acts: tuple[ApiAct, ...], *, on_step: bool = False) -> None:
    """Add a resource for each act, below a dossier or below one of its steps."""
    for act in acts:
        handler = _on_step(act) if on_step else _on_dossier(act)
        handler.__annotations__["body"] = act.sends
        router.post(
            f"/{act.path}",
            response=ANSWERS,
            url_name=f"api-{act.name}",
            operation_id=act.name.replace("-", "_"),
            summary=act.summary,
            description=act.meaning,
        )(handler)


def _on_dossier(act: ApiAct) -> Callable[..., ShownDossierWhole]:
    def handle(
        request: PartnerRequest,
        key: Path[UUID],
        *,
        response: HttpResponse,
        body: Any,
        if_match: IfMatch = None,
    ) -> ShownDossierWhole:
        facts = act.facts(body, request, key)
        return carry_out(
            act.service,
            key,
            request=request,
            response=response,
            body=body,
            if_match=if_match,
            **facts,
        )

    return handle


def _on_step(act: ApiAct) -> Callable[..., ShownDossierWhole]:
    def handle(
        request: PartnerRequest,
        key: Path[UUID],
        step: Path[UUID],
        *,
        response: HttpResponse,
        body: Any,
        if_match: IfMatch = None,
    ) -> ShownDossierWhole:
        facts = act.facts(body, request, key)
        return carry_out(
            act.service,
            key,
            step,
            request=request,
            response=response,
            body=body,
            if_match=if_match,
            **facts,
        )

    return handle
