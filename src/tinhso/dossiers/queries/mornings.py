"""What a head reads in the morning: late, near, load, hand-overs that nobody took, results that nobody fetched."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import F

from tinhso.dossiers.models import MorningChoice, WorkItem
from tinhso.dossiers.permissions import DossierPermission
from tinhso.dossiers.queries.lateness import unexcused
from tinhso.dossiers.queries.overview import by_agency, by_person

if TYPE_CHECKING:
    from datetime import datetime

    from django.db.models import QuerySet

    from tinhso.kernel.actors import Actor

PEOPLE = 10


def _overseen(actor: Actor, *, at: datetime) -> QuerySet[WorkItem]:
    scope = actor.scope(DossierPermission.READ_OVERVIEW, at=at)
    items: QuerySet[WorkItem] = WorkItem.objects.all()
    return items if scope.everywhere else items.filter(agency__in=scope.agencies)


def figures_of(actor: Actor, *, at: datetime) -> dict[str, Any]:
    """The counts of the agencies that the actor oversees, and the load of those who hold most of the late work."""
    agencies, people = by_agency(actor, at=at), by_person(actor, at=at)
    items = _overseen(actor, at=at)
    elsewhere = items.filter(person=None, is_paused=False).exclude(
        dossier__receiving_agency=F("agency")
    )
    return {
        "late": sum(load.late for load in agencies),
        "near": sum(load.near for load in agencies),
        "everything": sum(load.everything for load in agencies),
        "unheld": sum(load.unheld for load in agencies),
        "unexcused": unexcused(actor, at=at).count(),
        "not_taken": elsewhere.count(),
        "not_fetched": items.filter(act="hand_over").count(),
        "people": [
            {"name": load.name, "late": load.late, "near": load.near, "held": load.everything}
            for load in people[:PEOPLE]
        ],
    }


def wants_morning(person: int) -> bool:
    """Whether the person asked for the mail."""
    return MorningChoice.objects.filter(person=person, wants=True).exists()
