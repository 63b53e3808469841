"""The value of an expression over given values, with FEEL's three-valued logic.

An expression that passed `check` never fails here: what cannot be worked out (a division by zero,
a day that does not exist, a value of another type than declared) is null.
"""

from __future__ import annotations

import calendar
from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal, DecimalException
from typing import Any

from tinhso.forms.expressions.functions import CONTEXT, FUNCTIONS, conjunction, disjunction
from tinhso.forms.expressions.syntax import (
    Arithmetic,
    Between,
    Call,
    Comparison,
    Conditional,
    Conjunction,
    Disjunction,
    Expression,
    ListOf,
    Literal,
    Membership,
    Name,
    Negation,
    Path,
    Range,
)
from tinhso.forms.expressions.types import ORDERED, Kind, Months, Type, admit, kind_of

_ORDERED_KINDS = frozenset(type_.kind for type_ in ORDERED)


def evaluate(expression: Expression, values: Mapping[str, Any]) -> Any:
    """The value of the expression; a name that is not given is null.

    Raises `TypeError` for a given value outside the type table (an instant, a set): that is the
    caller's bug.
    """
    return _Evaluator(values).value_of(expression)


class _Evaluator:
    """Walks a tree with the given values at hand; each used name is admitted once."""

    def __init__(self, values: Mapping[str, Any]) -> None:
        self.values = values
        self.admitted: dict[str, Any] = {}

    def value_of(self, node: Expression) -> Any:  # noqa: PLR0911 - one branch a node
        match node:
            case Literal(value=value):
                return value
            case Name(name=name):
                return self.name(name)
            case Path(base=base, field=field):
                return _step(self.value_of(base), field)
            case Conjunction(items=items):
                return conjunction([_logical(self.value_of(item)) for item in items])
            case Disjunction(items=items):
                return disjunction([_logical(self.value_of(item)) for item in items])
            case Conditional(test=test, consequence=consequence, alternative=alternative):
                return self.value_of(consequence if self.value_of(test) is True else alternative)
            case ListOf(items=items):
                return [self.value_of(item) for item in items]
            case Call(function=function, arguments=arguments):
                return _call(function, [self.value_of(argument) for argument in arguments])
            case _:
                return self.operation(node)

    def operation(self, node: Negation | Arithmetic | Comparison | Between | Membership) -> Any:
        match node:
            case Negation(operand=operand):
                return _negated(self.value_of(operand))
            case Arithmetic(operator=operator, left=left, right=right):
                return _worked_out(self.value_of(left), operator, self.value_of(right))
            case Comparison(operator=operator, left=left, right=right):
                return compared(self.value_of(left), operator, self.value_of(right))
            case Between(value=value, low=low, high=high):
                return self.within(self.value_of(value), Range(low, high))
            case Membership(value=value, tests=tests):
                found = self.value_of(value)
                return disjunction([self.passes(found, test) for test in tests])

    def name(self, name: str) -> Any:
        if name not in self.admitted:
            self.admitted[name] = admit(self.values.get(name))
        return self.admitted[name]

    def passes(self, value: Any, test: Expression | Range) -> bool | None:
        if isinstance(test, Range):
            return self.within(value, test)
        against = self.value_of(test)
        if isinstance(against, list) and not isinstance(value, list):
            return disjunction([compared(value, "=", item) for item in against])
        return compared(value, "=", against)

    def within(self, value: Any, span: Range) -> bool | None:
        low = compared(value, ">=" if span.low_included else ">", self.value_of(span.low))
        high = compared(value, "<=" if span.high_included else "<", self.value_of(span.high))
        return conjunction([low, high])


def compared(  # noqa: PLR0911 - one answer an operator
    left: Any, operator: str, right: Any
) -> bool | None:
    """`left operator right` of two admitted values; null between values that have no order."""
    if operator in ("=", "!="):
        if left is None or right is None:
            equal = left is right
        elif kind_of(left) is not kind_of(right):
            return None
        else:
            equal = bool(left == right)
        return equal if operator == "=" else not equal
    if left is None or right is None or kind_of(left) is not kind_of(right):
        return None
    if kind_of(left) not in _ORDERED_KINDS:
        return None
    match operator:
        case "<":
            return bool(left < right)
        case "<=":
            return bool(left <= right)
        case ">":
            return bool(left > right)
        case _:
            return bool(left >= right)


def _logical(value: Any) -> bool | None:
    return value if isinstance(value, bool) else None


def _negated(value: Any) -> Any:
    match value:
        case bool():
            return None
        case Decimal():
            return CONTEXT.minus(value)
        case timedelta():
            return -value
        case Months(count=count):
            return Months(-count)
        case _:
            return None


def _worked_out(  # noqa: PLR0911 - one answer a pair of types
    left: Any, operator: str, right: Any
) -> Any:
    try:
        match left, right:
            case Decimal(), Decimal():
                return _numbers(left, operator, right)
            case str(), str():
                return left + right if operator == "+" else None
            case ((timedelta() | Months()), date()):
                return _moved(right, left) if operator == "+" else None
            case date(), date():
                return left - right if operator == "-" else None
            case date(), (timedelta() | Months()):
                return _moved(left, right if operator == "+" else _negated(right))
            case (timedelta(), timedelta()) | (Months(), Months()):
                return _durations(left, right if operator == "+" else _negated(right))
            case _:
                return None
    except (DecimalException, OverflowError, ValueError):
        return None


def _numbers(left: Decimal, operator: str, right: Decimal) -> Decimal:
    match operator:
        case "+":
            return CONTEXT.add(left, right)
        case "-":
            return CONTEXT.subtract(left, right)
        case "*":
            return CONTEXT.multiply(left, right)
        case _:
            return CONTEXT.divide(left, right)


def _durations(left: Any, right: Any) -> Any:
    return Months(left.count + right.count) if isinstance(left, Months) else left + right


def _moved(day: date, by: timedelta | Months) -> date:
    if isinstance(by, timedelta):
        return day + by
    year, month = divmod(day.year * 12 + day.month - 1 + by.count, 12)
    if not date.min.year <= year <= date.max.year:
        raise OverflowError(year)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


def _step(base: Any, field: str) -> Any:
    match base:
        case Mapping():
            return base.get(field)
        case list():
            return [_step(item, field) if isinstance(item, Mapping) else None for item in base]
        case date() if field in ("year", "month", "day"):
            return Decimal(getattr(base, field))
        case timedelta() if field == "days":
            return Decimal(base.days)
        case Months(count=count) if field in ("years", "months"):
            years = int(count / 12)
            return Decimal(years if field == "years" else count - 12 * years)
        case _:
            return None


def _call(function: str, arguments: list[Any]) -> Any:
    entry = FUNCTIONS[function]
    if not entry.sees_null and any(argument is None for argument in arguments):
        return None
    if not any(
        signature.takes(len(arguments))
        and all(_stands(signature.parameter(i), argument) for i, argument in enumerate(arguments))
        for signature in entry.signatures
    ):
        return None
    try:
        return entry.run(*arguments)
    except (DecimalException, OverflowError):
        return None


def _stands(pattern: Type | None, value: Any) -> bool:
    if pattern is None:
        return False
    if pattern.kind is Kind.ANY or value is None:
        return True
    if pattern.element is not None:
        return isinstance(value, list) and all(_stands(pattern.element, item) for item in value)
    return kind_of(value) is pattern.kind
