"""Counting rows: one aggregate of an engine for all asked indicators of a fact table together."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from tinhso.indicators.compiling import true_of
from tinhso.indicators.definitions import MeasureKind, ends

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    import ibis

    from tinhso.indicators.definitions import Indicator

Group = tuple[Any, ...]


@dataclass(frozen=True)
class Counted:
    """What a group holds: the rows that count, those of the numerator, or the value of a measure.

    `by_share` says how many of the rows came by a declared share of a divided agency.
    """

    rows: int = 0
    hits: int | None = None
    measured: float | int | None = None
    by_share: int = 0

    def and_(self, other: Counted) -> Counted:
        """Both together, of a measure whose numbers add up."""
        return Counted(
            self.rows + other.rows,
            _sum(self.hits, other.hits),
            _sum(self.measured, other.measured),
            self.by_share + other.by_share,
        )


def _sum(one: Any, other: Any) -> Any:
    return other if one is None else one if other is None else one + other


@dataclass(frozen=True)
class Asked:
    """Rows of a table over an interval: `day` is the column by which a row lies in it, both ends included.

    `as_of` is today, where the interval is not over.
    """

    table: ibis.Table
    day: str
    first: date
    last: date
    as_of: date | None = None

    def counts(self, indicator: Indicator) -> ibis.expr.types.BooleanValue:
        """Whether a row counts for the indicator at all: by its day, and by `where`."""
        counts = self.true(indicator.where)
        if indicator.is_standing:
            return counts
        return self.table[self.day].between(self.first, self.last) & counts

    def denominator(self, indicator: Indicator) -> ibis.expr.types.BooleanValue:
        """Whether a row stands in the denominator; of a measure, whether its value is taken."""
        counts = self.counts(indicator)
        if indicator.denominator is not None:
            counts = counts & self.true(indicator.denominator)
        if indicator.measure is not None and indicator.measure.column:
            counts = counts & self.table[indicator.measure.column].notnull()
        return counts

    def numerator(self, indicator: Indicator) -> ibis.expr.types.BooleanValue:
        """Whether a row stands in the numerator: always one of the denominator."""
        return self.denominator(indicator) & self.true(indicator.numerator)

    def true(self, expression: Any) -> ibis.expr.types.BooleanValue:
        """Whether an expression is true of a row in this interval."""
        return true_of(expression, self.table, ends(self.first, self.last, self.as_of))


def count(
    indicators: Sequence[Indicator], asked: Asked, by: Mapping[str, Any]
) -> dict[str, dict[Group, Counted]]:
    """Rows by group, for each indicator, in one aggregate; `by` names columns, or functions of the table.

    All indicators are of this table and of this day column.
    """
    if not indicators:
        return {}
    return counted(indicators, question(indicators, asked, by).to_pyarrow().to_pylist(), list(by))


def question(indicators: Sequence[Indicator], asked: Asked, by: Mapping[str, Any]) -> ibis.Table:
    """The aggregate of `count`, not yet asked."""
    if not any(indicator.is_standing for indicator in indicators):
        table = asked.table
        within = table[asked.day].between(asked.first, asked.last)
        asked = replace(asked, table=table.filter(within))
    groups = {
        name: made(asked.table) if callable(made) else asked.table[made]
        for name, made in by.items()
    }
    aggregates: dict[str, Any] = {}
    for number, indicator in enumerate(indicators):
        aggregates |= _aggregates(number, indicator, asked)
    grouped = asked.table.group_by(**groups) if groups else asked.table
    return grouped.aggregate(**aggregates)


def counted(
    indicators: Sequence[Indicator], rows: Sequence[Mapping[str, Any]], by: Sequence[str]
) -> dict[str, dict[Group, Counted]]:
    """What the rows of the aggregate say of each indicator."""
    return {
        indicator.code: dict(_counted(number, rows, by))
        for number, indicator in enumerate(indicators)
    }


def _aggregates(number: int, indicator: Indicator, asked: Asked) -> dict[str, Any]:
    counts = asked.denominator(indicator)
    found = {f"d{number}": asked.table.count(where=counts)}
    if indicator.is_ratio:
        found[f"n{number}"] = asked.table.count(where=asked.numerator(indicator))
    measure = indicator.measure
    if measure is None or measure.kind is MeasureKind.COUNT:
        return found
    column = asked.table[measure.column]
    match measure.kind:
        case MeasureKind.DISTINCT:
            found[f"m{number}"] = column.nunique(where=counts)
        case MeasureKind.MEDIAN | MeasureKind.PERCENTILE:
            share = 0.5 if measure.share is None else float(measure.share)
            found[f"m{number}"] = column.cast("float64").quantile(share, where=counts)
        case _:
            found[f"m{number}"] = column.sum(where=counts)
    return found


def _counted(
    number: int, rows: Iterable[Mapping[str, Any]], by: Sequence[str]
) -> Iterable[tuple[Group, Counted]]:
    for row in rows:
        counted = Counted(
            row[f"d{number}"] or 0, row.get(f"n{number}"), _plain(row.get(f"m{number}"))
        )
        if counted.rows:
            yield tuple(row[name] for name in by), counted


def _plain(value: Any) -> float | int | None:
    """Sums come as decimals of the engine; whole ones stay whole."""
    if value is None or isinstance(value, int | float):
        return value
    return int(value) if value == int(value) else float(value)
