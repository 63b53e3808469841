"""For whom open work waits: the officer, their decision, their unit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import F, OuterRef, Q, Subquery

from tinhso.accounts.actors import OfficerActor
from tinhso.agencies.queries import desks_below
from tinhso.calendars.clock import day_of
from tinhso.dossiers.models import WAIT, Alarm, Step
from tinhso.dossiers.permissions import DossierPermission
from tinhso.dossiers.rights import RIGHT_AT
from tinhso.kernel.asking import Among

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import datetime
    from uuid import UUID

    from tinhso.kernel.actors import Actor

NOBODY = 0
"""The key of no user."""
MINE, TO_SIGN = "toi", "ky"


@dataclass(frozen=True)
class Reach:
    """Whom work can wait for: the person, and at which of their own agencies they do which acts.

    `places` parts the acts by the agencies where the right to them was given, so that each stands in one part.
    """

    person: int
    places: Mapping[tuple[str, ...], frozenset[int]]


def reach_of(actor: Actor, *, at: datetime) -> Reach:
    """The reach of the actor at the instant."""
    near = own_agencies(actor, at=at)
    together: dict[frozenset[int], list[str]] = {}
    # at a wait that nobody answers for whoever may say sorry does
    for act, right in {**RIGHT_AT, WAIT: DossierPermission.EXTEND}.items():
        scope = actor.scope(right, at=at)
        here = near if scope.everywhere else near & scope.agencies
        if here:
            together.setdefault(here, []).append(act)
    places = {tuple(acts): here for here, acts in together.items()}
    return Reach(getattr(actor, "user", None) or NOBODY, places)


def waiting_for(reach: Reach) -> Q:
    """The condition on open work that it waits for this very person.

    They hold it; or nobody does, it lies at an agency where they were themselves given the right to do it (what lies
    below, which they oversee, waits for the people there), and the applicant is not awaited.
    """
    possible = Q(person=reach.person)
    for acts, here in reach.places.items():
        possible |= Q(person=None, act__in=acts) & Q(Among(F("agency"), sorted(here)))
    return Q(is_paused=False) & possible


def answers_awaited_until(steps: Collection[UUID]) -> dict[UUID, datetime]:
    """Till when open steps wait for an answer, by the timers that stand beside them; without one nobody knows."""
    rings = Alarm.objects.filter(dossier=OuterRef("dossier"), token=OuterRef("token"))
    first = Subquery(rings.order_by("fires_at").values("fires_at")[:1])
    found = Step.objects.filter(pk__in=steps).annotate(until=first).exclude(until=None)
    return dict(found.values_list("pk", "until"))


TO_BE_SIGNED = Q(act="decide")
"""The part of what waits for somebody that waits for a decision (chờ ký)."""


def own_agencies(actor: Actor, *, at: datetime) -> frozenset[int]:
    """The agencies where somebody was given a role, themselves or as stand-in, with the desks right below."""
    given = actor.given(at) if isinstance(actor, OfficerActor) else {}
    deep = [agency for agency, is_deep in given.items() if is_deep]
    return frozenset({*given, *desks_below(deep, day_of(at))})
