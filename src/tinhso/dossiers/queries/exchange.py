"""What partner systems ask: dossiers page by page, and one dossier with its steps and results."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tinhso.accounts.errors import CursorUnknown
from tinhso.agencies.models import AgencyPeriod
from tinhso.calendars.clock import instant
from tinhso.dossiers import definitions
from tinhso.dossiers.models import Dossier, Paper, Result, Step, SupplementRequest
from tinhso.dossiers.permissions import DossierPermission
from tinhso.dossiers.queries.papers import handed_in
from tinhso.kernel.permissions import require

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime
    from uuid import UUID

    from tinhso.kernel.actors import Actor

PAGE = 50


@dataclass(frozen=True)
class DossierPage:
    """Dossiers of one page, and the key after which the next begins."""

    dossiers: list[Dossier]
    following: UUID | None


def page(
    actor: Actor,
    *,
    at: datetime,
    state: str | None = None,
    received_from: date | None = None,
    cursor: UUID | None = None,
) -> DossierPage:
    """Dossiers that the actor may see, the newest first, by keyset: a page costs the same however deep it lies.

    Who may read none at all is told so: an empty page would say that there are none.
    """
    require(actor, DossierPermission.READ, at=at)
    visible = Dossier.objects.visible_to(actor, at=at)
    found = visible.select_related("procedure__procedure")
    if state is not None:
        found = found.filter(state=state)
    if received_from is not None:
        found = found.filter(received_at__gte=instant(received_from, 0))
    if cursor is not None:
        last = visible.filter(uuid=cursor).values_list("pk", flat=True).first()
        if last is None:
            raise CursorUnknown
        found = found.filter(pk__lt=last)
    rows = list(found.order_by("-pk")[: PAGE + 1])
    return DossierPage(rows[:PAGE], rows[PAGE - 1].uuid if len(rows) > PAGE else None)


@dataclass(frozen=True)
class WholeDossier:
    """A dossier with the rows that go out with it."""

    dossier: Dossier
    papers: list[Paper]
    steps: list[Step]
    requests: list[SupplementRequest]
    results: list[Result]
    agencies: dict[int, tuple[str, str]]


def whole(key: UUID, *, actor: Actor, at: datetime, on: date) -> WholeDossier:
    """One dossier; refuses with `DossierNotFound` also what is not the actor's to see."""
    visible = Dossier.objects.visible_to(actor, at=at).select_related("procedure__procedure")
    dossier = visible.get_or_refuse(key)
    steps = list(Step.objects.filter(dossier=dossier).select_related("person"))
    places = {
        dossier.receiving_agency_id,
        dossier.competent_agency_id,
        dossier.returning_agency_id,
        *(step.agency_id for step in steps),
    }
    return WholeDossier(
        dossier=dossier,
        papers=handed_in(dossier, definitions.of_version(dossier.procedure_id)),
        steps=steps,
        requests=list(SupplementRequest.objects.filter(dossier=dossier).order_by("at")),
        results=list(Result.objects.filter(dossier=dossier).select_related("file").order_by("at")),
        agencies=_codes_and_names(places, on),
    )


def _codes_and_names(agencies: Iterable[int], on: date) -> dict[int, tuple[str, str]]:
    """Code and official name on the day; of an agency that has ended, its last."""
    found: dict[int, tuple[str, str]] = {}
    periods = AgencyPeriod.objects.filter(agency__in=set(agencies)).select_related("agency")
    for period in periods.order_by("since"):
        if period.since is None or period.since <= on or period.agency_id not in found:
            found[period.agency_id] = (period.agency_code, period.official_name)
    return found
