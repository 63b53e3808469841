"""Obstacles of agencies that end: at a reform with the rest of the work, to be answered and to be closed."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tinhso.agencies.work_in_hand import WorkInHand
from tinhso.events.services import record
from tinhso.tasks import events
from tinhso.tasks.models import Obstacle, ObstacleActKind, ObstacleState
from tinhso.tasks.models.obstacles import UNSOLVED
from tinhso.tasks.services.obstacles import Deed, write_deed

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from datetime import date, datetime

    from django.db.models import QuerySet

    from tinhso.agencies.work_in_hand import WorkTransfer
    from tinhso.kernel.actors import Actor


def count(agencies: Collection[int]) -> Mapping[tuple[int, str], int]:
    """Obstacles that each agency is to solve, or raised and has not closed; they belong to no field of its."""
    found: Counter[tuple[int, str]] = Counter()
    for raiser, solver, state in _at(agencies).values_list("agency", "solver", "state"):
        waiting = {raiser, solver} if state in UNSOLVED else {raiser}
        found.update((agency, "") for agency in waiting & set(agencies))
    return found


@transaction.atomic
def move(transfers: Sequence[WorkTransfer], /, *, on: date, actor: Actor, at: datetime) -> int:
    """Move obstacles (chuyển vướng mắc) to who takes the rest of the work, to answer or to close; how many.

    Part of the act of the reform, which has required its right.
    """
    words = f"Sắp xếp cơ quan từ ngày {on:%d/%m/%Y}"
    whole = [transfer for transfer in transfers if not transfer.field]
    busy = {agency for agency, _field in count({each.predecessor for each in whole})}
    moved = 0
    for transfer in whole:
        here, there = transfer.predecessor, transfer.successor
        if here not in busy:
            continue
        busy.add(there)
        for obstacle in _at([here]).select_for_update(of=("self",)).order_by("pk"):
            _move(obstacle, here, there, words, actor=actor, at=at)
            moved += 1
    return moved


def _at(agencies: Collection[int]) -> QuerySet[Obstacle]:
    to_solve = Q(solver__in=agencies, state__in=UNSOLVED)
    return Obstacle.objects.exclude(state=ObstacleState.CLOSED).filter(
        to_solve | Q(agency__in=agencies)
    )


def _move(
    obstacle: Obstacle, here: int, there: int, words: str, *, actor: Actor, at: datetime
) -> None:
    said = {"from": here, "to": there}
    if obstacle.agency_id == here:
        obstacle.agency_id = there
        obstacle.save(update_fields=["agency"])
        record(
            events.OBSTACLE_MOVED,
            subject=obstacle.uuid,
            actor=actor,
            at=at,
            agency=there,
            payload=said,
        )
    if obstacle.solver_id == here and obstacle.state in UNSOLVED:
        kind = ObstacleActKind.ROUTED
        routed = Deed(kind, events.OBSTACLE_ROUTED, obstacle.state, said, words, solver=there)
        write_deed(obstacle, routed, actor=actor, at=at)


OBSTACLES = WorkInHand(code="obstacles", name=_("Vướng mắc chưa gỡ xong"), count=count, move=move)
