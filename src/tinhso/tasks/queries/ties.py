"""What a task is tied to, and how it stands now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tinhso.calendars.clock import day_of
from tinhso.tasks.ties import KINDS
from tinhso.warehouse.errors import FactsUnavailable, NotYetBuilt

if TYPE_CHECKING:
    from datetime import datetime

    from tinhso.tasks.models import Task, Tie
    from tinhso.tasks.ties import Standing


@dataclass(frozen=True)
class Tied:
    """One tie in words, and how it stands; None where there is no figure (chưa có nguồn)."""

    tie: Tie
    title: str
    wanted: str
    standing: Standing | None

    @property
    def is_reached(self) -> bool:
        """Whether a figure says so."""
        return self.standing is not None and self.standing.is_reached


def ties_of(task: Task, at: datetime) -> list[Tied]:
    """All ties of the task, the first made first."""
    return [_tied(tie, at) for tie in task.ties.order_by("pk")]


def is_shown(tied: list[Tied]) -> bool:
    """Whether what the system holds shows that the task is done: all of it is reached."""
    return bool(tied) and all(one.is_reached for one in tied)


def _tied(tie: Tie, at: datetime) -> Tied:
    kind = KINDS[tie.kind]
    try:
        standing = kind.read(tie.facts, at)
    except (FactsUnavailable, NotYetBuilt):
        standing = None
    return Tied(tie, kind.title(tie.facts, day_of(at)), kind.wanted(tie.facts), standing)
