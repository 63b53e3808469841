"""The papers that were handed in (giấy tờ đã nộp), as the page of a dossier and that of its receipt list them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tinhso.dossiers import services
from tinhso.dossiers.errors_of_papers import PapersUnconfirmed
from tinhso.dossiers.models import State
from tinhso.dossiers.queries.papers import handed_in, names_of_papers
from tinhso.dossiers.services.confirming import LOOKED_AT, who_confirms
from tinhso.kernel.identifiers import read_number

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from django.http import HttpResponse

    from tinhso.dossiers.definitions import Definition
    from tinhso.dossiers.models import Dossier, Paper
    from tinhso.kernel.actors import Actor
    from tinhso.kernel.requests import ActedRequest


def papers_of(dossier: Dossier, definition: Definition) -> list[tuple[str, Paper]]:
    """The files that were handed in, each once, with the name of the paper that it is."""
    names = names_of_papers(dossier, definition)
    papers = handed_in(dossier, definition)
    return [(names.get(paper.code, paper.code), paper) for paper in papers]


def may_confirm(dossier: Dossier, actor: Actor, at: datetime) -> bool:
    """Whether this actor may say as what a paper of the dossier was seen."""
    if State(dossier.state) not in LOOKED_AT:
        return False
    right, agency = who_confirms(dossier, actor=actor, at=at)
    return actor.holds(right, agency=agency, at=at)


@require_POST
def confirm(request: ActedRequest, key: UUID, paper: UUID) -> HttpResponse:
    """Confirm one paper on the page of its dossier; the page comes back with what is still unconfirmed."""
    try:
        services.confirm_paper(
            key,
            paper,
            seen_as=request.POST.get("seen_as", ""),
            actor=request.actor,
            at=request.at,
            expected_version=read_number(request.POST.get("version", "")),
        )
    except PapersUnconfirmed as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, _("Đã xác nhận giấy tờ."))
    return redirect("dossiers:dossier", key)
