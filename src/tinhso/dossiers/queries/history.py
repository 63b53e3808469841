"""Imported history: the batches, the dossiers that came with them, their steps."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import F, Q

from tinhso.agencies.errors import AgencyNotFound
from tinhso.agencies.models import Agency, AgencyPeriod
from tinhso.agencies.queries import names_of
from tinhso.calendars.clock import day_of
from tinhso.dossiers.errors import BatchNotFound
from tinhso.dossiers.models import Dossier, ImportBatch, ImportedStep
from tinhso.dossiers.queries.showing import people
from tinhso.dossiers.queries.worklist import found_by

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from django.db.models import QuerySet

    from tinhso.dossiers.models import DossierQuerySet
    from tinhso.kernel.actors import Actor

MOST_STEPS = 500
"""Steps of one dossier that a page shows; a real case has some dozens."""


@dataclass(frozen=True)
class BatchLine:
    """A batch as a list shows it."""

    batch: ImportBatch
    agency: str
    who: str


def lines_of(batches: Iterable[ImportBatch], at: datetime) -> list[BatchLine]:
    """The batches with the names of their agencies and of who brought them."""
    rows = list(batches)
    names = names_of({row.agency_id for row in rows}, day_of(at))
    who = people({row.actor for row in rows})
    return [BatchLine(row, names.get(row.agency_id, ""), who[row.actor]) for row in rows]


def batches(actor: Actor, *, at: datetime) -> QuerySet[ImportBatch]:
    """Batches that the actor may see, the latest first."""
    found = ImportBatch.objects.visible_to(actor, at=at)
    return found.select_related("procedure").order_by("-at", "-pk")


def batch(key: UUID, *, actor: Actor, at: datetime) -> ImportBatch:
    """One batch; `BatchNotFound` when it is missing or not the actor's to see."""
    found = batches(actor, at=at).filter(uuid=key).first()
    if found is None:
        raise BatchNotFound(batch=key)
    return found


def dossiers(actor: Actor, search: str, *, at: datetime) -> DossierQuerySet:
    """Imported dossiers that the actor may see, the latest first; `search` as in the queue."""
    found = Dossier.objects.visible_to(actor, at=at).filter(batch__isnull=False)
    if search.strip():
        found = found.filter(found_by(search))
    return found.select_related("procedure__procedure", "imported").order_by("-received_at", "-pk")


def steps_of(dossier: Dossier) -> list[ImportedStep]:
    """The steps of an imported dossier in their order, at most `MOST_STEPS`."""
    steps = ImportedStep.objects.filter(dossier=dossier)
    return list(steps.order_by("ordinal")[:MOST_STEPS])


def agency_by_any_code(code: str) -> Agency:
    """The agency to which history is laid: by its code on any day, its key in packs, else `AgencyNotFound`.

    History belongs to agencies that have ended, too; of several that carried the code, the last one.
    """
    wanted = code.strip()
    by_code = Q(agency_code=wanted.upper()) | Q(reversed_code=wanted.upper())
    period = (
        AgencyPeriod.objects.filter(by_code | Q(agency__key=wanted))
        .select_related("agency")
        .order_by(F("since").desc(nulls_last=True))
        .first()
    )
    if period is None or not wanted:
        raise AgencyNotFound(agency=code)
    return period.agency
