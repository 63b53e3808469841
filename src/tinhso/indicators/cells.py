"""What each group of a cut holds: counted once for all asked indicators of a table, kept by what it depends on."""

from __future__ import annotations

from collections import OrderedDict, defaultdict
from typing import TYPE_CHECKING, Any

from tinhso.agencies.queries import inherited
from tinhso.calendars.clock import day_of
from tinhso.indicators.counting import Asked, Counted, count, counted, question
from tinhso.indicators.cutting import AGENCY, COMMUNE, MONTH, UNALLOCATED, UNKNOWN, Cut
from tinhso.indicators.definitions import Status
from tinhso.indicators.errors import DimensionUnknown, GroupUnknown
from tinhso.indicators.placing import (
    NOW,
    NOW_COMMUNE,
    STAGE,
    Turns,
    placed,
    placed_in_communes,
    shared,
)
from tinhso.indicators.rights import is_whole
from tinhso.warehouse.reading import table_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import datetime

    import ibis

    from tinhso.indicators.definitions import Indicator
    from tinhso.kernel.actors import Scope
    from tinhso.warehouse.declaring import FactTable
    from tinhso.warehouse.reading import Lake

Group = str | int | None
Cells = dict[Group, Counted]
_AT_ONCE = 400
_known: OrderedDict[tuple[Any, ...], dict[str, Cells]] = OrderedDict()
"""What was counted lately in this process, by what it depends on: snapshot, definition versions, cut."""


def forget() -> None:
    """Let go of what was counted lately, as every new snapshot does."""
    _known.clear()


def refuse_other_dimensions(indicators: Iterable[Indicator], cut: Cut) -> None:
    """Refuse with `DimensionUnknown` when an indicator is not counted by what the cut divides by."""
    for each in indicators:
        if cut.by is not None and each.status is Status.COMPUTED and cut.by not in each.by:
            raise DimensionUnknown(indicator=each.code, by=cut.by, known=", ".join(each.by))


def reach(cut: Cut, scope: Scope, at: datetime) -> frozenset[int] | None:
    """The agencies whose rows the reader may count in this cut; None for all, also for what no agency was allotted."""
    if is_whole(scope, day_of(at)):
        return cut.within
    reached = scope.agencies | inherited(scope.agencies, day_of(at))
    return reached if cut.within is None else reached & cut.within


def cells_of(
    indicators: Sequence[Indicator], cut: Cut, within: frozenset[int] | None, lake: Lake
) -> dict[str, Cells]:
    """What each indicator counts, by group; whatever shares table and day is asked in one aggregate.

    `within` are the agencies that the reader reaches; what is public is narrowed by the cut alone.
    """
    together: dict[tuple[str, str, bool], list[Indicator]] = defaultdict(list)
    for each in indicators:
        day = each.day or table_of(each.fact).day
        together[each.fact, day, cut.by == MONTH and each.asks_interval].append(each)
    found: dict[str, Cells] = {}
    for (fact, _day, monthly), asked in together.items():
        reached = cut.within if table_of(fact).is_public else within
        if not monthly:
            found |= _remembered(fact, asked, cut, reached, lake)
            continue
        found |= {each.code: {} for each in asked}
        for name, one_month in cut.months():
            for code, cells in _remembered(fact, asked, one_month, reached, lake).items():
                found[code] |= dict(zip([name], cells.values(), strict=False))
    return found


def _remembered(
    fact: str, asked: Sequence[Indicator], cut: Cut, within: frozenset[int] | None, lake: Lake
) -> dict[str, Cells]:
    definitions = tuple((each.code, each.version) for each in asked)
    turns = repr(Turns.until(cut.standing_on)) if cut.is_restated else ""
    key = (fact, lake.snapshot(fact).uuid, definitions, cut, within, turns)
    lake.table(fact)  # a missing file is told, also of what was counted before it went missing
    found = _known.get(key)
    if found is None:
        found = _known[key] = _counted(fact, asked, cut, within, lake)
        while len(_known) > _AT_ONCE:
            _known.popitem(last=False)
    return found


def _restated(
    fact: str, asked: Sequence[Indicator], cut: Cut, within: frozenset[int] | None, lake: Lake
) -> dict[str, Cells]:
    """The same under the agencies of today: placed rows first, then what declared shares take of the rest."""
    declared, turns = table_of(fact), Turns.until(cut.standing_on)
    table = _in_communes(placed(lake.table(fact), declared, turns), declared, cut)
    day = _day_of(asked[0], declared)
    by = {NOW: NOW, "origin": declared.agency, STAGE: STAGE} | dict(_groups(cut, NOW, day))
    additive = [each for each in asked if each.is_additive]
    found: dict[str, Cells] = {}
    for code, cells in count(
        additive, Asked(table, day, cut.first, cut.last, cut.as_of), by
    ).items():
        found[code] = joined(cells, turns, cut, within)
    whole = [each for each in asked if not each.is_additive]
    if within is not None:
        table = table.filter(table[NOW].isin(sorted(within)))
    groups = _groups(cut, NOW, day)
    for code, cells in count(
        whole, Asked(table, day, cut.first, cut.last, cut.as_of), groups
    ).items():
        found[code] = {_named(group, cut): value for group, value in cells.items()}
    return found


def joined(
    cells: Mapping[tuple[Any, ...], Counted], turns: Turns, cut: Cut, within: frozenset[int] | None
) -> Cells:
    """Counts of placed rows by the agencies that hold them, with what shares take; conserves every total."""
    found: Cells = {}
    loose: dict[Group, dict[tuple[int, int], Counted]] = defaultdict(dict)
    for (now, origin, stage, *group), value in cells.items():
        name = _named(tuple(group[:1]), cut)
        if now is None:
            before = loose[name].get((origin, stage), Counted())
            loose[name][origin, stage] = before.and_(value)
        elif within is None or now in within:
            _add(found, now if cut.by == AGENCY else name, value)
    for name, counts in loose.items():
        for agency, value in _by_share(counts, turns):
            if within is None or agency in within:
                _add(found, agency if cut.by == AGENCY else name, value)
    return found


def _by_share(
    counts: Mapping[tuple[int, int], Counted], turns: Turns
) -> Iterator[tuple[Group, Counted]]:
    """What shares take, by agency, and what nothing allots; hits and misses go apart, so that both add up."""
    hits, hits_left = shared({key: value.hits or 0 for key, value in counts.items()}, turns)
    rest, rest_left = shared(
        {key: value.rows - (value.hits or 0) for key, value in counts.items()}, turns
    )
    is_ratio = any(value.hits is not None for value in counts.values())
    parts: list[tuple[Group, int, int]] = [
        (agency, hits.get(agency, 0), rest.get(agency, 0)) for agency in sorted({*hits, *rest})
    ]
    for agency, hit, missed in [*parts, (UNALLOCATED, hits_left, rest_left)]:
        if hit + missed:
            taken = 0 if agency == UNALLOCATED else hit + missed
            yield agency, Counted(hit + missed, hit if is_ratio else None, None, taken)


def _add(cells: Cells, group: Group, value: Counted) -> None:
    cells[group] = cells.get(group, Counted()).and_(value)


def _by_commune(fact: str, asked: Sequence[Indicator], cut: Cut, lake: Lake) -> dict[str, Cells]:
    """All rows by the commune of today; what the book of agencies places is asked anew each time."""
    declared = table_of(fact)
    table, day = _in_communes(lake.table(fact), declared, cut), _day_of(asked[0], declared)
    by = _groups(cut, NOW, day)
    cells = count(asked, Asked(table, day, cut.first, cut.last, cut.as_of), by)
    return {
        code: {_named(group, cut): value for group, value in groups.items()}
        for code, groups in cells.items()
    }


def _counted(
    fact: str, asked: Sequence[Indicator], cut: Cut, within: frozenset[int] | None, lake: Lake
) -> dict[str, Cells]:
    if cut.is_restated and (cut.by == AGENCY or within is not None):
        return _restated(fact, asked, cut, within, lake)
    if cut.is_restated and cut.by == COMMUNE:
        return _by_commune(fact, asked, cut, lake)
    declared = table_of(fact)
    day = _day_of(asked[0], declared)
    by = _groups(cut, declared.agency, day)

    def ask(table: ibis.Table) -> ibis.Table:
        if within is not None:
            table = table.filter(table[declared.agency].isin(sorted(within)))
        return question(asked, Asked(table, day, cut.first, cut.last, cut.as_of), by)

    rows = lake.answer(fact, (tuple(each.counts_by for each in asked), cut, within), ask)
    return {
        code: {_named(group, cut): value for group, value in cells.items()}
        for code, cells in counted(asked, rows, list(by)).items()
    }


def narrowed(
    indicator: Indicator, cut: Cut, group: Group, scope: Scope, *, at: datetime, lake: Lake
) -> tuple[ibis.Table, Cut]:
    """The rows of one group as far as the reader's agencies reach, and the interval in which they count."""
    refuse_other_dimensions([indicator], cut)
    cut = cut.known_on(day_of(at))
    declared, table = table_of(indicator.fact), lake.table(indicator.fact)
    within = cut.within if declared.is_public else reach(cut, scope, at)
    agency = declared.agency
    if cut.is_restated:
        table, agency = placed(table, declared, Turns.until(cut.standing_on)), NOW
        table = _in_communes(table, declared, cut)
    if within is not None:
        table = table.filter(table[agency].isin(sorted(within)))
    if cut.by is None or group is None:
        return table, cut
    if cut.by == MONTH:
        found = dict(cut.months()).get(str(group))
        if found is None:
            raise GroupUnknown(group=group)
        return table, found
    column = table[_column(cut, agency)]
    if group == UNKNOWN or (group == UNALLOCATED and cut.by == AGENCY):
        return table.filter(column.isnull()), cut
    return table.filter(column.cast("string") == str(group)), cut


def _in_communes(table: ibis.Table, declared: FactTable, cut: Cut) -> ibis.Table:
    """The rows with the communes of today, where the cut divides by these."""
    if not (cut.is_restated and cut.by == COMMUNE):
        return table
    return placed_in_communes(table, declared, Turns.until(cut.standing_on))


def _groups(cut: Cut, agency: str, day: str) -> Mapping[str, Any]:
    """The column, or the function of the table, that makes the groups."""
    if cut.by is None:
        return {}
    if cut.by == MONTH:
        return {"group": lambda table: _month(table, day)}
    return {"group": _column(cut, agency)}


def _column(cut: Cut, agency: str) -> str:
    """The column that the cut divides by."""
    if cut.by == AGENCY:
        return agency
    return NOW_COMMUNE if cut.is_restated and cut.by == COMMUNE else str(cut.by)


def _month(table: ibis.Table, day: str) -> ibis.expr.types.StringValue:
    year, number = (
        part.cast("int64").cast("string") for part in (table[day].year(), table[day].month())
    )
    return year.lpad(4, "0") + "-" + number.lpad(2, "0")


def _day_of(indicator: Indicator, declared: FactTable) -> str:
    """The column by which a row lies in an interval."""
    return declared.day if indicator.is_standing or not indicator.day else indicator.day


def _named(group: tuple[Any, ...], cut: Cut) -> Group:
    if cut.by is None or not group:
        return None
    (name,) = group
    if isinstance(name, bool):
        return "true" if name else "false"
    if name is None:
        return UNALLOCATED if cut.is_restated and cut.by == AGENCY else UNKNOWN
    found: Group = name
    return found
