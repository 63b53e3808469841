"""Reads of plans: lists, other inspections of the same unit in the year, units side by side, one unit over years."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any

from tinhso.agencies.queries import name_of, names_of
from tinhso.inspections import checklists
from tinhso.inspections.checklists import in_words
from tinhso.inspections.models import Inspection, Item, Judgement, Note
from tinhso.inspections.queries.sheets import SHAPES, prepared, shown_figure
from tinhso.inspections.queries.standing import Standing, standing
from tinhso.inspections.remedies import is_remedied

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from tinhso.inspections.queries.sheets import ShownFigure


@dataclass(frozen=True)
class VisitRow:
    """One inspection of a list; `others` are the unit's other inspections in the same year."""

    inspection: Inspection
    unit: str
    standing: Standing
    others: list[Inspection]


@dataclass(frozen=True)
class Cell:
    """What was judged of a criterion at one inspection, with the figures that were filled in."""

    shape: str
    word: str
    figures: list[ShownFigure]


@dataclass(frozen=True)
class Line:
    """One criterion across several inspections."""

    group: str
    text: str
    cells: list[Cell]


@dataclass(frozen=True)
class Group:
    """The criteria of one content."""

    name: str
    lines: list[Line]


@dataclass(frozen=True)
class Head:
    """The head of a column: the inspection, by unit or by month, and how much of what it asked for is done."""

    inspection: Inspection
    text: str
    asked: int
    done: int


@dataclass(frozen=True)
class Comparison:
    """Inspections side by side: their heads, and a line a criterion."""

    heads: list[Head]
    lines: list[Line]

    @property
    def groups(self) -> list[Group]:
        """The lines by content, in order."""
        return [
            Group(name, list(part)) for name, part in groupby(self.lines, lambda line: line.group)
        ]

    @property
    def width(self) -> int:
        """How many columns there are."""
        return len(self.heads) + 1


def visits(inspections: Iterable[Inspection], on: date, *, today: date) -> list[VisitRow]:
    """Inspections with the unit's name `on` a day, and what else is planned for the unit that year (trùng lặp)."""
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
            unit=names.get(one.unit_id) or name_of(one.unit_id, one.visit_on),
            standing=standing(one, today),
            others=[
                other
                for other in by_unit[one.unit_id]
                if other.pk != one.pk and other.visit_on.year == one.visit_on.year
            ],
        )
        for one in found
    ]


def side_by_side(inspections: Sequence[Inspection]) -> Comparison:
    """The units of one plan, as far as the reader sees what was noted."""
    return _compared(inspections, [name_of(one.unit_id, one.visit_on) for one in inspections])


def over_years(inspections: Sequence[Inspection]) -> Comparison:
    """The inspections of one unit, and of those that it follows, by their visits, the earliest first."""
    ordered = sorted(inspections, key=lambda one: one.visit_on)
    heads = [f"{one.visit_on:%m/%Y}" for one in ordered]
    if len({one.unit_id for one in ordered}) > 1:
        heads = [
            f"{head} · {name_of(one.unit_id, one.visit_on)}"
            for head, one in zip(heads, ordered, strict=True)
        ]
    return _compared(ordered, heads)


def _compared(inspections: Sequence[Inspection], heads: list[str]) -> Comparison:
    items = Item.objects.filter(inspection__in=inspections).order_by("ordinal", "pk")
    lines: dict[str, tuple[str, str]] = {}
    places: dict[tuple[int, str], int] = {}
    known = checklists.in_force()
    for item in items.select_related("inspection__plan"):
        checklist = known.get(item.inspection.plan.checklist)
        group, text = (in_words(item.code, said, checklist) for said in (item.group, item.text))
        lines.setdefault(item.code, (group, text))
        places[item.inspection_id, item.code] = item.pk
    judged = _judgements(list(places.values()))
    told = {one.pk: prepared(one)[0]["figures"] for one in inspections}
    return Comparison(
        [_head(one, head) for one, head in zip(inspections, heads, strict=True)],
        [
            Line(
                group,
                text,
                [
                    _cell(judged.get(places.get((one.pk, code), 0), ""), told[one.pk].get(code, []))
                    for one in inspections
                ],
            )
            for code, (group, text) in lines.items()
        ],
    )


def _head(inspection: Inspection, text: str) -> Head:
    asked = list(inspection.recommendations.filter(is_dropped=False).select_related("task"))
    return Head(inspection, text, len(asked), sum(is_remedied(one) for one in asked))


def _judgements(items: Sequence[int]) -> Mapping[int, str]:
    notes = Note.objects.filter(item__in=items, is_aside=False).order_by("version")
    return {note.item_id: note.judgement for note in notes}


def _cell(judgement: str, told: Sequence[Mapping[str, Any]]) -> Cell:
    shown = [shown_figure(one) for one in told if one["value"] is not None]
    return Cell(SHAPES.get(judgement, "wait"), str(Judgement(judgement).label), shown)
