"""For whom open work waits: the officer, their decision, their unit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

from tinhso.accounts.models import Grant, StandIn
from tinhso.agencies.models import AgencyKind, AgencyPeriod
from tinhso.calendars.clock import day_of
from tinhso.dossiers.rights import RIGHT_AT

if TYPE_CHECKING:
    from datetime import datetime

    from tinhso.kernel.actors import Actor

MINE, TO_SIGN = "toi", "ky"


def waiting_at(near: frozenset[int], actor: Actor, whose: str, at: datetime) -> Q:
    """The condition on open work that it waits for this very person; `near` are their `own_agencies`.

    They hold it; or nobody does, it lies at an agency where they were themselves given the right to do it (what lies
    below, which they oversee, waits for the people there), and the applicant is not awaited. `TO_SIGN` is the part of
    it that waits for a decision.
    """
    person = getattr(actor, "user", None)
    acts = [act for act in RIGHT_AT if whose == MINE or act == "decide"]
    together: dict[frozenset[int], list[str]] = {}
    for act in acts:
        scope = actor.scope(RIGHT_AT[act], at=at)
        here = near if scope.everywhere else near & scope.agencies
        together.setdefault(here, []).append(act)
    possible = Q(person=person, person__isnull=False, act__in=acts)
    for here, possibly in together.items():
        if here:
            possible |= Q(person=None, act__in=possibly, agency__in=here)
    return Q(is_paused=False) & possible


def own_agencies(actor: Actor, *, at: datetime) -> frozenset[int]:
    """The agencies where somebody was given a role, themselves or as stand-in, with the desks right below."""
    person = getattr(actor, "user", None)
    if person is None:
        return frozenset()
    absent = StandIn.objects.in_force(at).filter(substitute=person).values("absent")
    given = Grant.objects.in_force(at).filter(Q(user=person) | Q(user__in=absent))
    here = set(given.exclude(agency=None).values_list("agency", flat=True))
    desks = AgencyPeriod.objects.on(day_of(at)).filter(
        parent__in=given.filter(includes_subordinates=True).values("agency"),
        agency__kind__in=(AgencyKind.CENTRE, AgencyKind.DIVISION),
    )
    return frozenset(here | set(desks.values_list("agency", flat=True)))
