"""Reads for obstacles: lists, one with its history, which are alike, and the library of solutions."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count
from django.utils.translation import gettext as _

from tinhso.agencies.queries import names_of
from tinhso.calendars.clock import day_of
from tinhso.events.naming import names_of as people_of
from tinhso.kernel.folding import fold, tokens
from tinhso.tasks import obstacle_kinds
from tinhso.tasks.models import Obstacle, ObstacleActKind, ObstacleState, Solution
from tinhso.tasks.models.scopes import held
from tinhso.tasks.permissions import TaskPermission
from tinhso.tasks.queries.tasks import Pace

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import date, datetime

    from tinhso.kernel.actors import Actor
    from tinhso.tasks.models.obstacles import ObstacleQuerySet

ALIKE = 0.34
"""Two obstacles that share this part of their words are offered to be joined."""
SHORT = 3
"""Words of fewer letters say little about what a text means."""
OFFERED = 5
_COMMON = re.compile(
    r"\b(?:(?:de nghi|kinh de nghi|kien nghi)(?: cap tren| ubnd tinh| tinh)?|uy ban nhan dan|xem xet"
    r"|huong dan(?: cu the)?|quan tam|chi dao|bo tri|thao go|don vi|dia phuong|co quan|hien nay"
    r"|trong qua trinh|trien khai|thuc hien|gap(?: nhieu)? kho khan|kho khan|vuong mac|chua(?: duoc)?|nen|con"
    r"|giai quyet|theo quy dinh|cong tac|dap ung yeu cau|nhiem vu|duoc giao|tren dia ban|trong thoi gian toi)\b"
)
"""What obstacles and answers say whatever they are about; two that share only this are not alike."""
SEARCHED = 400
"""So many open obstacles of a solver are compared; the newest first."""


@dataclass(frozen=True)
class ObstacleRow:
    """One obstacle of a list; `units` counts those that were joined to it, itself included."""

    obstacle: Obstacle
    kind: str
    agency: str
    solver: str
    pace: Pace
    is_late: bool
    units: int


@dataclass(frozen=True)
class ObstacleEvent:
    """Something that happened to an obstacle."""

    at: datetime
    what: str
    words: str
    by: str


def raised_to_see(actor: Actor, *, at: datetime) -> ObstacleQuerySet:
    """Those that the actor's agencies raised."""
    agencies = held(actor, TaskPermission.READ_OBSTACLE, at=at)
    everything = Obstacle.objects.all()
    return everything if agencies is None else everything.filter(agency__in=agencies)


def to_solve(actor: Actor, *, at: datetime) -> ObstacleQuerySet:
    """Those that wait for an answer of the actor's agencies; several joined are one."""
    agencies = held(actor, TaskPermission.ANSWER_OBSTACLE, at=at)
    waiting = Obstacle.objects.unsolved().separate()
    return waiting if agencies is None else waiting.filter(solver__in=agencies)


def open_of(agencies: Collection[int]) -> ObstacleQuerySet:
    """Those that agencies raised and that nobody has solved yet."""
    return (
        Obstacle.objects.filter(agency__in=agencies)
        .exclude(state=ObstacleState.CLOSED)
        .order_by("due_on", "pk")
    )


def obstacle_rows(found: Iterable[Obstacle], on: date) -> list[ObstacleRow]:
    """The obstacles with the names of who raised and who solves them, and how they stand."""
    obstacles = list(found)
    names = names_of({key for one in obstacles for key in (one.agency_id, one.solver_id)}, on)
    joined = dict(
        Obstacle.objects.filter(main__in=obstacles)
        .values_list("main")
        .annotate(n=Count("pk"))
        .values_list("main", "n")
    )
    return [
        ObstacleRow(
            obstacle=one,
            kind=obstacle_kinds.name_of(one.kind),
            agency=names.get(one.agency_id, ""),
            solver=names.get(one.solver_id, ""),
            pace=obstacle_pace(one, on),
            is_late=one.is_late(on),
            units=1 + joined.get(one.pk, 0),
        )
        for one in obstacles
    ]


def obstacle_pace(obstacle: Obstacle, on: date) -> Pace:
    """How an obstacle stands against its day."""
    told = {
        ObstacleState.ANSWERED.value: "ok",
        ObstacleState.CLOSED.value: "done",
        ObstacleState.PROPOSED.value: "wait",
    }
    if obstacle.state in told:
        return Pace(told[obstacle.state], str(ObstacleState(obstacle.state).label))
    days = (obstacle.due_on - on).days
    if days < 0:
        return Pace("late", _("Quá hạn %(days)s ngày") % {"days": -days})
    if days == 0:
        return Pace("near", _("Hạn hôm nay"))
    return Pace("plain", _("Còn %(days)s ngày") % {"days": days})


def obstacle_history(obstacle: Obstacle) -> list[ObstacleEvent]:
    """All that was done to it, the latest first."""
    acts = list(obstacle.acts.order_by("pk"))
    people = people_of([obstacle.actor, *(act.actor for act in acts)])
    names = names_of({act.agency_id for act in acts}, day_of(obstacle.at))
    found = [
        ObstacleEvent(obstacle.at, _("Báo vướng mắc"), "", people[obstacle.actor]),
    ]
    for act in acts:
        what = str(ObstacleActKind(act.kind).label)
        if act.kind == ObstacleActKind.ROUTED:
            what = f"{what}: {names.get(act.agency_id, '')}"
        if act.kind == ObstacleActKind.PROPOSED:
            what = f"{what}: {' · '.join(part for part in (act.body, act.document) if part)}"
        found.append(ObstacleEvent(act.at, what, act.words, people[act.actor]))
    return found[::-1]


def alike(obstacle: Obstacle, *, actor: Actor, at: datetime) -> list[Obstacle]:
    """Open obstacles of the same solver whose words are much the same (vướng mắc tương tự); a person joins them."""
    mine = _telling(obstacle.text)
    others = (
        Obstacle.objects.visible_to(actor, at=at)
        .filter(solver=obstacle.solver_id)
        .unsolved()
        .separate()
        .exclude(pk=obstacle.pk)
        .order_by("-pk")[:SEARCHED]
    )
    scored = [(_share(mine, _telling(one.text)), one) for one in others]
    near = [(score, one) for score, one in scored if score >= ALIKE]
    return [one for _score, one in sorted(near, key=lambda found: (-found[0], found[1].pk))][
        :OFFERED
    ]


def solutions_for(text: str, kind: str = "") -> list[Solution]:
    """Solutions whose words share most with a text, best first (lời giải gợi ý)."""
    wanted = _telling(text)
    if not wanted:
        return []
    of_kind = Solution.objects.filter(kind=kind) if kind else Solution.objects.all()
    scored = [
        (len(wanted & _telling(one.question + " " + one.answer)) / len(wanted), one)
        for one in of_kind.order_by("-pk")[:SEARCHED]
    ]
    near = [(score, one) for score, one in scored if score >= ALIKE]
    return [one for _score, one in sorted(near, key=lambda found: (-found[0], found[1].pk))][
        :OFFERED
    ]


def _telling(text: str) -> set[str]:
    """The words that say what a text is about; what every such text says is left out."""
    said = _COMMON.sub(" ", " ".join(fold(text).split()))
    return {token for token in tokens(said) if len(token) >= SHORT}


def _share(one: set[str], other: set[str]) -> float:
    return len(one & other) / len(one | other) if one and other else 0.0
