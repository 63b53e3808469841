"""Observations (giá trị quan sát): what the records say of an indicator in a cut, as far as the reader may see."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from tinhso.calendars.clock import day_of
from tinhso.forms.expressions import evaluate
from tinhso.indicators import catalogue
from tinhso.indicators.cells import Cells, Group, cells_of, reach, refuse_other_dimensions
from tinhso.indicators.counting import Counted
from tinhso.indicators.cutting import AGENCY, MONTH, Cut
from tinhso.indicators.definitions import MeasureKind, Status
from tinhso.indicators.models import FigureKind
from tinhso.indicators.permissions import IndicatorPermission
from tinhso.kernel.permissions import require
from tinhso.warehouse.reading import Lake

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from tinhso.indicators.definitions import Formula, Indicator
    from tinhso.kernel.actors import Actor, Scope

EXACT = 6
"""Decimals of a measured value that are taken from a double."""


@dataclass(frozen=True)
class Completeness:
    """How much of the interval the figure can know: its days, those behind us, and what the warehouse has not read."""

    days: int
    passed: int
    behind: int = 0

    @property
    def is_complete(self) -> bool:
        """Whether the interval is over and everything told of it was read."""
        return self.passed == self.days and self.behind == 0


@dataclass(frozen=True)
class Observation:
    """A figure: value, numerator and denominator of one group in one interval, by one version of the definition.

    `value` is None where there is no denominator ("không có mẫu số"). `hidden` says how many records of the group the
    reader's agencies do not reach, none of which is counted here. `by_share` says how many of the denominator came by
    a declared share of a divided agency: these are no records that could be named.
    """

    indicator: str
    version: str
    group: Group
    value: Decimal | None
    numerator: int | None
    denominator: int | None
    first: date
    last: date
    is_restated: bool
    completeness: Completeness
    kind: str = FigureKind.COMPUTED.value
    hidden: int = 0
    by_share: int = 0


def observe(
    codes: Sequence[str], cut: Cut, *, actor: Actor, at: datetime, lake: Lake | None = None
) -> dict[str, list[Observation]]:
    """What the records say of each indicator, by group; of those without a source nothing.

    An actor sees cells of his agencies; only who reads figures everywhere sees the province's own. Raises
    `IndicatorUnknown`, `DimensionUnknown`, `FactsUnavailable`, `NotYetBuilt`, `PermissionMissing`.
    """
    require(actor, IndicatorPermission.READ, at=at)
    indicators = catalogue.several(codes)
    return observed(
        indicators, cut, actor.scope(IndicatorPermission.READ, at=at), at=at, lake=lake or Lake()
    )


def observed(
    indicators: Sequence[Indicator], cut: Cut, scope: Scope, *, at: datetime, lake: Lake
) -> dict[str, list[Observation]]:
    """The same of definitions at hand, perhaps former ones, for whoever reads at the agencies of the scope."""
    refuse_other_dimensions(indicators, cut)
    cut = cut.known_on(day_of(at))
    counted = [each for each in indicators if each.status is Status.COMPUTED]
    within = reach(cut, scope, at)
    cells = cells_of(counted, cut, within, lake)
    hidden = dict[str, Cells]()
    if within is not None and cut.by != AGENCY:
        hidden = cells_of(counted, cut, cut.within, lake)
    found: dict[str, list[Observation]] = {each.code: [] for each in indicators}
    known = {
        fact: completeness_of(fact, cut, lake, at=at) for fact in {each.fact for each in counted}
    }
    for each in counted:
        completeness = known[each.fact]
        all_of = hidden.get(each.code, {})
        for group, value in _in_order(cells[each.code], cut):
            unseen = all_of[group].rows - value.rows if group in all_of else 0
            found[each.code].append(
                observation(each, cut, group, value, completeness, hidden=unseen)
            )
    for each in indicators:
        if each.formula is not None:
            found[each.code] = _scores(each, each.formula, cut, scope, at=at, lake=lake)
    return found


def _scores(
    indicator: Indicator, formula: Formula, cut: Cut, scope: Scope, *, at: datetime, lake: Lake
) -> list[Observation]:
    """A score in each group of which any term is known; a term without denominator is null in the formula."""
    names, codes = zip(*formula.terms, strict=True)
    terms = dict(zip(names, catalogue.several(codes), strict=True))
    told = observed(list(terms.values()), cut, scope, at=at, lake=lake)
    groups: dict[Group, dict[str, Observation]] = {}
    for name, term in terms.items():
        for each in told[term.code]:
            groups.setdefault(each.group, {})[name] = each
    found = []
    for group, known in groups.items():
        parts = {
            name: part
            for name, each in known.items()
            if (part := _part(terms[name], each)) is not None
        }
        value = evaluate(formula.expression, parts)
        one = next(iter(known.values()))
        score = Observation(
            indicator=indicator.code,
            version=indicator.version,
            group=group,
            value=None if value is None else indicator.rounded(value),
            numerator=None,
            denominator=None,
            first=cut.first,
            last=cut.last,
            is_restated=cut.is_restated,
            completeness=one.completeness,
            hidden=max(each.hidden for each in known.values()),
        )
        found.append(score)
    return found


def _part(term: Indicator, told: Observation) -> Decimal | None:
    """What a term stands for: a ratio unrounded as a part of 1, anything else its value."""
    if not term.is_ratio:
        return told.value
    return Decimal(told.numerator or 0) / told.denominator if told.denominator else None


def observation(
    indicator: Indicator,
    cut: Cut,
    group: Group,
    counted: Counted,
    completeness: Completeness,
    *,
    hidden: int = 0,
) -> Observation:
    """One figure from what was counted."""
    value, numerator, denominator = figure(indicator, counted)
    return Observation(
        indicator=indicator.code,
        version=indicator.version,
        group=group,
        value=value,
        numerator=numerator,
        denominator=denominator,
        first=cut.first,
        last=cut.last,
        is_restated=cut.is_restated,
        completeness=completeness,
        hidden=hidden,
        by_share=counted.by_share,
    )


def figure(indicator: Indicator, counted: Counted) -> tuple[Decimal | None, int | None, int | None]:
    """Value, numerator and denominator as the definition says; of a count there is no denominator."""
    if indicator.is_ratio:
        hits = counted.hits or 0
        return indicator.value(hits, counted.rows), hits, counted.rows
    measure = indicator.measure
    if measure is None or measure.kind is MeasureKind.COUNT:
        return indicator.rounded(Decimal(counted.rows)), counted.rows, None
    taken = counted.measured
    match measure.kind:
        case MeasureKind.SUM:
            return indicator.rounded(_decimal(taken or 0)), None, counted.rows
        case MeasureKind.MEAN:
            if not counted.rows:
                return None, None, 0
            return indicator.rounded(_decimal(taken or 0) / counted.rows), None, counted.rows
        case _:
            value = None if taken is None else indicator.rounded(_decimal(taken))
            return value, None, counted.rows


def _decimal(measured: float) -> Decimal:
    """What an engine measured in doubles, without their last digits: half a unit must not become a little less."""
    return Decimal(str(round(measured, EXACT)))


def completeness_of(fact: str, cut: Cut, lake: Lake, *, at: datetime) -> Completeness:
    """What of the interval lies behind us, and how far the warehouse is behind the log."""
    today = day_of(at)
    passed = min(max((today - cut.first).days, 0), cut.days)
    snapshot = lake.snapshot(fact)
    return Completeness(cut.days, passed, _behind(snapshot.position))


def _behind(position: int) -> int:
    from tinhso.warehouse.syncing import end_of_log  # noqa: PLC0415

    return max(end_of_log() - position, 0)


def _in_order(cells: Cells, cut: Cut) -> list[tuple[Group, Counted]]:
    """The groups in order; the whole is told also when nothing counts."""
    if cut.by is None:
        return [(None, cells.get(None, Counted(hits=0)))]
    if cut.by == MONTH:
        return [(name, cells.get(name, Counted(hits=0))) for name, _month in cut.months()]
    return sorted(cells.items(), key=lambda item: (isinstance(item[0], str), item[0]))
