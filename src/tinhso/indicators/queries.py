"""The door to figures: what the records say, which records they are, which indicators there are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tinhso.indicators import catalogue as _catalogue
from tinhso.indicators.cutting import (
    UNALLOCATED,
    UNKNOWN,
    Agencies,
    Cut,
    cut_off,
    month,
    quarter,
    year,
)
from tinhso.indicators.definitions import Direction, Indicator, Status
from tinhso.indicators.listing import Record, Records, records
from tinhso.indicators.models import Target
from tinhso.indicators.observing import Completeness, Observation, observe
from tinhso.indicators.permissions import IndicatorPermission
from tinhso.kernel.permissions import require

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from django.db.models import QuerySet

    from tinhso.kernel.actors import Actor

__all__ = [
    "UNALLOCATED",
    "UNKNOWN",
    "Agencies",
    "Completeness",
    "Cut",
    "Direction",
    "Indicator",
    "Observation",
    "Record",
    "Records",
    "Status",
    "catalogue",
    "cut_off",
    "month",
    "observe",
    "quarter",
    "records",
    "targets_for",
    "year",
]


def catalogue(actor: Actor, at: datetime) -> list[Indicator]:
    """Every indicator of the packs in force, also those without a source yet (`status`)."""
    require(actor, IndicatorPermission.READ, at=at)
    return list(_catalogue.in_force().values())


def targets_for(codes: Sequence[str], cut: Cut, *, actor: Actor, at: datetime) -> QuerySet[Target]:
    """Targets that meet the interval: the province's, and those of agencies that the actor reads."""
    require(actor, IndicatorPermission.READ, at=at)
    scope = actor.scope(IndicatorPermission.READ, at=at)
    of_place = Target.objects.standing().filter(place="", indicator__in=codes)
    reached = None if scope.everywhere else scope.agencies
    return of_place.between(cut.first, cut.last).of(reached).order_by("indicator", "first", "level")
