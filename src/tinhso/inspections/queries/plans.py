"""Reads of plans: lists, other inspections of the same unit in the year, units side by side, one unit over years."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tinhso.agencies.queries import names_of
from tinhso.inspections.models import Inspection, Item, Judgement, Note
from tinhso.inspections.queries.sheets import SHAPES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from tinhso.inspections.models import Plan


@dataclass(frozen=True)
class VisitRow:
    """One inspection of a list; `others` are the unit's other inspections in the same year."""

    inspection: Inspection
    unit: str
    others: list[Inspection]


@dataclass(frozen=True)
class Cell:
    """What was judged of a criterion at one inspection."""

    shape: str
    word: str


@dataclass(frozen=True)
class Line:
    """One criterion across several inspections."""

    group: str
    text: str
    cells: list[Cell]


@dataclass(frozen=True)
class Comparison:
    """Inspections side by side: their heads (unit or year), and a line a criterion."""

    heads: list[str]
    lines: list[Line]


def visits(inspections: Iterable[Inspection], on: date) -> list[VisitRow]:
    """Inspections with the unit's name, and what else is planned for the unit that year (trùng lặp)."""
    found = list(inspections)
    units = {one.unit_id for one in found}
    names = names_of(units, on)
    everything = Inspection.objects.filter(unit__in=units).select_related("plan")
    by_unit: dict[int, list[Inspection]] = defaultdict(list)
    for one in everything.order_by("visit_on"):
        by_unit[one.unit_id].append(one)
    return [
        VisitRow(
            inspection=one,
            unit=names.get(one.unit_id, ""),
            others=[
                other
                for other in by_unit[one.unit_id]
                if other.pk != one.pk and other.visit_on.year == one.visit_on.year
            ],
        )
        for one in found
    ]


def side_by_side(plan: Plan, inspections: Sequence[Inspection], on: date) -> Comparison:
    """The units of one plan, as far as the reader sees what was noted."""
    del plan
    names = names_of({one.unit_id for one in inspections}, on)
    return _compared(inspections, [names.get(one.unit_id, "") for one in inspections])


def over_years(inspections: Sequence[Inspection]) -> Comparison:
    """The inspections of one unit by their visits, the earliest first."""
    ordered = sorted(inspections, key=lambda one: one.visit_on)
    return _compared(ordered, [f"{one.visit_on:%m/%Y}" for one in ordered])


def _compared(inspections: Sequence[Inspection], heads: list[str]) -> Comparison:
    items = Item.objects.filter(inspection__in=inspections).order_by("ordinal")
    lines: dict[str, tuple[str, str]] = {}
    places: dict[tuple[int, str], int] = {}
    for item in items:
        lines.setdefault(item.code, (item.group, item.text))
        places[item.inspection_id, item.code] = item.pk
    judged = _judgements(list(places.values()))
    return Comparison(
        heads,
        [
            Line(
                group,
                text,
                [_cell(judged.get(places.get((one.pk, code), 0), "")) for one in inspections],
            )
            for code, (group, text) in lines.items()
        ],
    )


def _judgements(items: Sequence[int]) -> Mapping[int, str]:
    notes = Note.objects.filter(item__in=items, is_aside=False).order_by("version")
    return {note.item_id: note.judgement for note in notes}


def _cell(judgement: str) -> Cell:
    return Cell(SHAPES.get(judgement, "wait"), str(Judgement(judgement).label))
