"""How much waits for the reader's agencies: asked on every page of work, by its menu."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import F, Q

from tinhso.calendars.clock import day_of
from tinhso.kernel.asking import Among, Counted
from tinhso.kernel.compiled import Compiled
from tinhso.tasks.models import State, Task
from tinhso.tasks.models.scopes import held
from tinhso.tasks.permissions import TaskPermission
from tinhso.tasks.queries.tasks import LATE, pace_views

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from django.db.models import QuerySet

    from tinhso.kernel.actors import Actor


@dataclass(frozen=True)
class Waiting:
    """What waits for the reader's agencies: late and new of what they lead, late of what they gave."""

    led_late: int
    led_new: int
    given_late: int


def waiting(actor: Actor, *, at: datetime) -> Waiting:
    """Each side by its own index, in one question."""
    agencies = held(actor, TaskPermission.READ, at=at)
    on = day_of(at)
    if agencies is None:
        late, new = _EVERYWHERE.first(on=on) or (0, 0)
        return Waiting(late, new, late)
    led_late, led_new, given_late, _new = _HERE.first(on=on, keys=list(agencies)) or (0, 0, 0, 0)
    return Waiting(led_late, led_new, given_late)


def _everywhere(on: date) -> QuerySet[Task, Any]:
    is_late, is_new = pace_views(on)[LATE], Q(state=State.ISSUED)
    return Task.objects.to_do().open().order_by().values_list(Counted(is_late), Counted(is_new))


def _led(on: date, keys: Sequence[int]) -> QuerySet[Task, Any]:
    return _everywhere(on).filter(Among(F("lead"), keys))


def _given(on: date, keys: Sequence[int]) -> QuerySet[Task, Any]:
    return _everywhere(on).filter(Among(F("agency"), keys))


_DAY = date(1, 1, 1)
# Planned anew each time: the index holds open tasks alone, which a plan for any states could not use.
_EVERYWHERE = Compiled(_everywhere, plans_anew=True, on=_DAY)
_HERE = Compiled(_led, plans_anew=True, on=_DAY, keys=[-1]).within(
    "SELECT * FROM ({0}) led, ({1}) given", Compiled(_given, on=_DAY, keys=[-1])
)
