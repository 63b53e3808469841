"""From the one expression language to an engine: the tree of an expression as Ibis, with the same three-valued logic.

What `evaluate` says of a row in Python, the compiled expression says of the same row on DuckDB and PostgreSQL. Whatever
names no column is worked out once, in Python. Whole numbers are exact; a comparison of fractions rounds both sides to
nine decimals, since engines hold fractions as doubles: a quotient is therefore compared, never reckoned with further.
"""

from __future__ import annotations

import operator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from tinhso.forms.expressions import Months, evaluate, names_of
from tinhso.forms.expressions.syntax import (
    Arithmetic,
    Between,
    Call,
    Comparison,
    Conditional,
    Conjunction,
    Disjunction,
    ListOf,
    Literal,
    Membership,
    Name,
    Negation,
    Path,
    Range,
    nodes,
)
from tinhso.indicators.errors import NotOnColumns

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    import ibis

    from tinhso.forms.expressions import Expression
    from tinhso.forms.expressions.types import Type

DECIMALS = 9
ON_COLUMNS = frozenset(
    {
        *("not", "is defined", "years between", "contains", "starts with", "ends with"),
        *("string length", "abs", "floor", "ceiling"),
    }
)
"""Functions that can be asked of a column; of values that name none, every function can."""
_FIRST_YEAR, _LAST_YEAR = date.min.year, date.max.year


def refused(expression: Expression, columns: Mapping[str, Type]) -> Iterator[NotOnColumns]:
    """What of an expression that passed `check` has no meaning on columns, by name and place."""
    for node, _depth in nodes(expression):
        if isinstance(node, Range) or not names_of(node) & columns.keys():
            continue
        match node:
            case Call(function=function) if function not in ON_COLUMNS:
                yield NotOnColumns(what=function, position=node.position)
            case ListOf():
                yield NotOnColumns(what="[…]", position=node.position)
            case Arithmetic(left=left, right=right) if _divides(left) or _divides(right):
                yield NotOnColumns(what="/", position=node.position)
            case _:
                pass


def _divides(node: Expression) -> bool:
    return any(isinstance(part, Arithmetic) and part.operator == "/" for part, _ in nodes(node))


@dataclass(frozen=True)
class Held:
    """A value on the engine: a column expression or a constant, and whether it may have a fraction."""

    value: Any
    has_fraction: bool = False

    @property
    def is_constant(self) -> bool:
        """Whether it was worked out in Python."""
        return not hasattr(self.value, "op")

    @property
    def is_null(self) -> bool:
        """Whether it is null whatever the row; engines want types of what they reckon with, and this has none."""
        return self.value is None if self.is_constant else bool(self.value.type().is_null())


_NULL = Held(None)
_ORDERS = {"<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge}


def compiled(
    expression: Expression, table: ibis.Table, known: Mapping[str, Any]
) -> ibis.expr.types.Value:
    """The expression over the columns of a table; `known` gives the values of the other names."""
    compiler = _Compiler(table, known)
    return compiler.engine(compiler.held(expression))


def true_of(
    expression: Expression | None, table: ibis.Table, known: Mapping[str, Any]
) -> ibis.expr.types.BooleanValue:
    """Whether the expression is true of a row: neither false nor null. True of every row when there is none."""
    import ibis  # noqa: PLC0415  (heavy: only who reads figures pays for it)

    if expression is None:
        return ibis.literal(True)
    return ibis.coalesce(compiled(expression, table, known).cast("boolean"), False)


class _Compiler:
    """Walks a tree over one table."""

    def __init__(self, table: ibis.Table, known: Mapping[str, Any]) -> None:
        import ibis  # noqa: PLC0415  (heavy: only who reads figures pays for it)

        self.ibis = ibis
        self.table = table
        self.known = known
        self.columns = frozenset(table.columns)

    def engine(self, held: Held) -> Any:
        """The value for the engine."""
        return self.literal(held.value) if held.is_constant else held.value

    def literal(self, value: Any) -> Any:
        match value:
            case None:
                return self.ibis.null()
            case Decimal():
                whole = value == value.to_integral_value()
                return self.ibis.literal(int(value) if whole else float(value))
            case timedelta():
                return self.ibis.literal(value.days)
            case _:
                return self.ibis.literal(value)

    def held(self, node: Expression) -> Held:  # noqa: C901, PLR0911, PLR0912 - one branch a node
        if not names_of(node) & self.columns:
            return _constant(evaluate(node, self.known))
        match node:
            case Name(name=name):
                column = self.table[name]
                return Held(column, column.type().is_floating())
            case Path(base=base, field=field):
                return self.part(self.held(base), field)
            case Negation(operand=operand):
                held = self.held(operand)
                return _NULL if held.is_null else Held(-held.value, held.has_fraction)
            case Arithmetic():
                return self.arithmetic(node)
            case Comparison(operator=sign, left=left, right=right):
                return Held(self.compare(self.held(left), sign, self.held(right)))
            case Between(value=value, low=low, high=high):
                return Held(self.within(self.held(value), Range(low, high)))
            case Membership(value=value, tests=tests):
                return Held(self.member(self.held(value), tests))
            case Conjunction(items=items):
                return Held(self.all_of([self.truth(item) for item in items]))
            case Disjunction(items=items):
                return Held(self.any_of([self.truth(item) for item in items]))
            case Conditional():
                return self.choice(node)
            case Call(function=function, arguments=arguments):
                return self.call(function, [self.held(argument) for argument in arguments])
            case Literal() | ListOf():
                raise NotOnColumns(what="[…]", position=node.position)

    def truth(self, node: Expression) -> Any:
        return self.engine(self.held(node)).cast("boolean")

    def all_of(self, items: Sequence[Any]) -> Any:
        found = items[0]
        for item in items[1:]:
            found = found & item
        return found

    def any_of(self, items: Sequence[Any]) -> Any:
        found = items[0]
        for item in items[1:]:
            found = found | item
        return found

    def choice(self, node: Conditional) -> Held:
        test = self.ibis.coalesce(self.truth(node.test), False)
        one, other = self.held(node.consequence), self.held(node.alternative)
        if one.is_null and other.is_null:
            return _NULL
        fraction = one.has_fraction or other.has_fraction
        return Held(self.ibis.ifelse(test, self.engine(one), self.engine(other)), fraction)

    def part(self, base: Held, field: str) -> Held:
        if field == "days" or base.is_null:
            return base
        parts: dict[str, Callable[[], Any]] = {
            "year": base.value.year,
            "month": base.value.month,
            "day": base.value.day,
        }
        return Held(parts[field]().cast("int64"))

    def arithmetic(self, node: Arithmetic) -> Held:
        left, right = self.held(node.left), self.held(node.right)
        if left.is_null or right.is_null:
            return _NULL
        if _is_date(left) or _is_date(right):
            return self.moved(left, node.operator, right)
        one, other = self.engine(left), self.engine(right)
        fraction = left.has_fraction or right.has_fraction
        match node.operator:
            case "+":
                return Held(one + other, fraction)
            case "-":
                return Held(one - other, fraction)
            case "*":
                return Held(one.cast("float64") * other.cast("float64"), fraction)
            case _:
                below = other.cast("float64").nullif(0.0)
                return Held(one.cast("float64") / below, True)

    def moved(self, left: Held, sign: str, right: Held) -> Held:
        """Days between two dates, or a date some days or months on."""
        if _is_date(left) and _is_date(right):
            return Held(self.engine(left).delta(self.engine(right), unit="day").cast("int64"))
        day, by = (left, right) if _is_date(left) else (right, left)
        way = -1 if sign == "-" else 1
        if isinstance(by.value, Months):
            span = self.ibis.interval(months=way * by.value.count)
        else:
            days = by.value.days if isinstance(by.value, timedelta) else by.value
            span = (
                self.ibis.interval(days=way * days)
                if isinstance(days, int)
                else (days * way).as_interval("D")
            )
        moved = (self.engine(day) + span).cast("date")
        lies = moved.year().between(_FIRST_YEAR, _LAST_YEAR)
        return Held(self.ibis.ifelse(lies, moved, self.ibis.null("date")))

    def compare(self, left: Held, sign: str, right: Held) -> Any:
        one, other = self.engine(left), self.engine(right)
        if left.has_fraction or right.has_fraction:
            one, other = (each.cast("float64").round(DECIMALS) for each in (one, other))
        match sign:
            case "=":
                return self.same(one, other)
            case "!=":
                return ~self.same(one, other)
            case _ if left.is_null or right.is_null:
                return self.ibis.null("boolean")
            case _:
                return _ORDERS[sign](one, other)

    def same(self, one: Any, other: Any) -> Any:
        """Equality that is never null: null equals null alone."""
        if one.type().is_null():
            return other.isnull()
        return one.isnull() if other.type().is_null() else one.identical_to(other)

    def within(self, value: Held, span: Range) -> Any:
        low = ">=" if span.low_included else ">"
        high = "<=" if span.high_included else "<"
        ends = [
            self.compare(value, low, self.held(span.low)),
            self.compare(value, high, self.held(span.high)),
        ]
        return self.all_of([end.cast("boolean") for end in ends])

    def member(self, value: Held, tests: Sequence[Expression | Range]) -> Any:
        passed: list[Any] = []
        for test in tests:
            if isinstance(test, Range):
                passed.append(self.within(value, test))
                continue
            held = self.held(test)
            several = held.value if isinstance(held.value, list) else [held.value]
            fractions = held.has_fraction
            each = [
                _constant(item) if not hasattr(item, "op") else Held(item, fractions)
                for item in several
            ]
            passed += [self.compare(value, "=", item) for item in each]
        return self.any_of(passed) if passed else self.ibis.literal(False)

    def call(  # noqa: PLR0911 - one branch a function
        self, function: str, arguments: Sequence[Held]
    ) -> Held:
        if function not in {"not", "is defined"} and any(each.is_null for each in arguments):
            return _NULL
        given = [self.engine(argument) for argument in arguments]
        match function:
            case "not":
                return Held(~given[0].cast("boolean"))
            case "is defined":
                return Held(given[0].notnull())
            case "years between":
                return Held(self.years(*given))
            case "contains" | "starts with" | "ends with":
                return Held(self.has(function, *given))
            case "string length":
                return Held(given[0].length().cast("int64"))
            case "abs":
                return Held(given[0].abs(), arguments[0].has_fraction)
            case "floor":
                return Held(given[0].cast("float64").floor())
            case "ceiling":
                return Held(given[0].cast("float64").ceil())
        raise NotOnColumns(what=function, position=0)

    def has(self, function: str, text: Any, piece: Any) -> Any:
        ways = {"contains": "contains", "starts with": "startswith", "ends with": "endswith"}
        return getattr(text, ways[function])(piece)

    def years(self, begin: Any, end: Any) -> Any:
        """Whole years; counted the other way round, and negative, when the end is earlier."""
        forward, back = self.whole_years(begin, end), self.whole_years(end, begin)
        return self.ibis.ifelse(end < begin, -back, forward)

    def whole_years(self, begin: Any, end: Any) -> Any:
        year = end.year().cast("int64") - begin.year().cast("int64")
        of_year = [
            day.month().cast("int64") * 100 + day.day().cast("int64") for day in (begin, end)
        ]
        return year - self.ibis.ifelse(of_year[1] < of_year[0], 1, 0).cast("int64")


def _is_date(held: Held) -> bool:
    if held.is_constant:
        return isinstance(held.value, date)
    return bool(held.value.type().is_date())


def _constant(value: Any) -> Held:
    fraction = isinstance(value, Decimal) and value != value.to_integral_value()
    return Held(value, fraction)
