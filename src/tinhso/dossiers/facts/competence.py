"""Which agency was competent for a dossier when it was received: what moved it since is walked back."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from django.db.models import F

from tinhso.dossiers.models import Transfer

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from django.db.models import QuerySet

Move = tuple["datetime", int, int]
"""When work went, from which agency (key), to which."""


def at_receipt(transfers: QuerySet[Transfer] | None = None) -> dict[int, int]:
    """The agency on the day of receipt of each dossier (its key) that was moved since; of some transfers, or of all.

    What was moved before it was received had come to who received it to settle: that stays.
    """
    found = Transfer.objects.all() if transfers is None else transfers
    rows = (
        found.filter(at__gt=F("dossier__received_at"))
        .order_by("dossier", "-at")
        .values_list("dossier", "dossier__competent_agency", "at", "from_agency", "to_agency")
    )
    moved = {}
    for (dossier, now), moves in groupby(rows.iterator(), key=lambda row: row[:2]):
        moved[dossier] = came_from(now, [move[2:] for move in moves])
    return moved


def came_from(now: int, moves: Sequence[Move]) -> int:
    """Where work that lies at an agency now lay before these moves, the latest first.

    Transfers also tell of other places of a dossier: only those that led to where it was count. Several of one
    instant (a reform in which one follows another) stand in no order: they are taken as they join.
    """
    for _at, together in groupby(moves, key=lambda move: move[0]):
        now = _through(now, [(before, after) for _, before, after in together])
    return now


def _through(now: int, moves: Iterable[tuple[int, int]]) -> int:
    left = list(moves)
    while step := next((move for move in left if move[1] == now), None):
        left.remove(step)
        now = step[0]
    return now
