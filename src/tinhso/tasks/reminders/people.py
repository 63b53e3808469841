"""Who is told of a task or an obstacle: who does it, its follower or stand-in, the heads above."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tinhso.accounts.actors import actor_for
from tinhso.accounts.models import Grant, StandIn, User
from tinhso.accounts.queries import agencies_of, officers_at
from tinhso.agencies.queries import ancestors, heir
from tinhso.calendars.clock import day_of
from tinhso.tasks.permissions import TaskPermission
from tinhso.tasks.reminders.rules import Told

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from tinhso.tasks.models import Obstacle, Task


@dataclass
class People:
    """Answers of one instant, each asked once."""

    at: datetime
    _holding: dict[tuple[int, str], frozenset[int]] = field(default_factory=dict)
    _following: dict[tuple[int, int], frozenset[int]] = field(default_factory=dict)
    _heads: dict[tuple[int, int], frozenset[int]] = field(default_factory=dict)

    def of(self, told: Told, task: Task, workers: Collection[int] = ()) -> frozenset[int]:
        """The accounts told of a task; `workers` are those who did something to it."""
        match told:
            case Told.LEAD:
                return self.at_work(task.lead_id, workers)
            case Told.FOLLOWER:
                return self.following(task)
            case Told.HEAD:
                return self.head(task)
            case Told.LEADER:
                return self.holding(task.agency_id, TaskPermission.DECIDE)
            case Told.COORDINATOR | Told.SOLVER | Told.ABOVE:
                raise ValueError(f"{told} is not told of a task")

    def of_obstacle(self, told: Told, obstacle: Obstacle) -> frozenset[int]:
        """The accounts told of an obstacle: who may answer it, or who leads the agency above."""
        if told is Told.SOLVER:
            return self.holding(obstacle.solver_id, TaskPermission.ANSWER_OBSTACLE)
        on = day_of(self.at)
        solver = heir(obstacle.solver_id, on)
        above = next(iter(ancestors(solver, on)), solver)
        return self.holding(above, TaskPermission.DECIDE)

    def at_work(self, agency: int, workers: Collection[int] = ()) -> frozenset[int]:
        """Who takes tasks at the agency, and those who worked on this one and still may."""
        heads = self.holding(agency, TaskPermission.ACCEPT)
        if not workers:
            return heads
        return heads | (self.holding(agency, TaskPermission.REPORT) & frozenset(workers))

    def holding(self, agency: int, right: TaskPermission) -> frozenset[int]:
        """Who holds the right at the agency, or whoever follows it; where nobody does, at the nearest above."""
        key = (agency, right.value)
        if key not in self._holding:
            here = heir(agency, day_of(self.at))
            self._holding[key] = self._nearest(here, right)
        return self._holding[key]

    def _nearest(self, agency: int, right: TaskPermission) -> frozenset[int]:
        found = officers_at(agency, permission=right.value, at=self.at)
        if found:
            return frozenset(user.pk for user in found)
        for above in ancestors(agency, day_of(self.at)):
            granted = Grant.objects.in_force(self.at).filter(
                agency=above,
                includes_subordinates=True,
                role__permissions__permission=right.value,
                user__is_active=True,
            )
            there = frozenset(granted.values_list("user", flat=True))
            if there:
                return there
        return frozenset()

    def following(self, task: Task) -> frozenset[int]:
        """The follower; absent or gone, their stand-in, else the head. Where nobody was named, who confirms there."""
        follower = task.follower_id
        if follower is None:
            there = self.holding(task.agency_id, TaskPermission.CONFIRM)
            return there - self.holding(task.agency_id, TaskPermission.DECIDE) or there
        key = (follower, task.agency_id)
        if key not in self._following:
            self._following[key] = self._in_place_of(follower, task.agency_id)
        return self._following[key]

    def _in_place_of(self, follower: int, agency: int) -> frozenset[int]:
        standing = StandIn.objects.in_force(self.at).filter(absent=follower)
        found = frozenset(standing.values_list("substitute", flat=True))
        if found:
            return found
        user = User.objects.filter(pk=follower, is_active=True).first()
        here = heir(agency, day_of(self.at))
        if user and actor_for(user).holds(TaskPermission.CONFIRM, at=self.at, agency=here):
            return frozenset({follower})
        return self.holding(agency, TaskPermission.DECIDE)

    def head(self, task: Task) -> frozenset[int]:
        """Who leads where the follower works; without follower, the agency that gave the task."""
        if task.follower is None:
            return self.holding(task.agency_id, TaskPermission.DECIDE)
        key = (task.follower.pk, task.agency_id)
        if key not in self._heads:
            worker = f"user:{task.follower.uuid}"
            found = agencies_of([worker], day_of(self.at)).get(worker, task.agency_id)
            self._heads[key] = self.holding(found, TaskPermission.DECIDE)
        return self._heads[key]
