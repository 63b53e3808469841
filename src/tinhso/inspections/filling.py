"""What is filled in of a unit: figures by criterion, late tasks, obstacles, the remedies of its last inspection."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tinhso.agencies.queries import descendants
from tinhso.calendars.clock import day_of
from tinhso.indicators import queries as indicators
from tinhso.indicators.models import ReportedFigure
from tinhso.indicators.permissions import IndicatorPermission
from tinhso.inspections.models import Inspection, Recheck, Recommendation, State
from tinhso.kernel.errors import DomainError
from tinhso.tasks.models import Task
from tinhso.tasks.queries.obstacles import open_of

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import datetime

    from tinhso.indicators.queries import Cut, Indicator, Observation
    from tinhso.kernel.actors import Actor

MOST = 30
"""So many late tasks or obstacles are listed; the first of the oldest."""


def content_of(inspection: Inspection, *, actor: Actor, at: datetime) -> dict[str, Any]:
    """All of it as JSON values; a figure without a source has no value and says why."""
    on = day_of(at)
    unit = descendants(inspection.unit_id, on) or frozenset({inspection.unit_id})
    late = Task.objects.filter(lead__in=unit).late(on).order_by("deadline_on", "pk")[:MOST]
    return {
        "figures": figures_of(inspection, unit, actor=actor, at=at),
        "tasks": [
            {"uuid": str(one.uuid), "text": one.text, "day": str(one.deadline_on)} for one in late
        ],
        "obstacles": [
            {"uuid": str(one.uuid), "text": one.text, "day": str(one.due_on)}
            for one in open_of(unit)[:MOST]
        ],
        "remedies": remedies_of(inspection),
    }


def figures_of(
    inspection: Inspection, unit: frozenset[int], *, actor: Actor, at: datetime
) -> dict[str, list[dict[str, Any]]]:
    """The figures that answer each criterion, beside what the unit reported for the same days."""
    plan = inspection.plan
    cut = indicators.Cut(plan.first, plan.last, within=unit)
    items = {item.code: item.figures for item in inspection.items.order_by("ordinal")}
    codes = list(dict.fromkeys(code for found in items.values() for code in found))
    known = _definitions(codes, actor=actor, at=at)
    seen = _observed([code for code in codes if code in known], cut, actor=actor, at=at)
    told = {code: _figure(code, known.get(code), seen.get(code), inspection) for code in codes}
    return {item: [told[code] for code in found] for item, found in items.items() if found}


def _definitions(codes: Collection[str], *, actor: Actor, at: datetime) -> Mapping[str, Indicator]:
    if not codes or not actor.holds(IndicatorPermission.READ, at=at):
        return {}
    return {each.code: each for each in indicators.catalogue(actor, at) if each.code in codes}


def _observed(codes: list[str], cut: Cut, *, actor: Actor, at: datetime) -> dict[str, Observation]:
    """What can be observed; where the facts of one indicator cannot be read, the others still are."""
    try:
        found = indicators.observe(codes, cut, actor=actor, at=at)
    except DomainError:
        if len(codes) == 1:
            return {}
        return {
            code: one
            for each in codes
            for code, one in _observed([each], cut, actor=actor, at=at).items()
        }
    return {code: rows[0] for code, rows in found.items() if rows}


def _figure(
    code: str, definition: Indicator | None, seen: Observation | None, inspection: Inspection
) -> dict[str, Any]:
    reported = _reported(code, inspection)
    value = seen.value if seen and not seen.hidden else None
    told = reported.value if reported else None
    difference = None if value is None or told is None else value - told
    return {
        "code": code,
        "name": definition.name if definition else code,
        "unit": definition.unit if definition else "",
        "value": None if value is None else str(value),
        "numerator": seen.numerator if seen else None,
        "denominator": seen.denominator if seen else None,
        "reported": None if told is None else str(told),
        "difference": None if difference is None else str(difference),
    }


def _reported(code: str, inspection: Inspection) -> ReportedFigure | None:
    """The latest figure that the unit itself told for days of the period."""
    plan = inspection.plan
    told = ReportedFigure.objects.in_force().between(plan.first, plan.last)
    return told.filter(indicator=code, agency=inspection.unit_id).order_by("-last", "-pk").first()


def last_before(inspection: Inspection) -> Inspection | None:
    """The unit's last inspection that came to a conclusion."""
    done = Inspection.objects.filter(state__in=(State.CONCLUDED, State.CLOSED))
    earlier = done.filter(unit=inspection.unit_id, visit_on__lt=inspection.visit_on)
    return earlier.exclude(pk=inspection.pk).order_by("-visit_on").first()


def remedies_of(inspection: Inspection) -> list[dict[str, Any]]:
    """What the last inspection asked of the unit, and whether it was done (khắc phục sau kiểm tra trước)."""
    before = last_before(inspection)
    if before is None:
        return []
    asked = Recommendation.objects.filter(inspection=before, is_dropped=False)
    return [
        {
            "inspection": str(before.uuid),
            "visit": str(before.visit_on),
            "text": one.text,
            "task": str(one.task.uuid) if one.task else None,
            "state": one.task.get_state_display() if one.task else "",
            "outcome": outcome_of(one),
        }
        for one in asked.select_related("task").order_by("ordinal")
    ]


def outcome_of(recommendation: Recommendation) -> str:
    """What the last look at a recommendation found; empty when nobody looked again."""
    last = Recheck.objects.filter(recommendation=recommendation).order_by("-pk").first()
    return last.outcome if last else ""
