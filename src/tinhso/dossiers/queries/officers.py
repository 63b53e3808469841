"""Who may be given work at an agency."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Count, Q

from tinhso.accounts.models import Grant, User
from tinhso.agencies.queries import ancestors
from tinhso.calendars.clock import day_of
from tinhso.dossiers.models import WorkItem
from tinhso.dossiers.permissions import DossierPermission

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from django.db.models import QuerySet

    from tinhso.kernel.actors import Actor


def officers_at(agency: int, *, at: datetime) -> QuerySet[User]:
    """Active officers with a grant at the agency, or above it including subordinates, that lets them take work."""
    above = ancestors(agency, day_of(at))
    grants = Grant.objects.in_force(at).filter(
        Q(agency=agency) | Q(agency__in=above, includes_subordinates=True),
        role__permissions__permission=DossierPermission.TAKE.value,
    )
    people: QuerySet[User] = User.objects.filter(is_active=True, pk__in=grants.values("user"))
    return people.order_by("sort_key")


def work_of(person: int, agency: int) -> QuerySet[WorkItem]:
    """Open work that a person holds at an agency (việc đang giữ)."""
    held: QuerySet[WorkItem] = WorkItem.objects.filter(person=person, agency=agency)
    return held


def held_by(person: int, actor: Actor, *, at: datetime) -> list[tuple[int, int]]:
    """How many pieces of work a person holds at each agency where the actor may hand them over."""
    scope = actor.scope(DossierPermission.HAND_WORK_OVER, at=at)
    items = WorkItem.objects.filter(person=person)
    if not scope.everywhere:
        items = items.filter(agency__in=scope.agencies)
    counted = items.values("agency").annotate(held=Count("pk")).order_by("agency")
    return list(counted.values_list("agency", "held"))


def nearest_who_may(right: DossierPermission, agency: int, *, at: datetime) -> list[UUID]:
    """Who was given the right at the agency itself; where nobody was, at the nearest above with subordinates.

    So news of an agency's work reaches the people there and not every head above them.
    """
    grants = Grant.objects.in_force(at).filter(
        role__permissions__permission=right.value, user__is_active=True
    )
    here = _users(grants.filter(agency=agency))
    if here:
        return here
    for above in ancestors(agency, day_of(at)):
        found = _users(grants.filter(agency=above, includes_subordinates=True))
        if found:
            return found
    return []


def _users(grants: QuerySet[Grant]) -> list[UUID]:
    return list(grants.order_by("user").values_list("user__uuid", flat=True).distinct())
