"""The queue: open work at the actor's agencies, filtered, counted exactly, searched without accents."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from django.db.models import Count, F, Q
from django.db.models.functions import Reverse

from tinhso.accounts.models import Grant, StandIn
from tinhso.agencies.models import AgencyKind, AgencyPeriod
from tinhso.calendars.clock import day_of
from tinhso.dossiers.models import Dossier, DossierKey, DossierSearch, WorkItem
from tinhso.dossiers.rights import RIGHT_AT
from tinhso.kernel.folding import fold, tsquery
from tinhso.kernel.identifiers import read_number, read_reference

if TYPE_CHECKING:
    from datetime import datetime

    from django.db.models import QuerySet

    from tinhso.dossiers.models import WorkItemQuerySet
    from tinhso.kernel.actors import Actor

MINE, TO_SIGN = "toi", "ky"
SHORTEST_CODE = 4
"""Fewer characters of a code would find half the province."""


@dataclass(frozen=True)
class QueueFilter:
    """What the officer chose; empty values choose everything. `person` is `me`, `nobody` or a key.

    `whose` is `MINE`, `TO_SIGN`, or empty for all work of the units that the officer oversees.
    """

    search: str = ""
    tab: str = ""
    procedure: str = ""
    act: str = ""
    person: str = ""
    agency: str = ""
    whose: str = ""


@dataclass(frozen=True)
class WhoseCounts:
    """How much waits for the officer, for their decision, and in the units that they oversee."""

    mine: int
    to_sign: int
    everything: int


@dataclass(frozen=True)
class QueueCounts:
    """How many pieces of work stand under each tab, with the other filters applied."""

    everything: int
    late: int
    near: int
    on_time: int
    paused: int


def found_by(text: str) -> Q:
    """The condition on `Dossier`: the beginning or end of a code, a whole reference, words without accents.

    What could be several of these is looked for as each: one phone number in 31 could be a reference, and a name with
    a year in it is no code. Digits alone are no words, for they would find every dossier of a procedure.
    """
    typed = text.strip()
    found: list[QuerySet[Any, Any]] = []
    reference = read_reference(typed)
    if reference is not None:
        found.append(Dossier.objects.filter(reference=reference).values("pk"))
    code = "".join(typed.split()).upper()
    is_code = any(char.isdigit() for char in code) and len(code) >= SHORTEST_CODE
    if is_code:
        keys = DossierKey.objects.alias(mirrored=Reverse("value")).filter(
            Q(value__startswith=code) | Q(mirrored__startswith=code[::-1])
        )
        found.append(keys.values("dossier"))
    if tsquery(typed) and (not is_code or any(char.isalpha() for char in code)):
        found.append(DossierSearch.objects.filter(words__matches=fold(typed)).values("dossier"))
    if not found:
        return Q(pk__in=[])
    return Q(pk__in=found[0].union(*found[1:]) if found[1:] else found[0])


def queue(actor: Actor, chosen: QueueFilter, *, at: datetime) -> WorkItemQuerySet:
    """Open work that the actor may see, nearest due time first; work without one comes by age."""
    items = WorkItem.objects.visible_to(actor, at=at)
    if chosen.search.strip():
        items = items.filter(dossier__in=Dossier.objects.filter(found_by(chosen.search)))
    if chosen.procedure:
        items = items.filter(procedure__procedure__code=chosen.procedure)
    if chosen.act:
        items = items.filter(act=chosen.act)
    if (agency := read_number(chosen.agency)) is not None:
        items = items.filter(agency=agency)
    if chosen.whose:
        items = items.filter(waiting_for(actor, chosen.whose, at=at))
    items = _of_person(items, chosen.person, actor)
    return _under_tab(items, chosen.tab, at)


def waiting_for(actor: Actor, whose: str, *, at: datetime) -> Q:
    """The condition on open work that it waits for this very person.

    They hold it; or nobody does, it lies at an agency where they were themselves given the right to do it (what lies
    below, which they oversee, waits for the people there), and the applicant is not awaited. `TO_SIGN` is the part of
    it that waits for a decision.
    """
    near = own_agencies(actor, at=at)
    return _waiting_at(near, actor, whose, at)


def _waiting_at(near: frozenset[int], actor: Actor, whose: str, at: datetime) -> Q:
    person = getattr(actor, "user", None)
    acts = [act for act in RIGHT_AT if whose == MINE or act == "decide"]
    possible = Q(pk__in=[])
    for act in acts:
        scope = actor.scope(RIGHT_AT[act], at=at)
        here = near if scope.everywhere else near & scope.agencies
        possible |= Q(act=act, agency__in=here, person=None)
    return Q(is_paused=False) & (possible | Q(person=person, person__isnull=False, act__in=acts))


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


def count_whose(actor: Actor, chosen: QueueFilter, *, at: datetime) -> WhoseCounts:
    """Exact counts of whose work it is, with the other filters applied, in one query."""
    everything = queue(actor, replace(chosen, whose="", tab=""), at=at)
    near = own_agencies(actor, at=at)
    counted = everything.aggregate(
        everything=Count("pk"),
        mine=Count("pk", filter=_waiting_at(near, actor, MINE, at)),
        to_sign=Count("pk", filter=_waiting_at(near, actor, TO_SIGN, at)),
    )
    return WhoseCounts(**counted)


def _of_person(items: WorkItemQuerySet, person: str, actor: Actor) -> WorkItemQuerySet:
    if person == "me":
        return items.filter(person=getattr(actor, "user", None))
    if person == "nobody":
        return items.filter(person=None)
    user = read_number(person)
    return items if user is None else items.filter(person=user)


def _under_tab(items: WorkItemQuerySet, tab: str, at: datetime) -> WorkItemQuerySet:
    return {
        "qua-han": items.overdue,
        "sap-den-han": items.near_due,
        "trong-han": items.on_time,
    }.get(tab, lambda _at: items.paused() if tab == "cho-bo-sung" else items)(at)


def in_order(items: WorkItemQuerySet) -> QuerySet[WorkItem]:
    """The order of the queue, with what a row shows."""
    return items.select_related(
        "dossier__applicant", "dossier__procedure__procedure", "person", "step"
    ).order_by("is_paused", F("due_at").asc(nulls_last=True), "since", "pk")


def count(actor: Actor, chosen: QueueFilter, *, at: datetime) -> QueueCounts:
    """Exact counts of all tabs in one query."""
    everything = queue(actor, replace(chosen, tab=""), at=at)
    running: dict[str, Any] = {"is_paused": False}
    counted = everything.aggregate(
        everything=Count("pk"),
        late=Count("pk", filter=Q(**running, due_at__lt=at)),
        near=Count("pk", filter=Q(**running, due_at__gte=at, near_at__lte=at)),
        paused=Count("pk", filter=Q(is_paused=True)),
    )
    on_time = counted["everything"] - counted["late"] - counted["near"] - counted["paused"]
    return QueueCounts(on_time=on_time, **counted)
