"""Where a dossier stands (vị trí hồ sơ): the drawing, its sentences, and the same as a list in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.shortcuts import render
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_safe

from tinhso.agencies.queries import names_of
from tinhso.calendars.clock import day_of
from tinhso.dossiers import definitions
from tinhso.dossiers.errors import DossierNotFound
from tinhso.dossiers.models import Dossier, Step
from tinhso.dossiers.naming import outcome_title, step_title
from tinhso.dossiers.queries.standing import known_of, past_of, resting_of
from tinhso.dossiers.workflow import drawing
from tinhso.dossiers.workflow.explaining import explain
from tinhso.dossiers.workflow.trail import StepState, next_steps

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from django.http import HttpResponse
    from django_stubs_ext import StrOrPromise

    from tinhso.dossiers.definitions import Definition
    from tinhso.kernel.requests import ActedRequest


@dataclass(frozen=True)
class StandingLine:
    """A step of the list: done when by which agency with what outcome, being done since when, or next."""

    state: StepState
    name: str
    agency: str = ""
    at: datetime | None = None
    outcome: StrOrPromise = ""


@dataclass(frozen=True)
class Standing:
    """All that the part of the page shows."""

    drawing: SafeString
    sentences: list[str]
    lines: list[StandingLine]

    @property
    def drawing_words(self) -> str:
        """The drawing as plain text, to see in which language it speaks."""
        return self.drawing[:]


def standing_of(dossier: Dossier, definition: Definition, at: datetime) -> Standing | None:
    """Where a received dossier stands in its workflow; nothing before it was received."""
    if dossier.received_at is None:
        return None
    resting = resting_of(dossier)
    steps = list(Step.objects.filter(dossier=dossier).select_related("person"))
    svg = drawing.draw(definition.workflow, resting, past_of(steps))
    lines = _lines(steps, dossier.procedure_id, at)
    lines += [
        StandingLine(StepState.NEXT, node.label)
        for node in next_steps(definition.workflow, resting)
    ]
    return Standing(
        drawing=mark_safe(svg),  # noqa: S308  (built by lxml from escaped text)
        sentences=explain(definition.workflow, resting, known_of(dossier, definition, steps, at)),
        lines=lines,
    )


def _lines(steps: list[Step], version: int, at: datetime) -> list[StandingLine]:
    """The steps of the workflow, those that are done first, in their order."""
    placed = [step for step in steps if step.token is not None]
    names = names_of({step.agency_id for step in placed}, day_of(at))
    return [
        StandingLine(
            StepState.NOW if step.closed_at is None else StepState.DONE,
            step_title(step, version),
            names.get(step.agency_id, ""),
            step.closed_at or step.opened_at,
            outcome_title(step),
        )
        for step in sorted(placed, key=lambda step: (step.closed_at is None, step.ordinal))
    ]


@require_safe
def show(request: ActedRequest, key: UUID) -> HttpResponse:
    """The part as a page of its own, for a small screen or for print."""
    found = Dossier.objects.in_office(request.actor, at=request.at)
    dossier = found.select_related("procedure__procedure").get_or_refuse(key)
    definition = definitions.of_version(dossier.procedure_id)
    standing = None if dossier.is_imported else standing_of(dossier, definition, request.at)
    if standing is None:
        raise DossierNotFound
    context = {"dossier": dossier, "definition": definition, "standing": standing}
    return render(request, "dossiers/standing.html", context)
