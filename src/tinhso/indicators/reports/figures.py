"""The figures of one agency as a report takes them: from the records, by the definitions in force."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.urls import reverse

from tinhso.agencies.queries import descendants, inherited
from tinhso.indicators import catalogue
from tinhso.indicators.definitions import Direction, MeasureKind, Status
from tinhso.indicators.models.reports import FigureCorrection, Source
from tinhso.indicators.models.targets import Target
from tinhso.indicators.queries import Cut, observe
from tinhso.indicators.reports.providers import Offer
from tinhso.kernel.actors import SystemActor
from tinhso.ui import formatting
from tinhso.ui.formatting import number
from tinhso.warehouse.errors import FactsUnavailable, NotYetBuilt
from tinhso.warehouse.reading import Lake

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from datetime import date, datetime

    from tinhso.indicators.definitions import Indicator
    from tinhso.indicators.models.reports import Report, ReportFigure

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


def recorded(figure: ReportFigure) -> Numbers:
    """What the records say."""
    return Numbers(figure.value, figure.numerator, figure.denominator)


def said(figure: ReportFigure) -> Numbers:
    """What stands: what the agency says where it corrected the figure, else what the records say."""
    if figure.stated:
        return numbers_of(figure.stated)
    return recorded(figure)


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


def missed_targets(report: Report, agencies: frozenset[int]) -> list[Offer]:
    """A sentence for each target of the agency, or of the province, that a figure of its report misses, with the gap.

    Where the agency corrected the figure the sentence says both numbers and why: it is offered when either misses.
    """
    known = catalogue.in_force()
    by_code = {each.indicator: each for each in report.figures.all() if each.indicator in known}
    targets = (
        Target.objects.standing()
        .filter(place="", indicator__in=by_code)
        .between(report.first, report.last)
        .of(agencies)
        .order_by("indicator", "value", "pk")
    )
    reasons = reasons_of(by_code.values())
    offers = []
    for target in targets:
        figure, indicator = by_code[target.indicator], known[target.indicator]
        numbers = (recorded(figure), said(figure))
        if target.agency_id in {None, report.agency_id} and any(
            _misses(indicator, each, target.value) for each in numbers
        ):
            words = _missed(indicator, figure, target, reasons.get(figure.pk, ""))
            page = reverse("reports:figure", args=[report.uuid, figure.uuid])
            offers.append(Offer(f"target:{target.uuid}", words, page))
    return offers


def reasons_of(figures: Collection[ReportFigure]) -> dict[int, str]:
    """Why each corrected figure was corrected: the newest correction's words."""
    corrected = FigureCorrection.objects.filter(figure__in=figures, is_withdrawn=False)
    return dict(corrected.order_by("pk").values_list("figure", "reason"))


def _misses(indicator: Indicator, numbers: Numbers, target: Decimal) -> bool:
    if numbers.value is None:
        return False
    if indicator.direction is Direction.HIGHER:
        return numbers.value < target
    return indicator.direction is Direction.LOWER and numbers.value > target


def _missed(indicator: Indicator, figure: ReportFigure, target: Target, reason: str) -> str:
    """What the sentence says: how much, of how much, how far from which target of whom; both numbers, if two."""
    origin = target.document or target.issuer
    by = f" (theo {origin})" if origin else ""
    if not figure.stated:
        told = _told(indicator, recorded(figure))
        return f"{indicator.name} là {told}, {_distance(indicator, recorded(figure), target)}{by}."
    stated, computed = said(figure), recorded(figure)
    words = (
        f"{indicator.name} theo số đơn vị báo cáo là {_told(indicator, stated)},"
        f" {_distance(indicator, stated, target)}{by}; hệ thống tính"
    )
    if computed.value is None:
        return f"{words} không có số. Lý do sửa: {reason.rstrip('.')}."
    return (
        f"{words} {_told(indicator, computed)}, {_distance(indicator, computed, target)}."
        f" Lý do sửa: {reason.rstrip('.')}."
    )


def _told(indicator: Indicator, numbers: Numbers) -> str:
    """`60% (6/10)`."""
    value = formatting.told(numbers.value, indicator.unit, numbers.numerator, numbers.denominator)
    parts = (numbers.numerator, numbers.denominator)
    return f"{value} ({number(parts[0])}/{number(parts[1])})" if indicator.is_ratio else value


def _distance(indicator: Indicator, numbers: Numbers, target: Target) -> str:
    """`thấp hơn chỉ tiêu 80% là 20 điểm %`; `đạt chỉ tiêu 80%`."""
    wanted = formatting.told(target.value, indicator.unit)
    if numbers.value is None or not _misses(indicator, numbers, target.value):
        return f"đạt chỉ tiêu {wanted}"
    where = "thấp hơn" if numbers.value < target.value else "cao hơn"
    gap = number(abs(numbers.value - target.value))
    unit = "điểm %" if indicator.unit == formatting.PERCENT else indicator.unit
    return f"{where} chỉ tiêu {wanted} là {gap} {unit}"
