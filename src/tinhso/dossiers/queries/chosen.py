"""What an officer chose of the queue, as a question: which conditions it sets, and the value of each.

A question is asked as a query of the ORM, or by the text that was kept for all questions of the same shape.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, F, OuterRef, Q

from tinhso.agencies.models import AgencyPeriod
from tinhso.agencies.queries import DESKS
from tinhso.calendars.clock import day_of, instant
from tinhso.dossiers.finding import question
from tinhso.dossiers.models import Step, WorkItem
from tinhso.dossiers.permissions import DossierPermission
from tinhso.dossiers.queries.waiting import (
    MINE,
    TO_BE_SIGNED,
    TO_SIGN,
    Reach,
    reach_of,
    waiting_for,
)
from tinhso.kernel.actors import EVERYWHERE, Scope
from tinhso.kernel.days import read_day
from tinhso.kernel.identifiers import read_number

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tinhso.dossiers.models import WorkItemQuerySet
    from tinhso.kernel.actors import Actor

HAND_OVER = "hand_over"
FROM_OTHERS = "quay-khac"
LATE, NEAR, ON_TIME, PAUSED = "qua-han", "sap-den-han", "trong-han", "cho-bo-sung"
UNAPPOINTED, FINISHED = "chua-hen", "cho-tra"
TABS = (LATE, NEAR, ON_TIME, UNAPPOINTED, FINISHED, PAUSED)


@dataclass(frozen=True)
class QueueFilter:
    """What the officer chose; empty values choose everything. `person` is `me`, `nobody`, `FROM_OTHERS` or a key.

    `whose` is `MINE`, `TO_SIGN`, or empty for all work of the units that the officer oversees. `since` and `until` are
    official days (ISO) between which the dossier was handed in, both included.
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


def from_others(day: date) -> Q:
    """What another counter received for the agency that settles it, where nobody has taken it over yet.

    The agency's own desks (bộ phận một cửa) are no other counter.
    """
    desks = AgencyPeriod.objects.on(day).filter(agency__kind__in=DESKS, parent=OuterRef("agency"))
    own = desks.filter(agency=OuterRef("dossier__receiving_agency"))
    begun = Step.objects.filter(dossier=OuterRef("dossier"), agency=OuterRef("agency"))
    is_begun = begun.exclude(closed_at=None, person=None)
    return (
        Q(person=None, agency=F("dossier__competent_agency"))
        & ~Q(act=HAND_OVER)
        & ~Q(dossier__receiving_agency=F("agency"))
        & ~Exists(own)
        & ~Exists(is_begun)
    )


CONDITIONS: Mapping[str, Callable[[Any], Q]] = {
    "search": lambda asked: Q(words__answers=asked),
    "nothing": lambda _value: Q(is_paused=None),
    "procedure": lambda code: Q(procedure__procedure__code=code),
    "act": lambda act: Q(act=act),
    "agency": lambda agency: Q(agency=agency),
    "channel": lambda channel: Q(channel=channel),
    "since": lambda first: Q(submitted_at__gte=first),
    "until": lambda end: Q(submitted_at__lt=end),
    "person": lambda person: Q(person=person),
    "nobody": lambda _value: Q(person=None),
    "from_others": from_others,
}
"""What each choice but the tab and whose work it is asks of open work."""
VALUELESS = frozenset({"nothing", "nobody"})
_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)
MARKS: Mapping[str, Any] = {
    "search": "'?search'",
    "procedure": "?procedure",
    "act": "?act",
    "agency": -2,
    "channel": "?channel",
    "since": _LONG_AGO,
    "until": _LONG_AGO + timedelta(days=1),
    "person": -3,
    "from_others": _LONG_AGO.date(),
    "me": -4,
    "at": _LONG_AGO + timedelta(days=2),
    "here": [-5],
}
"""Stand in a kept query where each question puts its own values."""


@dataclass(frozen=True)
class Shape:
    """What questions have in common whose SQL is the same: everything but the values."""

    is_everywhere: bool
    conditions: tuple[str, ...]
    places: tuple[tuple[str, ...], ...]
    tab: str = ""
    whose: str = ""


@dataclass(frozen=True)
class Question:
    """A question about open work: its shape, and its values by name (`MARKS`, and `place_<n>` for `shape.places`)."""

    shape: Shape
    values: Mapping[str, Any]

    @property
    def items(self) -> WorkItemQuerySet:
        """The open work that the actor may see by every condition but whose it is and the tab."""
        here = Scope(agencies=frozenset(self.values["here"]))
        items = WorkItem.objects.within(EVERYWHERE if self.shape.is_everywhere else here)
        for name in self.shape.conditions:
            items = items.filter(CONDITIONS[name](self.values.get(name)))
        return items

    @property
    def reach(self) -> Reach:
        """Whom the work could wait for."""
        places = {
            acts: frozenset(self.values[f"place_{number}"])
            for number, acts in enumerate(self.shape.places)
        }
        return Reach(self.values["me"], places)

    @property
    def is_mine(self) -> Q:
        """The condition of whose work is chosen."""
        if not self.shape.whose:
            return Q()
        theirs = waiting_for(self.reach)
        return theirs & TO_BE_SIGNED if self.shape.whose == TO_SIGN else theirs

    def under(self, tab: str) -> Q:
        """The condition of a tab."""
        return under(self.values["at"]).get(tab, Q())

    @property
    def chosen(self) -> WorkItemQuerySet:
        """All of it, in no order."""
        return self.items.filter(self.is_mine, self.under(self.shape.tab))


def under(at: datetime) -> Mapping[str, Q]:
    """What each tab asks of open work; together they share out everything.

    Work has no time when its dossier was not received, has none by law, or only waits to be fetched.
    """
    running = Q(is_paused=False)
    return {
        LATE: running & Q(due_at__lt=at),
        NEAR: running & Q(due_at__gte=at, near_at__lte=at),
        ON_TIME: running & Q(due_at__gte=at, near_at__gt=at),
        UNAPPOINTED: running & Q(due_at=None) & ~Q(act=HAND_OVER),
        FINISHED: running & Q(due_at=None, act=HAND_OVER),
        PAUSED: Q(is_paused=True),
    }


def marked(shape: Shape) -> Question:
    """The question of a shape with marks for values, from which its text is made."""
    places = {f"place_{number}": [-10 - number] for number in range(len(shape.places))}
    return Question(shape, {**MARKS, **places})


def used(shape: Shape, *names: str) -> Mapping[str, Any]:
    """The marks of what stands in a query of this shape."""
    here = () if shape.is_everywhere else ("here",)
    conditions = (name for name in shape.conditions if name not in VALUELESS)
    marks = marked(shape).values
    return {name: marks[name] for name in (*here, *conditions, *names)}


def asked(actor: Actor, chosen: QueueFilter, *, at: datetime) -> Question:
    """The question that an actor asks at an instant."""
    scope = actor.scope(DossierPermission.READ_QUEUE, at=at)
    reach = reach_of(actor, at=at)
    values = _values(chosen, reach.person, day_of(at))
    shape = Shape(
        scope.everywhere,
        tuple(name for name in CONDITIONS if name in values),
        tuple(reach.places),
        chosen.tab if chosen.tab in TABS else "",
        chosen.whose if chosen.whose in (MINE, TO_SIGN) else "",
    )
    values |= {"me": reach.person, "at": at, "here": sorted(scope.agencies)}
    for number, here in enumerate(reach.places.values()):
        values[f"place_{number}"] = sorted(here)
    return Question(shape, values)


def _values(chosen: QueueFilter, me: int, today: date) -> dict[str, Any]:
    """The value of each condition that is set."""
    values: dict[str, Any] = {
        name: getattr(chosen, name)
        for name in ("procedure", "act", "channel")
        if getattr(chosen, name)
    }
    if chosen.search.strip():
        found = question(chosen.search)
        values["search" if found else "nothing"] = found
    since, until = read_day(chosen.since), read_day(chosen.until)
    if since is not None:
        values["since"] = instant(since, 0)
    if until is not None:
        values["until"] = instant(until + timedelta(days=1), 0)
    person = me if chosen.person == "me" else read_number(chosen.person)
    if chosen.person == "nobody":
        values["nobody"] = None
    elif chosen.person == FROM_OTHERS:
        values["from_others"] = today
    elif person is not None:
        values["person"] = person
    if (agency := read_number(chosen.agency)) is not None:
        values["agency"] = agency
    return values
