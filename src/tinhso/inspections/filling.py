"""What is filled in of a unit: figures by criterion, late tasks, obstacles, the remedies of its last inspection."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tinhso.agencies.queries import carried_on
from tinhso.calendars.clock import day_of
from tinhso.indicators import catalogue
from tinhso.indicators.models import ReportedFigure, ReportFigure
from tinhso.indicators.reports.figures import numbers_of, reach, taken
from tinhso.inspections.models import Inspection, Recommendation, State
from tinhso.inspections.remedies import is_over, outcome_of
from tinhso.tasks.models import Task
from tinhso.tasks.queries.obstacles import open_of

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import date, datetime
    from decimal import Decimal

    from tinhso.indicators.definitions import Indicator
    from tinhso.indicators.reports.figures import Taken
    from tinhso.inspections.models import Plan

MOST = 30
"""So many late tasks or obstacles are listed; the first of the oldest."""


def content_of(inspection: Inspection, *, at: datetime) -> dict[str, Any]:
    """All of it as JSON values; a figure without a source has no value."""
    on = day_of(at)
    unit = reach(inspection.unit_id, on)
    late = Task.objects.filter(lead__in=unit).late(on).order_by("deadline_on", "pk")
    stuck = open_of(unit)
    return {
        "figures": figures_of(inspection, unit, at=at),
        "tasks": [
            {"uuid": str(one.uuid), "text": one.text, "day": str(one.deadline_on)}
            for one in late[:MOST]
        ],
        "obstacles": [
            {"uuid": str(one.uuid), "text": one.text, "day": str(one.due_on)}
            for one in stuck[:MOST]
        ],
        "more": {
            "tasks": max(late.count() - MOST, 0),
            "obstacles": max(stuck.count() - MOST, 0),
        },
        "remedies": remedies_of(inspection, on),
    }


def figures_of(
    inspection: Inspection, unit: frozenset[int], *, at: datetime
) -> dict[str, list[dict[str, Any]]]:
    """The figures that answer each criterion, and what the unit reported beside the records of the same days.

    They are the unit's own, as those of its reports are: whoever of the team prepares, the same figures stand there.
    """
    plan = inspection.plan
    items = {item.code: item.figures for item in inspection.items.order_by("ordinal")}
    codes = list(dict.fromkeys(code for found in items.values() for code in found))
    known = catalogue.in_force()
    whole = {one.indicator: one for one in taken(codes, unit, plan.first, plan.last, at=at)}
    told = reported_by(inspection, codes)
    beside = _beside(told, whole, unit, plan, at)
    shown = {
        code: figure_of(known.get(code), whole[code], told.get(code), beside.get(code))
        for code in codes
    }
    return {item: [shown[code] for code in found] for item, found in items.items() if found}


@dataclass(frozen=True)
class Told:
    """What the unit said of an indicator, and for which days."""

    value: Decimal
    first: date
    last: date


def reported_by(inspection: Inspection, codes: Collection[str]) -> dict[str, Told]:
    """The unit's latest word on each indicator for days that meet the period: in a report that it sent, or told."""
    plan, unit = inspection.plan, inspection.unit_id
    figures = ReportedFigure.objects.in_force().filter(indicator__in=codes, agency=unit)
    found = [
        (one.indicator, Told(one.value, one.first, one.last))
        for one in figures.between(plan.first, plan.last).order_by("pk")
        if one.value is not None
    ]
    lines = ReportFigure.objects.filter(
        indicator__in=codes,
        agency=unit,
        report__agency=unit,
        report__submitted_on__isnull=False,
        report__first__lte=plan.last,
        report__last__gte=plan.first,
    )
    for line in lines.select_related("report").order_by("pk"):
        value = numbers_of(line.stated).value if line.stated else line.value
        if value is not None:
            told = Told(value, line.report.first, line.report.last)
            found.append((line.indicator, told))
    found.sort(key=lambda pair: (pair[1].last, pair[1].first))
    return dict(found)


def _beside(
    told: Mapping[str, Told],
    whole: Mapping[str, Taken],
    unit: frozenset[int],
    plan: Plan,
    at: datetime,
) -> dict[str, Taken]:
    """The records of exactly the days of which the unit spoke: only these can be compared."""
    days: dict[tuple[date, date], list[str]] = {}
    for code, one in told.items():
        days.setdefault((one.first, one.last), []).append(code)
    same = days.pop((plan.first, plan.last), [])
    found = {code: whole[code] for code in same}
    for (first, last), codes in days.items():
        found |= {one.indicator: one for one in taken(codes, unit, first, last, at=at)}
    return found


def figure_of(
    definition: Indicator | None, whole: Taken, told: Told | None, beside: Taken | None
) -> dict[str, Any]:
    """One figure as JSON values: of the whole period, what the unit said, the records of these days. Pure."""
    then = beside.value if beside else None
    difference = None if told is None or then is None else told.value - then
    return {
        "code": whole.indicator,
        "name": definition.name if definition else whole.indicator,
        "name_en": definition.name_en if definition else "",
        "unit": definition.unit if definition else "",
        "unit_en": definition.unit_en if definition else "",
        "value": _text(whole.value),
        "numerator": whole.numerator,
        "denominator": whole.denominator,
        "source": whole.source,
        "reported": _text(told.value if told else None),
        "reported_first": str(told.first) if told else None,
        "reported_last": str(told.last) if told else None,
        "beside": _text(then),
        "difference": _text(difference),
    }


def _text(value: Decimal | None) -> str | None:
    return None if value is None else str(value)


def last_before(inspection: Inspection, on: date) -> Inspection | None:
    """The last inspection that came to a conclusion, of the unit or of those whose work it carries on."""
    units = {inspection.unit_id} | carried_on({inspection.unit_id}, on)
    done = Inspection.objects.filter(state__in=(State.CONCLUDED, State.CLOSED))
    earlier = done.filter(unit__in=units, visit_on__lt=inspection.visit_on)
    return earlier.exclude(pk=inspection.pk).order_by("-visit_on").first()


def remedies_of(inspection: Inspection, on: date) -> list[dict[str, Any]]:
    """What the last inspection asked of the unit, and whether it was done (khắc phục sau kiểm tra trước)."""
    before = last_before(inspection, on)
    if before is None:
        return []
    asked = Recommendation.objects.filter(inspection=before, is_dropped=False)
    return [
        {
            "inspection": str(before.uuid),
            "visit": str(before.visit_on),
            "text": one.text,
            "task": str(one.task.uuid) if one.task else None,
            "state": one.task.state if one.task else "",
            "is_over": is_over(one),
            "outcome": outcome_of(one),
        }
        for one in asked.select_related("task").order_by("ordinal")
    ]
