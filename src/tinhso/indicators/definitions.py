"""What an indicator (chỉ tiêu) is: the question that a pack puts to the rows of a fact table. Pure values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING, Any

from tinhso.forms.expressions import BOOLEAN, DATE, NUMBER, STRING, names_of, parse
from tinhso.ui.languages import worded
from tinhso.warehouse.declaring import ColumnType

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping

    from tinhso.forms.expressions import Expression, Type
    from tinhso.warehouse.declaring import FactTable

FIRST_DAY, LAST_DAY, PASSED_DAY = ENDS = "first_day", "last_day", "passed_day"
"""Names beside the columns: the ends of the observed interval, both included."""
STANDING = "standing"
"""Stands in place of a day column: rows count whatever their day, as they stand on the last day."""
PERCENT = "%"
MONTH = "month"

TYPES: Mapping[ColumnType, Type] = {
    ColumnType.STRING: STRING,
    ColumnType.INTEGER: NUMBER,
    ColumnType.DECIMAL: NUMBER,
    ColumnType.BOOLEAN: BOOLEAN,
    ColumnType.DATE: DATE,
}


class Direction(StrEnum):
    """Which way is better."""

    HIGHER = "higher"
    LOWER = "lower"
    NONE = "none"


class MeasureKind(StrEnum):
    """How the rows that count become one value."""

    COUNT = "count"
    SUM = "sum"
    MEAN = "mean"
    MEDIAN = "median"
    PERCENTILE = "percentile"
    DISTINCT = "distinct"


class Status(StrEnum):
    """Whether the system can work the figure out."""

    COMPUTED = "computed"
    ESTIMATE = "estimate"
    NO_SOURCE = "no_source"


@dataclass(frozen=True)
class Measure:
    """A measure (độ đo) of a column; `share` is the part below a percentile, 0.95 for the 95th."""

    kind: MeasureKind
    column: str = ""
    share: Decimal | None = None


@dataclass(frozen=True)
class Formula:
    """A score worked out of other indicators: a term stands for the value of its indicator, a ratio as a part of 1."""

    expression: Expression
    terms: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Indicator:
    """One version of the definition of an indicator.

    Rows of `fact` count whose `day` lies in the observed interval (any day when `STANDING`) and of which `where` is
    true. A ratio has a `numerator`: rows of the denominator of which it is true as well; without a `denominator` all
    stand in it. Otherwise there is a `measure`, or a `formula` of others, or nothing: `needs` says what is missing.
    `board` is its place on the leader's board, 0 for none.
    """

    code: str
    version: str
    pack: str
    name: str
    name_en: str = ""
    unit: str = PERCENT
    unit_en: str = ""
    direction: Direction = Direction.NONE
    decimals: int = 2
    fact: str = ""
    day: str = ""
    where: Expression | None = None
    denominator: Expression | None = None
    numerator: Expression | None = None
    measure: Measure | None = None
    formula: Formula | None = None
    by: tuple[str, ...] = ()
    figures: tuple[str, ...] = ()
    board: int = 0
    source: str = ""
    needs: str = ""
    note: str = ""
    note_en: str = ""
    legal_basis: tuple[Mapping[str, Any], ...] = ()

    @property
    def title(self) -> str:
        """Its name in the language of the page."""
        return worded(self.name, self.name_en)

    @property
    def counts_by(self) -> tuple[Hashable, ...]:
        """All of it that a count of rows depends on."""
        return self.day, self.where, self.denominator, self.numerator, self.measure

    @property
    def remark(self) -> str:
        """What the public is told of how it is counted, in the language of the page."""
        return worded(self.note, self.note_en)

    @property
    def unit_title(self) -> str:
        """Its unit in the language of the page."""
        return worded(self.unit, self.unit_en)

    @property
    def status(self) -> Status:
        """Computed, an estimate of our own, or without a source yet."""
        if self.formula is not None:
            return Status.ESTIMATE
        return Status.COMPUTED if self.fact else Status.NO_SOURCE

    @property
    def is_ratio(self) -> bool:
        """Whether it is a part of a whole."""
        return self.numerator is not None

    @property
    def is_additive(self) -> bool:
        """Whether it counts rows alone, so that shares of a divided agency can take their part."""
        return self.is_ratio or (
            self.measure is not None and self.measure.kind is MeasureKind.COUNT
        )

    @property
    def is_standing(self) -> bool:
        """Whether it tells how things stand on the last day, not what came to pass in the interval."""
        return self.day == STANDING

    @cached_property
    def asks_interval(self) -> bool:
        """Whether its expressions use the ends of the interval: then each month is a question of its own."""
        used: set[str] = set()
        for expression in (self.where, self.denominator, self.numerator):
            used |= names_of(expression) if expression is not None else set()
        return self.is_standing or bool(used & set(ENDS))

    def value(self, numerator: int | None, denominator: int | None) -> Decimal | None:
        """The value of a ratio; None without denominator, never zero."""
        if numerator is None or not denominator:
            return None
        scale = 100 if self.unit == PERCENT else 1
        return self.rounded(Decimal(numerator * scale) / Decimal(denominator))

    def rounded(self, value: Decimal) -> Decimal:
        """The value with as many decimals as the definition says, half up."""
        return value.quantize(Decimal(1).scaleb(-self.decimals), rounding=ROUND_HALF_UP)


def names_for(fact: FactTable) -> dict[str, Type]:
    """What an expression over the rows of a fact table may name."""
    columns = {column.name: TYPES[column.type] for column in fact.columns}
    return columns | dict.fromkeys(ENDS, DATE)


def indicator_of(content: Mapping[str, Any], *, code: str, version: str, pack: str) -> Indicator:
    """The definition that an entry of a pack declares; the entry has passed its check."""
    ratio = content.get("ratio", {})
    score = content.get("score")
    return Indicator(
        code=code,
        version=version,
        pack=pack,
        name=content["name"],
        name_en=content.get("name_en", ""),
        unit_en=content.get("unit_en", ""),
        unit=content["unit"],
        direction=Direction(content.get("direction", Direction.NONE)),
        decimals=content.get("decimals", 2 if ratio or score else 0),
        fact=content.get("fact", ""),
        day=content.get("day", ""),
        where=_expression(content.get("where")),
        denominator=_expression(ratio.get("of")),
        numerator=_expression(ratio.get("is")),
        measure=_measure(content.get("measure")),
        formula=Formula(parse(score["formula"]), tuple(sorted(score["terms"].items())))
        if score
        else None,
        by=tuple(content.get("by", ())),
        figures=tuple(content.get("figures", ())),
        board=content.get("board", 0),
        source=content.get("source", ""),
        needs=content.get("needs", ""),
        note=content.get("note", ""),
        note_en=content.get("note_en", ""),
        legal_basis=tuple(content.get("legal_basis", ())),
    )


def _expression(text: str | None) -> Expression | None:
    return None if text is None else parse(text)


def _measure(content: Mapping[str, Any] | None) -> Measure | None:
    if content is None:
        return None
    percent = content.get("percent")
    share = Decimal(str(percent)) / 100 if percent is not None else None
    return Measure(MeasureKind(content["kind"]), content.get("column", ""), share)


def ends(first: date, last: date, as_of: date | None = None) -> dict[str, date]:
    """The interval as expressions name it: its first day, the last known one, and the last one that is over.

    `as_of` is today while the interval is not over.
    """
    passed = as_of - timedelta(days=1) if as_of else last
    return {FIRST_DAY: first, LAST_DAY: as_of or last, PASSED_DAY: passed}
