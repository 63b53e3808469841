"""Late and near, by agency: what a head must see tonight.

Dossiers are counted where they are settled, as the public board does (`lateness`); work where it lies.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Max, Q
from django.utils.translation import gettext as _

from tinhso.agencies.queries import names_of
from tinhso.calendars.clock import day_of
from tinhso.dossiers.models import WorkItem
from tinhso.dossiers.permissions import DossierPermission
from tinhso.dossiers.queries.chosen import (
    FINISHED,
    LATE,
    NEAR,
    ON_TIME,
    PAUSED,
    UNAPPOINTED,
    under,
)
from tinhso.dossiers.queries.lateness import late_within
from tinhso.dossiers.queries.worklist import in_order, shown

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from tinhso.dossiers.queries.worklist import Listed
    from tinhso.kernel.actors import Actor


@dataclass(frozen=True)
class AgencyLoad:
    """One agency: dossiers that it settles and that are late, and its open work by tab; `unheld` waits for somebody."""

    agency: int
    name: str
    late_dossiers: int
    everything: int
    late: int
    near: int
    on_time: int
    unappointed: int
    finished: int
    paused: int
    unheld: int

    @property
    def tabs(self) -> list[tuple[str, str, int]]:
        """The work under each tab of the queue, in their order, each with its words: together all of it."""
        return [
            (LATE, _("Việc quá hạn"), self.late),
            (NEAR, _("Sắp đến hạn"), self.near),
            (ON_TIME, _("Trong hạn"), self.on_time),
            (UNAPPOINTED, _("Chưa hẹn"), self.unappointed),
            (FINISHED, _("Chờ trả"), self.finished),
            (PAUSED, _("Tạm dừng"), self.paused),
        ]


@dataclass(frozen=True)
class PersonLoad:
    """Open work that one person holds."""

    person: int
    key: UUID
    name: str
    everything: int
    late: int
    near: int


def by_agency(actor: Actor, *, at: datetime) -> list[AgencyLoad]:
    """Agencies that the actor oversees, the latest first."""
    scope = actor.scope(DossierPermission.READ_OVERVIEW, at=at)
    items = WorkItem.objects.within(scope)
    tabs = {name: Count("pk", filter=of_tab) for name, of_tab in _named(at).items()}
    unheld = Count("pk", filter=Q(person=None))
    counted = items.values("agency").annotate(everything=Count("pk"), unheld=unheld, **tabs)
    rows = {row["agency"]: row for row in counted}
    late = dict(
        late_within(scope, at=at)
        .values_list("competent_agency")
        .annotate(late=Count("pk"))
        .order_by()
    )
    names = names_of(rows.keys() | late.keys(), day_of(at))
    empty: dict[str, Any] = dict.fromkeys((*tabs, "everything", "unheld"), 0)
    loads = [
        AgencyLoad(
            **{**empty, **rows.get(agency, {}), "agency": agency},
            name=names.get(agency, ""),
            late_dossiers=late.get(agency, 0),
        )
        for agency in rows.keys() | late.keys()
    ]
    return sorted(loads, key=lambda load: (-load.late_dossiers, -load.late, -load.near, load.name))


def _named(at: datetime) -> dict[str, Q]:
    """The tabs of the queue by what they are called here."""
    tabs = under(at)
    return {
        "late": tabs[LATE],
        "near": tabs[NEAR],
        "on_time": tabs[ON_TIME],
        "unappointed": tabs[UNAPPOINTED],
        "finished": tabs[FINISHED],
        "paused": tabs[PAUSED],
    }


def by_person(actor: Actor, *, at: datetime) -> list[PersonLoad]:
    """Who holds how much at the agencies that the actor oversees."""
    scope = actor.scope(DossierPermission.READ_OVERVIEW, at=at)
    items = WorkItem.objects.within(scope).exclude(person=None)
    tabs = under(at)
    rows = items.values("person", "person__uuid").annotate(
        name=Max("person__name"),
        everything=Count("pk"),
        late=Count("pk", filter=tabs[LATE]),
        near=Count("pk", filter=tabs[NEAR]),
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


def longest_late(actor: Actor, *, at: datetime, most: int) -> list[Listed]:
    """The dossiers that the actor oversees and that are late for longest, each by the first of its open work."""
    scope = actor.scope(DossierPermission.READ_OVERVIEW, at=at)
    late = late_within(scope, at=at).order_by("due_at", "pk")[:most]
    open_work = WorkItem.objects.filter(dossier__in=list(late.values_list("pk", flat=True)))
    first: dict[int, UUID] = {}
    for dossier, key in in_order(open_work).values_list("dossier", "pk"):
        first.setdefault(dossier, key)
    return shown(list(first.values()))
