"""The queue: open work at the actor's agencies, filtered, counted exactly, searched without accents."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import Count, F, Q
from django.db.models.functions import Reverse

from tinhso.calendars.clock import instant
from tinhso.dossiers.finding import code_in, question, words_in
from tinhso.dossiers.models import Dossier, DossierKey, DossierSearch, WorkItem
from tinhso.dossiers.queries.waiting import MINE, TO_SIGN, own_agencies, waiting_at
from tinhso.kernel.folding import fold, tsquery
from tinhso.kernel.identifiers import read_number, read_reference

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from uuid import UUID

    from django.db.models import QuerySet

    from tinhso.dossiers.models import WorkItemQuerySet
    from tinhso.kernel.actors import Actor

FIRST_YEAR, LAST_YEAR = 1900, 2999
LATE, NEAR, ON_TIME, PAUSED = "qua-han", "sap-den-han", "trong-han", "cho-bo-sung"


@dataclass(frozen=True)
class QueueFilter:
    """What the officer chose; empty values choose everything. `person` is `me`, `nobody` or a key.

    `whose` is `MINE`, `TO_SIGN`, or empty for all work of the units that the officer oversees. `since` and `until` are
    official days (ISO) between which the dossier was handed in, both included; what is no day chooses everything.
    """

    search: str = ""
    tab: str = ""
    procedure: str = ""
    act: str = ""
    person: str = ""
    agency: str = ""
    whose: str = ""
    channel: str = ""
    since: str = ""
    until: str = ""


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

    def under(self, tab: str) -> int:
        """The number of a tab; an unknown one shows everything."""
        return {
            LATE: self.late,
            NEAR: self.near,
            ON_TIME: self.on_time,
            PAUSED: self.paused,
        }.get(tab, self.everything)


@dataclass(frozen=True)
class Totals:
    """Every number above the list; `whose` does not look at the tab, `tabs` keep to whose work is chosen."""

    whose: WhoseCounts
    tabs: QueueCounts


def found_by(text: str) -> Q:
    """The condition on `Dossier`: the beginning or end of a code, a whole reference, words without accents.

    For any dossier, also one that is done with; open work is asked by what it is found under (`finding`), which says
    the same and needs no look at the dossiers of all years.
    """
    found: list[QuerySet[Any, Any]] = []
    reference = read_reference(text.strip())
    if reference is not None:
        found.append(Dossier.objects.filter(reference=reference).values("pk"))
    code, words = code_in(text), words_in(text)
    if code:
        keys = DossierKey.objects.alias(mirrored=Reverse("value")).filter(
            Q(value__startswith=code) | Q(mirrored__startswith=code[::-1])
        )
        found.append(keys.values("dossier"))
    if tsquery(words):
        found.append(DossierSearch.objects.filter(words__matches=fold(words)).values("dossier"))
    if not found:
        return Q(pk__in=[])
    return Q(pk__in=found[0].union(*found[1:]) if found[1:] else found[0])


def queue(actor: Actor, chosen: QueueFilter, *, at: datetime) -> WorkItemQuerySet:
    """Open work that the actor may see and has chosen, in no order."""
    items = _chosen(actor, chosen, at=at)
    if chosen.whose:
        items = items.filter(waiting_at(own_agencies(actor, at=at), actor, chosen.whose, at))
    return items.filter(_under(chosen.tab, at))


def _chosen(actor: Actor, chosen: QueueFilter, *, at: datetime) -> WorkItemQuerySet:
    """By every filter but whose work it is and the tab."""
    items = WorkItem.objects.visible_to(actor, at=at)
    if chosen.search.strip():
        asked = question(chosen.search)
        items = items.filter(words__answers=asked) if asked else items.none()
    if chosen.procedure:
        items = items.filter(procedure__procedure__code=chosen.procedure)
    if chosen.act:
        items = items.filter(act=chosen.act)
    if (agency := read_number(chosen.agency)) is not None:
        items = items.filter(agency=agency)
    if chosen.channel:
        items = items.filter(dossier__channel=chosen.channel)
    since, until = day_in(chosen.since), day_in(chosen.until)
    if since is not None:
        items = items.filter(dossier__submitted_at__gte=instant(since, 0))
    if until is not None:
        items = items.filter(dossier__submitted_at__lt=instant(until + timedelta(days=1), 0))
    return _of_person(items, chosen.person, actor)


def day_in(typed: str) -> date | None:
    """The day that was typed, or None when it is none of these times."""
    try:
        day = date.fromisoformat(typed)
    except ValueError:
        return None
    return day if FIRST_YEAR <= day.year <= LAST_YEAR else None


def _of_person(items: WorkItemQuerySet, person: str, actor: Actor) -> WorkItemQuerySet:
    if person == "me":
        return items.filter(person=getattr(actor, "user", None))
    if person == "nobody":
        return items.filter(person=None)
    user = read_number(person)
    return items if user is None else items.filter(person=user)


def _under(tab: str, at: datetime) -> Q:
    """The condition of a tab: together the four share out everything."""
    running = Q(is_paused=False)
    return {
        LATE: running & Q(due_at__lt=at),
        NEAR: running & Q(due_at__gte=at, near_at__lte=at),
        ON_TIME: running & (Q(near_at__gt=at) | Q(near_at=None)),
        PAUSED: Q(is_paused=True),
    }.get(tab, Q())


def totals(actor: Actor, chosen: QueueFilter, *, at: datetime) -> Totals:
    """Exact counts of everything that stands above the list, in one query."""
    near = own_agencies(actor, at=at)
    mine, to_sign = (waiting_at(near, actor, whose, at) for whose in (MINE, TO_SIGN))
    here = {MINE: mine, TO_SIGN: to_sign}.get(chosen.whose, Q())
    counted = _chosen(actor, chosen, at=at).aggregate(
        all=Count("pk"),
        mine=Count("pk", filter=mine),
        to_sign=Count("pk", filter=to_sign),
        everything=Count("pk", filter=here) if here else Count("pk"),
        **{
            name: Count("pk", filter=here & _under(tab, at))
            for name, tab in (("late", LATE), ("near", NEAR), ("paused", PAUSED))
        },
    )
    whose = WhoseCounts(counted.pop("mine"), counted.pop("to_sign"), counted.pop("all"))
    late, soon, paused = counted["late"], counted["near"], counted["paused"]
    return Totals(
        whose, QueueCounts(on_time=counted["everything"] - late - soon - paused, **counted)
    )


def late_or_all(actor: Actor, *, at: datetime) -> tuple[int, bool]:
    """The number beside the queue in the menu: how much is late, else how much there is."""
    items = WorkItem.objects.visible_to(actor, at=at)
    late = items.overdue(at).count()
    return (late, True) if late else (items.count(), False)


def in_order(items: WorkItemQuerySet) -> WorkItemQuerySet:
    """Nearest due time first; work without one comes by age, what waits for the applicant last."""
    return items.order_by("is_paused", F("due_at").asc(nulls_last=True), "since", "pk")


def keys_of_page(items: WorkItemQuerySet, *, first: int, rows: int) -> list[UUID]:
    """The keys of one page of the queue in their order, read from the index alone where nothing is filtered.

    How deep a page lies costs little: the table holds open work only, and a row is not read before it is shown.
    """
    return list(in_order(items).values_list("pk", flat=True)[first : first + rows])


def shown(keys: Sequence[UUID]) -> list[WorkItem]:
    """The work of these keys in the same order, with what a row shows; what was done meanwhile is left out.

    Without the procedure's texts: the definition of its version is known to the process.
    """
    found = {
        item.pk: item
        for item in WorkItem.objects.filter(pk__in=list(keys))
        .select_related("dossier__applicant", "person", "step")
        .defer("words", "dossier__applicant__words", "step__note", "step__branch")
    }
    return [found[key] for key in keys if key in found]


def without_search(chosen: QueueFilter) -> QueueFilter:
    """The filters but what was searched for, which may be somebody's name."""
    return replace(chosen, search="")
