"""Observations (giá trị quan sát): what the records say of an indicator in a cut, as far as the reader may see."""

from __future__ import annotations

from collections import OrderedDict, defaultdict
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from tinhso.agencies.queries import inherited
from tinhso.calendars.clock import day_of
from tinhso.indicators import catalogue
from tinhso.indicators.counting import Asked, Counted, count
from tinhso.indicators.cutting import AGENCY, MONTH, UNKNOWN, Cut
from tinhso.indicators.definitions import MeasureKind, Status
from tinhso.indicators.errors import DimensionUnknown
from tinhso.indicators.models import FigureKind
from tinhso.indicators.permissions import IndicatorPermission
from tinhso.kernel.permissions import require
from tinhso.warehouse.reading import Lake, table_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date, datetime

    import ibis

    from tinhso.indicators.definitions import Indicator
    from tinhso.kernel.actors import Actor, Scope

Group = str | int | None
Cells = dict[Group, Counted]
_AT_ONCE = 400
_known: OrderedDict[tuple[Any, ...], dict[str, Cells]] = OrderedDict()
"""What was counted lately in this process, by what it depends on: snapshot, definition versions, cut."""


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
    indicators = [catalogue.indicator(code) for code in codes]
    return observed(
        indicators, cut, actor.scope(IndicatorPermission.READ, at=at), at=at, lake=lake or Lake()
    )


def observed(
    indicators: Sequence[Indicator], cut: Cut, scope: Scope, *, at: datetime, lake: Lake
) -> dict[str, list[Observation]]:
    """The same of definitions at hand, perhaps former ones, for whoever reads at the agencies of the scope."""
    _refuse_other_dimensions(indicators, cut)
    counted = [each for each in indicators if each.status is Status.COMPUTED]
    within = _reach(cut, scope, at)
    cells = _cells(counted, cut, within, lake)
    hidden = dict[str, Cells]()
    if within is not None and cut.by != AGENCY:
        hidden = _cells(counted, cut, cut.within, lake)
    found: dict[str, list[Observation]] = {each.code: [] for each in indicators}
    for each in counted:
        completeness = completeness_of(each, cut, lake, at=at)
        all_of = hidden.get(each.code, {})
        for group, value in _in_order(cells[each.code], cut):
            unseen = all_of[group].rows - value.rows if group in all_of else 0
            found[each.code].append(
                observation(each, cut, group, value, completeness, hidden=unseen)
            )
    return found


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
            return indicator.rounded(Decimal(str(taken or 0))), None, counted.rows
        case MeasureKind.MEAN:
            if not counted.rows:
                return None, None, 0
            return indicator.rounded(Decimal(str(taken or 0)) / counted.rows), None, counted.rows
        case _:
            value = None if taken is None else indicator.rounded(Decimal(str(taken)))
            return value, None, counted.rows


def completeness_of(indicator: Indicator, cut: Cut, lake: Lake, *, at: datetime) -> Completeness:
    """What of the interval lies behind us, and how far the warehouse is behind the log."""
    today = day_of(at)
    passed = min(max((today - cut.first).days, 0), cut.days)
    snapshot = lake.snapshot(indicator.fact)
    return Completeness(cut.days, passed, _behind(snapshot.position))


def _behind(position: int) -> int:
    from tinhso.warehouse.syncing import end_of_log  # noqa: PLC0415

    return max(end_of_log() - position, 0)


def _refuse_other_dimensions(indicators: Iterable[Indicator], cut: Cut) -> None:
    for each in indicators:
        if cut.by is not None and each.status is Status.COMPUTED and cut.by not in each.by:
            raise DimensionUnknown(indicator=each.code, by=cut.by, known=", ".join(each.by))


def _reach(cut: Cut, scope: Scope, at: datetime) -> frozenset[int] | None:
    """The agencies whose rows the reader may count in this cut; None for all."""
    if scope.everywhere:
        return cut.within
    reached = scope.agencies | inherited(scope.agencies, day_of(at))
    return reached if cut.within is None else reached & cut.within


def _in_order(cells: Cells, cut: Cut) -> list[tuple[Group, Counted]]:
    """The groups in order; the whole is told also when nothing counts."""
    if cut.by is None:
        return [(None, cells.get(None, Counted(hits=0)))]
    if cut.by == MONTH:
        return [(name, cells.get(name, Counted(hits=0))) for name, _month in cut.months()]
    return sorted(cells.items(), key=lambda item: (isinstance(item[0], str), item[0]))


def _cells(
    indicators: Sequence[Indicator], cut: Cut, within: frozenset[int] | None, lake: Lake
) -> dict[str, Cells]:
    """What each indicator counts, by group; whatever shares table and day is asked in one aggregate."""
    together: dict[tuple[str, str, bool], list[Indicator]] = defaultdict(list)
    for each in indicators:
        day = each.day or table_of(each.fact).day
        together[each.fact, day, cut.by == MONTH and each.asks_interval].append(each)
    found: dict[str, Cells] = {}
    for (fact, _day, monthly), asked in together.items():
        if not monthly:
            found |= _remembered(fact, asked, cut, within, lake)
            continue
        found |= {each.code: {} for each in asked}
        for name, one_month in cut.months():
            for code, cells in _remembered(fact, asked, one_month, within, lake).items():
                found[code] |= dict(zip([name], cells.values(), strict=False))
    return found


def _remembered(
    fact: str, asked: Sequence[Indicator], cut: Cut, within: frozenset[int] | None, lake: Lake
) -> dict[str, Cells]:
    definitions = tuple((each.code, each.version) for each in asked)
    key = (fact, lake.snapshot(fact).pk, definitions, cut, within)
    if key not in _known:
        lake.table(fact)  # a missing file is told also of what was counted before it went missing
        _known[key] = _counted(fact, asked, cut, within, lake)
        while len(_known) > _AT_ONCE:
            _known.popitem(last=False)
    return _known[key]


def _counted(
    fact: str, asked: Sequence[Indicator], cut: Cut, within: frozenset[int] | None, lake: Lake
) -> dict[str, Cells]:
    declared, table = table_of(fact), lake.table(fact)
    if within is not None:
        table = table.filter(table[declared.agency].isin(sorted(within)))
    day = asked[0].day if asked[0].day and not asked[0].is_standing else declared.day
    by = _groups(cut, declared.agency, day)
    rows = count(asked, Asked(table, day, cut.first, cut.last), by)
    return {
        code: {_named(group): counted for group, counted in cells.items()}
        for code, cells in rows.items()
    }


def narrowed(
    indicator: Indicator, cut: Cut, group: Group, scope: Scope, *, at: datetime, lake: Lake
) -> tuple[ibis.Table, Cut]:
    """The rows of one group as far as the reader's agencies reach, and the interval in which they count."""
    _refuse_other_dimensions([indicator], cut)
    declared, table = table_of(indicator.fact), lake.table(indicator.fact)
    within = _reach(cut, scope, at)
    if within is not None:
        table = table.filter(table[declared.agency].isin(sorted(within)))
    if cut.by is None or group is None:
        return table, cut
    if cut.by == MONTH:
        return table, dict(cut.months())[str(group)]
    column = table[declared.agency if cut.by == AGENCY else cut.by]
    if group == UNKNOWN:
        return table.filter(column.isnull()), cut
    return table.filter(column.cast("string") == str(group)), cut


def _groups(cut: Cut, agency: str, day: str) -> Mapping[str, Any]:
    """The column, or the function of the table, that makes the groups."""
    if cut.by is None:
        return {}
    if cut.by == MONTH:
        return {"group": lambda table: _month(table, day)}
    return {"group": agency if cut.by == AGENCY else cut.by}


def _month(table: ibis.Table, day: str) -> ibis.expr.types.StringValue:
    year, number = (
        part.cast("int64").cast("string") for part in (table[day].year(), table[day].month())
    )
    return year.lpad(4, "0") + "-" + number.lpad(2, "0")


def _named(group: tuple[Any, ...]) -> Group:
    if not group:
        return None
    (name,) = group
    if isinstance(name, bool):
        return "true" if name else "false"
    return UNKNOWN if name is None else name
