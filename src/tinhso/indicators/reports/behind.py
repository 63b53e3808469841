"""What stands behind a figure of a report: the records counted in the states that it read, or the units added up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tinhso.agencies.queries import names_of
from tinhso.events.naming import names_of as people_of
from tinhso.indicators.definitions import Status
from tinhso.indicators.models.reports import ReportFigure, Source
from tinhso.indicators.permissions import IndicatorPermission
from tinhso.indicators.queries import Cut, Records, records
from tinhso.indicators.reports.content import wanting_of
from tinhso.indicators.reports.figures import reach, said
from tinhso.warehouse.errors import FactsUnavailable, NotYetBuilt
from tinhso.warehouse.models import Snapshot
from tinhso.warehouse.reading import Lake

if TYPE_CHECKING:
    from datetime import datetime

    from tinhso.indicators.definitions import Indicator
    from tinhso.indicators.models.reports import FigureCorrection
    from tinhso.indicators.reports.figures import Numbers
    from tinhso.kernel.actors import Actor

PARTS = ("numerator", "denominator", "missing")


@dataclass(frozen=True)
class Behind:
    """The records of a figure, or why they cannot be listed: `why` is a word that the page explains."""

    records: Records | None = None
    why: str = ""


def records_of(figure: ReportFigure, part: str, *, actor: Actor, at: datetime, page: int) -> Behind:
    """The records that the figure counted, in the state of the facts that it was read from; else as they are now."""
    if figure.source != Source.COMPUTED or figure.agency_id is None:
        return Behind(why="no_records")
    if not actor.holds(IndicatorPermission.READ, at=at):
        return Behind(why="no_right")
    report = figure.report
    cut = Cut(report.first, report.last, within=reach(figure.agency_id, report.last))
    chosen: Any = part if part in PARTS else "numerator"
    kept = {key: Snapshot.objects.filter(pk=pk).first() for key, pk in figure.snapshots.items()}
    pinned = {key: snapshot for key, snapshot in kept.items() if snapshot}
    ways = [("", Lake(pinned))] if len(pinned) == len(figure.snapshots) else []
    for why, lake in [*ways, ("now", Lake())]:
        try:
            found = records(
                figure.indicator, cut, None, chosen, actor=actor, at=at, page=page, lake=lake
            )
        except (FactsUnavailable, NotYetBuilt):
            continue
        return Behind(found, why)
    return Behind(why="gone")


@dataclass(frozen=True)
class Unit:
    """What one unit contributed to the figure of all: its numbers, and the sending that they came with."""

    name: str
    numbers: Numbers
    is_corrected: bool
    report: str
    number: int


def units_of(figure: ReportFigure, indicator: Indicator | None) -> list[Unit]:
    """The units whose figures were added up, by name; of a figure that was not added up none."""
    del indicator
    if figure.source != Source.SUMMED:
        return []
    lines = ReportFigure.objects.filter(
        report=figure.report_id, indicator=figure.indicator, origin__isnull=False
    ).select_related("origin__report")
    names = names_of({line.agency_id for line in lines if line.agency_id}, figure.report.last)
    found = [
        Unit(
            name=names.get(line.agency_id or 0, ""),
            numbers=said(line),
            is_corrected=line.stated is not None,
            report=str(line.origin.report.uuid),
            number=line.origin.number,
        )
        for line in lines
        if line.origin is not None
    ]
    return sorted(found, key=lambda unit: unit.name)


def corrections_of(figure: ReportFigure) -> list[tuple[FigureCorrection, str]]:
    """What was said in place of the figure, the latest first, each with who said it."""
    rows = list(figure.corrections.order_by("-pk"))
    people = people_of([row.actor for row in rows])
    return [(row, people[row.actor]) for row in rows]


def content_of_figure(figure: ReportFigure, indicator: Indicator | None) -> dict[str, Any]:
    """The figure and its indicator as the content of a report has them."""
    newest = figure.corrections.filter(is_withdrawn=False).order_by("pk").last()
    return {
        "figure": {
            "uuid": str(figure.uuid),
            "source": figure.source,
            "value": None if figure.value is None else str(figure.value),
            "numerator": figure.numerator,
            "denominator": figure.denominator,
            "stated": figure.stated,
            "wanting": wanting_of(figure) if figure.source == Source.SUMMED else None,
            "reason": newest.reason if newest and figure.stated else "",
        },
        "indicator": {
            "name": indicator.title if indicator else figure.indicator,
            "unit": indicator.unit_title if indicator else "",
            "is_ratio": indicator is not None
            and indicator.status is Status.COMPUTED
            and indicator.is_ratio,
        },
    }
