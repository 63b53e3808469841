"""The door to figures: what the records say, which records they are, which indicators there are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

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
from tinhso.indicators.judging import Judgement, Verdict, judge
from tinhso.indicators.listing import Record, Records, records
from tinhso.indicators.models import ReportedFigure, Target
from tinhso.indicators.observing import Completeness, Observation, observe
from tinhso.indicators.permissions import IndicatorPermission
from tinhso.indicators.placing import NOW, Turns, placed
from tinhso.kernel.permissions import require
from tinhso.warehouse.reading import table_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    import ibis
    from django.db.models import QuerySet

    from tinhso.kernel.actors import Actor

__all__ = [
    "NOW",
    "UNALLOCATED",
    "UNKNOWN",
    "Agencies",
    "Completeness",
    "Cut",
    "Direction",
    "Indicator",
    "Judgement",
    "Observation",
    "Record",
    "Records",
    "Status",
    "Verdict",
    "catalogue",
    "cut_off",
    "judge",
    "month",
    "observe",
    "past_targets",
    "quarter",
    "records",
    "reported",
    "targets_for",
    "under_agencies_of",
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


def past_targets(codes: Sequence[str], *, actor: Actor, at: datetime) -> QuerySet[Target]:
    """Targets that the sources tell of other provinces and times: history, judging nobody here."""
    require(actor, IndicatorPermission.READ, at=at)
    told = Target.objects.standing().filter(indicator__in=codes).exclude(place="")
    return told.order_by("indicator", "first")


def reported(codes: Sequence[str], *, actor: Actor, at: datetime) -> QuerySet[ReportedFigure]:
    """What others told of these indicators: of the province and of agencies that the actor reads, newest last."""
    require(actor, IndicatorPermission.READ, at=at)
    scope = actor.scope(IndicatorPermission.READ, at=at)
    found = ReportedFigure.objects.in_force().filter(indicator__in=codes)
    if not scope.everywhere:
        found = found.filter(Q(agency=None) | Q(agency__in=scope.agencies))
    return found.order_by("indicator", "first", "pk")


def under_agencies_of(table: ibis.Table, fact: str, day: date) -> ibis.Table:
    """Rows of a fact table with the agency that has each on a day (`NOW`): null where nothing places it."""
    return placed(table, table_of(fact), Turns.until(day))
