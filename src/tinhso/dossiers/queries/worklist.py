"""The queue: open work at the actor's agencies, filtered, counted exactly, searched without accents.

Every page of it is two questions: what stands above the list, and the list.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import UUID

from django.db.models import F, Q
from django.db.models.functions import Reverse

from tinhso.dossiers.finding import codes_in, words_in
from tinhso.dossiers.models import Dossier, DossierKey, DossierSearch, WorkItem
from tinhso.dossiers.queries.chosen import (
    FINISHED,
    LATE,
    NEAR,
    ON_TIME,
    PAUSED,
    UNAPPOINTED,
    QueueFilter,
    asked,
    marked,
    used,
)
from tinhso.dossiers.queries.waiting import MINE, TO_BE_SIGNED, TO_SIGN, waiting_for
from tinhso.kernel.asking import Among, holds
from tinhso.kernel.compiled import OFFSET, Compiled
from tinhso.kernel.folding import fold, tsquery
from tinhso.kernel.identifiers import read_reference, show_reference

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from django.db.models import QuerySet

    from tinhso.dossiers.models import WorkItemQuerySet
    from tinhso.dossiers.queries.chosen import Question, Shape
    from tinhso.kernel.actors import Actor


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
    unappointed: int
    finished: int
    paused: int

    def under(self, tab: str) -> int:
        """The number of a tab; an unknown one shows everything."""
        return {
            LATE: self.late,
            NEAR: self.near,
            ON_TIME: self.on_time,
            UNAPPOINTED: self.unappointed,
            FINISHED: self.finished,
            PAUSED: self.paused,
        }.get(tab, self.everything)


@dataclass(frozen=True)
class Totals:
    """Every number above the list; `whose` does not look at the tab, `tabs` keep to whose work is chosen."""

    whose: WhoseCounts
    tabs: QueueCounts


@dataclass(frozen=True)
class Seen:
    """One page of the queue: every number above it, which page it is, and the work on it."""

    totals: Totals
    page: int
    listed: list[Listed]


def found_by(text: str) -> Q:
    """The condition on `Dossier`: the beginning or end of a code, a whole reference, words without accents.

    For any dossier, also one that is done with; open work is asked by what it is found under (`finding`), which says
    the same and needs no look at the dossiers of all years.
    """
    found: list[QuerySet[Any, Any]] = []
    reference = read_reference(text.strip())
    if reference is not None:
        found.append(Dossier.objects.filter(reference=reference).values("pk"))
    words = words_in(text)
    for code in codes_in(text):
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
    return asked(actor, chosen, at=at).chosen


class Listed(NamedTuple):
    """One piece of open work as lists show it."""

    key: UUID
    agency: int
    procedure: int
    act: str
    node: str
    since: datetime
    due_at: datetime | None
    near_at: datetime | None
    is_paused: bool
    waits_until: datetime | None
    person: int | None
    person_name: str | None
    dossier: UUID
    number: str | None
    reference: str | None
    foreign_code: str | None
    version: int
    state: str
    channel: str
    received_at: datetime | None
    applicant: int | None
    applicant_uuid: UUID | None
    applicant_name: str | None
    address: str | None

    @property
    def code(self) -> str:
        """What the dossier is called, as `Dossier` says it."""
        shown = show_reference(self.reference) if self.reference else ""
        return self.number or shown or self.foreign_code or str(self.dossier)


_COLUMNS = (
    *("pk", "agency", "procedure", "act", "node", "since", "due_at", "near_at"),
    *("is_paused", "waits_until", "person", "person__name", "dossier__uuid", "dossier__number"),
    *("dossier__reference", "dossier__foreign_code", "dossier__version", "dossier__state"),
    *("channel", "dossier__received_at", "dossier__applicant"),
    *("dossier__applicant__uuid", "dossier__applicant__name", "dossier__applicant__address"),
)
"""The columns of `Listed`."""


def totals(actor: Actor, chosen: QueueFilter, *, at: datetime) -> Totals:
    """Exact counts of everything that stands above the list."""
    return _ask(asked(actor, chosen, at=at), first=0, rows=1)[0]


def see(actor: Actor, chosen: QueueFilter, *, at: datetime, page: int, rows: int) -> Seen:
    """The page of so many rows with this number, from 1 on, or the last one: two questions.

    How deep a page lies costs little: the table holds open work only, and a row is not read before it is shown.
    """
    question = asked(actor, chosen, at=at)
    first = (page - 1) * rows
    counted, keys = _ask(question, first=first, rows=rows)
    total = counted.tabs.under(chosen.tab)
    if first and first >= total:
        page = max(1, -(-total // rows))
        counted, keys = _ask(question, first=(page - 1) * rows, rows=rows)
    return Seen(counted, page, shown(keys) if keys else [])


def _ask(question: Question, *, first: int, rows: int) -> tuple[Totals, list[UUID]]:
    """The counts, and the keys of so many rows in the order of the queue."""
    found = _asking(question.shape, rows).first(first=first, **question.values)
    *counts, keys = found or (*(0,) * 9, [])
    every, mine, to_sign, here, late, near, unappointed, finished, paused = counts
    on_time = here - late - near - unappointed - finished - paused
    tabs = QueueCounts(here, late, near, on_time, unappointed, finished, paused)
    return Totals(WhoseCounts(mine, to_sign, every), tabs), keys


ENOUGH_TO_WALK = 2000
"""So many found that the queue is walked until the page is full, instead of putting all of them in order."""
_ASKED = """
WITH page AS (SELECT ARRAY({{0}}) AS keys)
SELECT count(*), count(*) FILTER (WHERE mine), count(*) FILTER (WHERE mine AND is_decision),
count(*) FILTER (WHERE {here}), count(*) FILTER (WHERE {here} AND late),
count(*) FILTER (WHERE {here} AND near), count(*) FILTER (WHERE {here} AND unappointed),
count(*) FILTER (WHERE {here} AND finished), count(*) FILTER (WHERE {here} AND paused),
(SELECT keys FROM page)
FROM ({{1}} OFFSET 0) AS work (mine, is_decision, late, near, unappointed, finished, paused)
"""
"""Each condition is looked at once a row, however many numbers it has a part in."""
_FOUND = """
WITH counted AS MATERIALIZED (
SELECT count(*) AS every, count(*) FILTER (WHERE mine) AS mine, count(*) FILTER (WHERE mine AND is_decision) AS to_sign,
count(*) FILTER (WHERE {here}) AS here, count(*) FILTER (WHERE {here} AND late) AS late,
count(*) FILTER (WHERE {here} AND near) AS near, count(*) FILTER (WHERE {here} AND unappointed) AS unappointed,
count(*) FILTER (WHERE {here} AND finished) AS finished, count(*) FILTER (WHERE {here} AND paused) AS paused
FROM ({{0}} OFFSET 0) AS work (mine, is_decision, late, near, unappointed, finished, paused))
SELECT counted.*, CASE WHEN {under} < {many} THEN ARRAY({{1}}) ELSE ARRAY({{2}}) END FROM counted
"""
"""The same of a search."""
_FEW = """
SELECT key FROM ({{0}} OFFSET 0) AS found (key, paused, due_at, since)
ORDER BY paused, due_at NULLS LAST, since, key LIMIT {rows} OFFSET %s
"""
"""Few that were found are put in order."""
_MANY = """
SELECT key FROM ({{0}} OFFSET 0) AS walked (key, words) WHERE words @@ %s::tsquery LIMIT {rows} OFFSET %s
"""
"""Many are met soon on a walk along the queue."""
COUNTED = (LATE, NEAR, UNAPPOINTED, FINISHED, PAUSED)
"""The tabs that are counted, in this order; what is left is in time."""
_HERE = {"": "true", MINE: "mine", TO_SIGN: "mine AND is_decision"}
_UNDER = {
    LATE: "late",
    NEAR: "near",
    ON_TIME: "here - late - near - unappointed - finished - paused",
    UNAPPOINTED: "unappointed",
    FINISHED: "finished",
    PAUSED: "paused",
}


@lru_cache(maxsize=512)
def _asking(shape: Shape, rows: int) -> Compiled:
    """What `_ask` asks for questions of a shape."""
    mark = marked(shape)
    places = [f"place_{number}" for number in range(len(shape.places))]

    def keys(**_marks: Any) -> QuerySet[WorkItem, Any]:
        return in_order(mark.chosen).values_list("pk")[OFFSET : OFFSET + rows]

    def work(**_marks: Any) -> QuerySet[WorkItem, Any]:
        tabs = (holds(mark.under(tab)) for tab in COUNTED)
        return mark.items.values_list(holds(waiting_for(mark.reach)), holds(TO_BE_SIGNED), *tabs)

    here = _HERE[shape.whose]
    of_tab = ("at",) if shape.tab in (LATE, NEAR, ON_TIME) else ()
    of_person = ("me", *places) if shape.whose else ()
    is_search = "search" in shape.conditions
    counted = Compiled(work, plans_anew=is_search, **used(shape, "me", "at", *places))
    if not is_search:
        page = Compiled(keys, plans_anew=True, **used(shape, *of_tab, *of_person))
        return page.within(_ASKED.format(here=here), counted)
    under = _UNDER.get(shape.tab, "here")
    few, many = _found(shape, of_tab + of_person, rows)
    text = _FOUND.format(here=here, under=under, many=ENOUGH_TO_WALK)
    return counted.within(text, few, many)


def _found(shape: Shape, names: Sequence[str], rows: int) -> tuple[Compiled, Compiled]:
    """So many keys of what a search found in the order of the queue, by either way."""
    without = tuple(name for name in shape.conditions if name != "search")
    unsearched = replace(shape, conditions=without)

    def found(**_marks: Any) -> QuerySet[WorkItem, Any]:
        return marked(shape).chosen.values_list("pk", "is_paused", "due_at", "since")

    def walked(**_marks: Any) -> QuerySet[WorkItem, Any]:
        return in_order(marked(unsearched).chosen).values_list("pk", "words")

    few = Compiled(found, **used(shape, *names))
    many = Compiled(walked, **used(unsearched, *names))
    return (
        few.within(_FEW.format(rows=rows), values=["first"]),
        many.within(_MANY.format(rows=rows), values=["search", "first"]),
    )


def in_order(items: WorkItemQuerySet) -> WorkItemQuerySet:
    """Nearest due time first; work without one comes by age, what waits for the applicant last."""
    return items.order_by("is_paused", F("due_at").asc(nulls_last=True), "since", "pk")


def keys_of_page(items: WorkItemQuerySet, *, first: int, rows: int) -> list[UUID]:
    """So many keys of the work in the order of the queue."""
    return list(in_order(items).values_list("pk", flat=True)[first : first + rows])


def shown(keys: Sequence[UUID]) -> list[Listed]:
    """The work of these keys in the order of the queue; what was done meanwhile is left out."""
    found = {row[0]: Listed(*row) for row in _SHOWN.rows(keys=list(keys))}
    return [found[key] for key in keys if key in found]


def _of_keys(keys: Sequence[UUID]) -> QuerySet[WorkItem, Any]:
    return WorkItem.objects.filter(Among(F("step"), keys)).values_list(*_COLUMNS)


_SHOWN = Compiled(_of_keys, keys=[UUID(int=0)])
