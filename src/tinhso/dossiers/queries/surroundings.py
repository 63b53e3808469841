"""What the officers' menu asks on every page, in one question."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from django.db.models import Exists

from tinhso.dossiers.models import ImportBatch
from tinhso.dossiers.permissions import DossierPermission
from tinhso.dossiers.queries.chosen import LATE, Shape, marked, used
from tinhso.kernel.asking import Counted
from tinhso.kernel.compiled import Compiled

if TYPE_CHECKING:
    from datetime import datetime

    from django.db.models import QuerySet

    from tinhso.dossiers.models import WorkItem
    from tinhso.kernel.actors import Actor


@dataclass(frozen=True)
class Surroundings:
    """How much of the actor's open work is late, and whether anything was ever brought in from another system."""

    late: int
    has_history: bool


def surroundings_of(actor: Actor, *, at: datetime) -> Surroundings:
    """What the menu shows the actor at the instant."""
    scope = actor.scope(DossierPermission.READ_QUEUE, at=at)
    found = _asked(scope.everywhere).first(here=sorted(scope.agencies), at=at)
    return Surroundings(*(found or (0, False)))


def open_work(actor: Actor, *, at: datetime) -> int:
    """How much open work lies at the actor's agencies."""
    scope = actor.scope(DossierPermission.READ_QUEUE, at=at)
    (count,) = _counted(scope.everywhere).first(here=sorted(scope.agencies)) or (0,)
    return int(count)


@lru_cache(maxsize=2)
def _asked(is_everywhere: bool) -> Compiled:
    shape = Shape(is_everywhere, (), (), LATE)

    def asked(**_marks: Any) -> QuerySet[WorkItem, Any]:
        history = Exists(ImportBatch.objects.all())
        return marked(shape).chosen.values_list(Counted(), history)

    return Compiled(asked, **used(shape, "at"))


@lru_cache(maxsize=2)
def _counted(is_everywhere: bool) -> Compiled:
    shape = Shape(is_everywhere, (), ())

    def counted(**_marks: Any) -> QuerySet[WorkItem, Any]:
        return marked(shape).items.values_list(Counted())

    return Compiled(counted, **used(shape))
