"""Late and near, by agency: what a head must see tonight."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, Max, Q

from tinhso.agencies.queries import names_of
from tinhso.calendars.clock import day_of
from tinhso.dossiers.models import WorkItem
from tinhso.dossiers.permissions import DossierPermission
from tinhso.dossiers.queries.chosen import LATE, QueueFilter
from tinhso.dossiers.queries.worklist import see

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from tinhso.dossiers.queries.worklist import Listed
    from tinhso.kernel.actors import Actor


@dataclass(frozen=True)
class AgencyLoad:
    """Open work of one agency; `people` hold it, `unheld` waits for somebody."""

    agency: int
    name: str
    everything: int
    late: int
    near: int
    paused: int
    unheld: int


@dataclass(frozen=True)
class PersonLoad:
    """Open work that one person holds."""

    person: int
    key: UUID
    name: str
    everything: int
    late: int
    near: int


def _late(at: datetime) -> Count:
    return Count("pk", filter=Q(is_paused=False, due_at__lt=at))


def _near(at: datetime) -> Count:
    return Count("pk", filter=Q(is_paused=False, due_at__gte=at, near_at__lte=at))


def by_agency(actor: Actor, *, at: datetime) -> list[AgencyLoad]:
    """Agencies that the actor oversees, the latest first."""
    scope = actor.scope(DossierPermission.READ_OVERVIEW, at=at)
    items = (
        WorkItem.objects.all()
        if scope.everywhere
        else WorkItem.objects.filter(agency__in=scope.agencies)
    )
    rows = items.values("agency").annotate(
        everything=Count("pk"),
        late=_late(at),
        near=_near(at),
        paused=Count("pk", filter=Q(is_paused=True)),
        unheld=Count("pk", filter=Q(person=None, is_paused=False)),
    )
    names = names_of({row["agency"] for row in rows}, day_of(at))
    loads = [
        AgencyLoad(
            row["agency"],
            names.get(row["agency"], ""),
            row["everything"],
            row["late"],
            row["near"],
            row["paused"],
            row["unheld"],
        )
        for row in rows
    ]
    return sorted(loads, key=lambda load: (-load.late, -load.near, load.name))


def by_person(actor: Actor, *, at: datetime) -> list[PersonLoad]:
    """Who holds how much at the agencies that the actor oversees."""
    scope = actor.scope(DossierPermission.READ_OVERVIEW, at=at)
    items = WorkItem.objects.exclude(person=None)
    if not scope.everywhere:
        items = items.filter(agency__in=scope.agencies)
    rows = items.values("person", "person__uuid").annotate(
        name=Max("person__name"), everything=Count("pk"), late=_late(at), near=_near(at)
    )
    loads = [
        PersonLoad(
            row["person"],
            row["person__uuid"],
            row["name"],
            row["everything"],
            row["late"],
            row["near"],
        )
        for row in rows
    ]
    return sorted(loads, key=lambda load: (-load.late, -load.everything))


def late_dossiers(actor: Actor, *, at: datetime) -> int:
    """How many dossiers have late work at the agencies that the actor oversees: the number of `longest_late`."""
    scope = actor.scope(DossierPermission.READ_OVERVIEW, at=at)
    late = WorkItem.objects.within(scope).overdue(at)
    return late.aggregate(found=Count("dossier", distinct=True))["found"] or 0


def longest_late(actor: Actor, *, at: datetime, most: int) -> list[Listed]:
    """The work that is late for longest at the agencies whose queue the actor reads: once a dossier, by its first step.

    A dossier may wait at several steps at once, so pages of the queue are read until there are enough dossiers.
    """
    found: dict[UUID, Listed] = {}
    page, rows = 1, most * 3
    while True:
        seen = see(actor, QueueFilter(tab=LATE), at=at, page=page, rows=rows)
        for one in seen.listed:
            found.setdefault(one.dossier, one)
        if len(found) >= most or page * rows >= seen.totals.tabs.late:
            return list(found.values())[:most]
        page += 1
