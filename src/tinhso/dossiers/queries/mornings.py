"""What a head reads in the morning and on their page: late, near, load, what nobody took, what nobody fetched."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tinhso.calendars.clock import day_of
from tinhso.dossiers.models import MorningChoice, WorkItem
from tinhso.dossiers.permissions import DossierPermission
from tinhso.dossiers.queries.chosen import from_others
from tinhso.dossiers.queries.lateness import DECIDED_LATE, UNEXCUSED, listed_late
from tinhso.dossiers.queries.overview import by_agency, by_person

if TYPE_CHECKING:
    from datetime import datetime

    from tinhso.kernel.actors import Actor

PEOPLE = 10


def figures_of(actor: Actor, *, at: datetime) -> dict[str, Any]:
    """What a head is told of the agencies that they oversee: the same numbers by mail and on the page.

    Dossiers are counted where they are settled, as on the public board; work where it lies, each open step by itself.
    """
    agencies, people = by_agency(actor, at=at), by_person(actor, at=at)
    items = WorkItem.objects.within(actor.scope(DossierPermission.READ_OVERVIEW, at=at))
    sums = ("late_dossiers", "late", "near", "everything", "unheld")
    return {
        **{name: sum(getattr(load, name) for load in agencies) for name in sums},
        "unexcused": listed_late(UNEXCUSED, actor, at=at).count(),
        "decided_late": listed_late(DECIDED_LATE, actor, at=at).count(),
        "not_taken": items.filter(from_others(day_of(at))).count(),
        "not_fetched": sum(load.finished for load in agencies),
        "people": [
            {"name": load.name, "late": load.late, "near": load.near, "held": load.everything}
            for load in people[:PEOPLE]
        ],
    }


def wants_morning(person: int) -> bool:
    """Whether the person asked for the mail."""
    return MorningChoice.objects.filter(person=person, wants=True).exists()
