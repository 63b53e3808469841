"""Whether figures are what the records say: every cell listed, and counted again in Python from the database.

Of each computed indicator, for the province and each agency as it was, month by month: (a) the records that the page
would list are as many as the numerator and the denominator say; (b) the rows as PostgreSQL tells them today, judged by
`evaluate`, give the same numbers. Nothing of the engine that counted takes part in (b).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from tinhso.calendars.clock import day_of
from tinhso.forms.expressions import evaluate, names_of
from tinhso.indicators.counting import Counted
from tinhso.indicators.cutting import AGENCY, Cut, month_end, month_of
from tinhso.indicators.definitions import MeasureKind, Status, ends
from tinhso.indicators.listing import rows_of
from tinhso.indicators.observing import figure, observed
from tinhso.kernel.actors import EVERYWHERE
from tinhso.warehouse.reading import Lake, table_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from datetime import date, datetime

    from tinhso.forms.expressions import Expression
    from tinhso.indicators.definitions import Indicator
    from tinhso.warehouse.declaring import FactTable

Cell = tuple[str, int | None, str]
"""Indicator, agency (None: the province), month."""
Numbers = tuple[Decimal | None, int | None, int | None]
ALONE = 60
"""So many cells of agencies of a fact table are listed each by itself, as their page asks; all are listed together."""


@dataclass(frozen=True)
class Difference:
    """One cell that is not what it should be: what was shown, and what was found instead."""

    cell: Cell
    shown: Any
    found: Any
    by: str


@dataclass(frozen=True)
class Verified:
    """How many cells were compared, how many agreed in every way, and those that did not."""

    cells: int
    equal: int
    different: list[Difference] = field(default_factory=list)


def verify(
    indicators: Iterable[Indicator],
    *,
    at: datetime,
    first: date | None = None,
    last: date | None = None,
    alone: int = ALONE,
    told: Callable[[str], None] = lambda _line: None,
) -> Verified:
    """Compare every cell of these indicators, in the months from `first` to `last` (those that have rows).

    `alone` says how many cells of a fact table are listed each by itself.
    """
    counted = [each for each in indicators if each.status is Status.COMPUTED]
    by_fact: dict[str, list[Indicator]] = defaultdict(list)
    for each in counted:
        by_fact[each.fact].append(each)
    shown: dict[Cell, Numbers] = {}
    wrong: dict[Cell, Difference] = {}
    for fact, asked in by_fact.items():
        lake = Lake()
        months = list(_months(fact, lake, first, last))
        told(f"{fact}: {len(asked)} × {len(months)}")
        cells = _shown(asked, months, lake, at=at)
        again = _Recount(table_of(fact), asked, months, day_of(at)).run()
        for cell in sorted({*cells, *again}, key=str):
            if cells.get(cell, _NOTHING) != again.get(cell, _NOTHING):
                wrong[cell] = Difference(cell, cells.get(cell), again.get(cell), "recount")
        for difference in _listed(asked, months, cells, lake, alone, at=at):
            wrong.setdefault(difference.cell, difference)
        shown |= cells | dict.fromkeys(again, _NOTHING) | cells
    return Verified(len(shown), len(shown) - len(wrong), list(wrong.values()))


_NOTHING: Numbers = (None, None, None)


def _months(fact: str, lake: Lake, first: date | None, last: date | None) -> Iterator[date]:
    """The first days of the months in which rows of the table have their day."""
    table, day = lake.table(fact), table_of(fact).day
    days = table.filter(table[day].notnull()).select(day=table[day].truncate("M").cast("date"))
    for (begin,) in sorted(
        (row["day"],) for row in days.distinct().to_pyarrow().to_pylist() if row["day"]
    ):
        if (first is None or month_end(begin) >= first) and (last is None or begin <= last):
            yield begin


def _shown(
    asked: Sequence[Indicator], months: Sequence[date], lake: Lake, *, at: datetime
) -> dict[Cell, Numbers]:
    """What pages show of each cell that has any record."""
    divided = [each for each in asked if AGENCY in each.by]
    found: dict[Cell, Numbers] = {}
    for begin in months:
        name, end = month_of(begin), month_end(begin)
        for some, by in ((asked, None), (divided, AGENCY)):
            cut = Cut(begin, end, by=by)
            for code, cells in observed(some, cut, EVERYWHERE, at=at, lake=lake).items():
                for each in cells:
                    if by is None or isinstance(each.group, int):
                        agency = each.group if isinstance(each.group, int) else None
                        found[code, agency, name] = (
                            each.value,
                            each.numerator,
                            each.denominator,
                        )
    return found


class _Recount:
    """Rows from the database, judged one by one in Python; a judgement is remembered for equal values."""

    def __init__(
        self,
        declared: FactTable,
        asked: Sequence[Indicator],
        months: Sequence[date],
        today: date,
    ) -> None:
        self.today = today
        self.declared = declared
        self.asked = asked
        self.months = [(month_of(begin), begin, month_end(begin)) for begin in months]
        self.by_month = {name: (begin, end) for name, begin, end in self.months}
        self.names = [column.name for column in declared.columns]
        self.rows: Counter[Cell] = Counter()
        self.hits: Counter[Cell] = Counter()
        self.values: dict[Cell, list[Any]] = defaultdict(list)
        self.judges: dict[tuple[int, str], _Judge] = {}

    def run(self) -> dict[Cell, Numbers]:
        """The numbers of each cell that has any record, and of the province in each month."""
        for told in self.declared.rows(None):
            row = dict(zip(self.names, told, strict=True))
            for indicator in self.asked:
                for name in self.months_of(indicator, row):
                    self.take(indicator, row, name)
        by_code = {each.code: each for each in self.asked}
        whole = {(code, None, name) for code in by_code for name, _begin, _end in self.months}
        cells: set[Cell] = {*whole, *self.rows}
        return {cell: self.numbers(by_code[cell[0]], cell) for cell in cells}

    def months_of(self, indicator: Indicator, row: Mapping[str, Any]) -> Iterable[str]:
        """The months in which the row may count."""
        if indicator.is_standing:
            return [name for name, _begin, _end in self.months]
        day = row[indicator.day or self.declared.day]
        name = month_of(day) if day else ""
        return [name] if name in self.by_month else []

    def take(self, indicator: Indicator, row: Mapping[str, Any], name: str) -> None:
        """Count the row where it stands."""
        if not self.true(indicator.where, row, name):
            return
        if not self.true(indicator.denominator, row, name):
            return
        measure = indicator.measure
        value = row[measure.column] if measure and measure.column else None
        if measure and measure.column and value is None:
            return
        is_hit = indicator.is_ratio and self.true(indicator.numerator, row, name)
        agency = row[self.declared.agency]
        places = [None, agency] if AGENCY in indicator.by and agency is not None else [None]
        for place in places:
            cell = indicator.code, place, name
            self.rows[cell] += 1
            self.hits[cell] += is_hit
            if measure and measure.column:
                self.values[cell].append(value)

    def true(self, expression: Expression | None, row: Mapping[str, Any], name: str) -> bool:
        if expression is None:
            return True
        key = id(expression), name
        if key not in self.judges:
            first, last = self.by_month[name]
            as_of = self.today if self.today <= last else None
            self.judges[key] = _Judge(expression, ends(first, last, as_of))
        return self.judges[key].true(row)

    def numbers(self, indicator: Indicator, cell: Cell) -> Numbers:
        """Value, numerator and denominator from what was counted."""
        value = measured(indicator, self.values[cell])
        hits = self.hits[cell] if indicator.is_ratio else None
        return figure(indicator, Counted(self.rows[cell], hits, value))


class _Judge:
    """One expression in one month."""

    def __init__(self, expression: Expression, known: Mapping[str, Any]) -> None:
        self.expression = expression
        self.known = known
        self.used = sorted(names_of(expression) - known.keys())
        self.said: dict[tuple[Any, ...], bool] = {}

    def true(self, row: Mapping[str, Any]) -> bool:
        key = tuple(row[name] for name in self.used)
        if key not in self.said:
            values = dict(zip(self.used, key, strict=True)) | dict(self.known)
            self.said[key] = evaluate(self.expression, values) is True
        return self.said[key]


def measured(indicator: Indicator, values: list[Any]) -> float | int | None:
    """The value of a measure over the values of its column, without an engine; None of a count or of nothing."""
    measure = indicator.measure
    if measure is None or measure.kind is MeasureKind.COUNT or not values:
        return None
    match measure.kind:
        case MeasureKind.DISTINCT:
            return len(set(values))
        case MeasureKind.MEDIAN | MeasureKind.PERCENTILE:
            return _between(sorted(values), 0.5 if measure.share is None else float(measure.share))
        case _:
            total: int | float = sum(values)
            return total


def _between(values: Sequence[float], share: float) -> float:
    """The value below which a share lies, between two neighbours by linear interpolation."""
    place = share * (len(values) - 1)
    low = int(place)
    high = min(low + 1, len(values) - 1)
    return values[low] + (values[high] - values[low]) * (place - low)


def _listed(
    asked: Sequence[Indicator],
    months: Sequence[date],
    cells: Mapping[Cell, Numbers],
    lake: Lake,
    alone: int,
    *,
    at: datetime,
) -> Iterator[Difference]:
    """Cells of which the list has not as many records as the figure says."""
    number, step = 0, max(len(cells) // alone, 1)
    by_list: dict[str, list[Cell]] = defaultdict(list)
    for cell in cells:
        by_list[cell[0]].append(cell)
    spans = {month_of(begin): Cut(begin, month_end(begin)) for begin in months}
    for indicator in asked:
        lengths = _lengths(indicator, list(spans.values()), lake, at=at)
        for cell in by_list[indicator.code]:
            number += 1
            _code, agency, month = cell
            found = lengths[0][agency, month], lengths[1][agency, month]
            if agency is not None and number % step == 0:
                found = _alone(indicator, spans[month], agency, lake, at=at)
            if not _agrees(indicator, cells[cell], found):
                yield Difference(cell, cells[cell], found, "list")


def _lengths(
    indicator: Indicator, spans: Sequence[Cut], lake: Lake, *, at: datetime
) -> list[Counter[tuple[int | None, str]]]:
    """How many records are listed in the denominator and the numerator, of the province and by agency, by month.

    What depends on the ends of the interval is listed month by month; all else at once.
    """
    if not spans:
        return [Counter(), Counter()]
    lists = spans if indicator.asks_interval else [Cut(spans[0].first, spans[-1].last)]
    found = []
    for part in ("denominator", "numerator"):
        counts: Counter[tuple[int | None, str]] = Counter()
        for cut in lists:
            for agency, month in _places(indicator, cut, part, lake, at=at):
                counts[None, month] += 1
                if agency is not None:
                    counts[agency, month] += 1
        found.append(counts)
    return found


def _places(
    indicator: Indicator, cut: Cut, part: str, lake: Lake, *, at: datetime
) -> Iterator[tuple[int | None, str]]:
    """The agency and the month of each listed record."""
    declared = table_of(indicator.fact)
    rows = rows_of(indicator, cut, None, part, EVERYWHERE, at=at, lake=lake)  # type: ignore[arg-type]
    day = declared.day if indicator.is_standing else indicator.day or declared.day
    told = rows.select(agency=declared.agency, day=day).to_pyarrow().to_pydict()
    for agency, on in zip(told["agency"], told["day"], strict=True):
        yield agency, month_of(cut.first) if indicator.asks_interval else month_of(on)


def _alone(
    indicator: Indicator, cut: Cut, agency: int, lake: Lake, *, at: datetime
) -> tuple[int, int]:
    of_agency = Cut(cut.first, cut.last, by=AGENCY)
    denominator, numerator = (
        rows_of(indicator, of_agency, agency, part, EVERYWHERE, at=at, lake=lake)
        .count()
        .to_pyarrow()
        .as_py()
        for part in ("denominator", "numerator")
    )
    return denominator, numerator


def _agrees(indicator: Indicator, shown: Numbers, found: tuple[int, int]) -> bool:
    _value, numerator, denominator = shown
    if indicator.is_ratio:
        return (denominator, numerator) == found
    return (numerator if denominator is None else denominator) == found[0]
