"""The figures of one agency as a report takes them: from the records, by the definitions in force."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from tinhso.agencies.queries import descendants, inherited
from tinhso.indicators import catalogue
from tinhso.indicators.definitions import Direction, MeasureKind, Status
from tinhso.indicators.models.reports import Source
from tinhso.indicators.models.targets import Target
from tinhso.indicators.queries import Cut, observe
from tinhso.indicators.reports.providers import Offer
from tinhso.kernel.actors import SystemActor
from tinhso.ui.formatting import number
from tinhso.warehouse.errors import FactsUnavailable, NotYetBuilt
from tinhso.warehouse.reading import Lake

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date, datetime

    from tinhso.indicators.definitions import Indicator
    from tinhso.indicators.models.reports import ReportFigure

_SUMMED = frozenset({MeasureKind.COUNT, MeasureKind.SUM, MeasureKind.MEAN})
READER = SystemActor("reports")
"""Who observes for a report: the figures are the agency's own, whoever of its people opens it."""


@dataclass(frozen=True)
class Taken:
    """One figure as it was taken."""

    indicator: str
    source: Source
    definition: str = ""
    value: Decimal | None = None
    numerator: int | None = None
    denominator: int | None = None
    snapshots: dict[str, int] = field(default_factory=dict)


def reach(agency: int, on: date) -> frozenset[int]:
    """The agencies whose records count as the agency's own: itself, those below it, those that it alone follows."""
    below = descendants(agency, on)
    return below | inherited(below, on)


def taken(
    codes: Sequence[str], agencies: frozenset[int], first: date, last: date, *, at: datetime
) -> list[Taken]:
    """Each figure of the agencies together; what cannot be worked out says so and is never zero."""
    known = catalogue.in_force()
    lake = Lake()
    cut = Cut(first, last, within=agencies)
    found = {code: _without_source(code, known) for code in codes}
    by_fact: dict[str, list[str]] = {}
    for code in codes:
        if code in known and known[code].status is Status.COMPUTED:
            by_fact.setdefault(known[code].fact, []).append(code)
    for fact, asked in by_fact.items():
        try:
            observed = observe(asked, cut, actor=READER, at=at, lake=lake)
            snapshots = {fact: lake.snapshot(fact).pk}
        except (FactsUnavailable, NotYetBuilt):
            found |= {code: Taken(code, Source.UNAVAILABLE, known[code].version) for code in asked}
            continue
        for code, (cell,) in observed.items():
            found[code] = Taken(
                code,
                Source.COMPUTED,
                cell.version,
                cell.value,
                cell.numerator,
                cell.denominator,
                snapshots,
            )
    return [found[code] for code in codes]


def _without_source(code: str, known: Mapping[str, Indicator]) -> Taken:
    return Taken(code, Source.NO_SOURCE, known[code].version if code in known else "")


@dataclass(frozen=True)
class Numbers:
    """A figure in numbers: of a ratio the part and the whole too."""

    value: Decimal | None
    numerator: int | None = None
    denominator: int | None = None

    def stored(self) -> dict[str, Any]:
        """As JSON values; a decimal travels as text."""
        return {
            "value": None if self.value is None else str(self.value),
            "numerator": self.numerator,
            "denominator": self.denominator,
        }


def numbers_of(stored: Mapping[str, Any]) -> Numbers:
    """The numbers that JSON values hold."""
    value = stored["value"]
    return Numbers(
        None if value is None else Decimal(value), stored["numerator"], stored["denominator"]
    )


def said(figure: ReportFigure) -> Numbers:
    """What stands: what the agency says where it corrected the figure, else what the records say."""
    if figure.stated:
        return numbers_of(figure.stated)
    return Numbers(figure.value, figure.numerator, figure.denominator)


def is_summed(indicator: Indicator | None) -> bool:
    """Whether the figures of two agencies add up to that of both: a median does not."""
    if indicator is None:
        return True
    if indicator.is_ratio:
        return True
    measure = indicator.measure
    return indicator.formula is None and (measure is None or measure.kind in _SUMMED)


def total(indicator: Indicator | None, parts: Iterable[Numbers]) -> Numbers:
    """The figure of all units together: parts and wholes are added and divided anew, percentages never.

    What cannot be added (a median, a percentile) is None. Units without a figure add nothing.
    """
    known = [part for part in parts if part.value is not None or part.denominator is not None]
    if not known or not is_summed(indicator):
        return Numbers(None)
    if indicator is not None and indicator.is_ratio:
        numerator = sum(part.numerator or 0 for part in known)
        denominator = sum(part.denominator or 0 for part in known)
        return Numbers(indicator.value(numerator, denominator), numerator, denominator)
    if _is_mean(indicator):
        return _mean(indicator, known)
    return Numbers(sum((part.value or Decimal(0) for part in known), Decimal(0)))


def _is_mean(indicator: Indicator | None) -> bool:
    measure = indicator.measure if indicator else None
    return measure is not None and measure.kind is MeasureKind.MEAN


def _mean(indicator: Indicator | None, parts: Sequence[Numbers]) -> Numbers:
    """Means weigh by how many rows each is of."""
    rows = sum(part.denominator or 0 for part in parts)
    if not rows or indicator is None:
        return Numbers(None, None, rows)
    products = ((part.value or Decimal(0)) * (part.denominator or 0) for part in parts)
    whole = sum(products, Decimal(0))
    return Numbers(indicator.rounded(whole / rows), None, rows)


def missed_targets(
    figures: Iterable[Taken], agencies: frozenset[int], agency: int, first: date, last: date
) -> list[Offer]:
    """A sentence for each target of the agency, or of the province, that its figure misses, with the gap."""
    known = catalogue.in_force()
    by_code = {figure.indicator: figure for figure in figures if figure.value is not None}
    targets = (
        Target.objects.standing()
        .filter(place="", indicator__in=by_code)
        .between(first, last)
        .of(agencies)
        .order_by("indicator", "value", "pk")
    )
    offers = []
    for target in targets:
        figure, indicator = by_code[target.indicator], known[target.indicator]
        if target.agency_id in {None, agency} and _misses(indicator, figure, target.value):
            words = _gap(indicator, figure, target)
            offers.append(Offer(f"target:{target.uuid}", words))
    return offers


def _misses(indicator: Indicator, figure: Taken, target: Decimal) -> bool:
    if figure.value is None:
        return False
    if indicator.direction is Direction.HIGHER:
        return figure.value < target
    return indicator.direction is Direction.LOWER and figure.value > target


def _gap(indicator: Indicator, figure: Taken, target: Target) -> str:
    """What the sentence says: how much, of how much, how far from which target of whom."""
    value = figure.value or Decimal(0)
    points = "điểm phần trăm" if indicator.unit == "%" else indicator.unit
    where = "thấp hơn" if value < target.value else "cao hơn"
    of = f" ({number(figure.numerator)}/{number(figure.denominator)})" if indicator.is_ratio else ""
    origin = target.document or target.issuer
    return (
        f"{indicator.name} là {number(value)} {indicator.unit}{of},"
        f" {where} chỉ tiêu {number(target.value)} {indicator.unit} là"
        f" {number(abs(value - target.value))} {points}"
        f"{f' (theo {origin})' if origin else ''}."
    )
