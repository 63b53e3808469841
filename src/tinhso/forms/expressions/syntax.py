"""The tree of an expression: plain frozen data, to be checked, evaluated, shown or compiled.

`position` (characters from 1) serves refusals alone and does not take part in equality.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TypeAlias


@dataclass(frozen=True)
class Node:
    """What every part of a tree has: where it stood in the text."""

    position: int = field(default=0, compare=False, repr=False, kw_only=True)


@dataclass(frozen=True)
class Literal(Node):
    """A number, a string, true, false or null."""

    value: Decimal | str | bool | None


@dataclass(frozen=True)
class Name(Node):
    """A value given by the caller."""

    name: str


@dataclass(frozen=True)
class Path(Node):
    """`base.field`: a record's field, a list's fields, a property of a date or duration."""

    base: Expression
    field: str


@dataclass(frozen=True)
class Negation(Node):
    """`-operand`."""

    operand: Expression


@dataclass(frozen=True)
class Arithmetic(Node):
    """`left operator right` with `+ - * /`."""

    operator: str
    left: Expression
    right: Expression


@dataclass(frozen=True)
class Comparison(Node):
    """`left operator right` with `= != < <= > >=`."""

    operator: str
    left: Expression
    right: Expression


@dataclass(frozen=True)
class Between(Node):
    """`value between low and high`, both ends in."""

    value: Expression
    low: Expression
    high: Expression


@dataclass(frozen=True)
class Range(Node):
    """`[low..high]`; an open end turns its bracket round. Stands only in a membership."""

    low: Expression
    high: Expression
    low_included: bool = True
    high_included: bool = True


@dataclass(frozen=True)
class Membership(Node):
    """`value in (test, …)`: a test is a value, a list of values or a range."""

    value: Expression
    tests: tuple[Expression | Range, ...]


@dataclass(frozen=True)
class Conjunction(Node):
    """`a and b and …`."""

    items: tuple[Expression, ...]


@dataclass(frozen=True)
class Disjunction(Node):
    """`a or b or …`."""

    items: tuple[Expression, ...]


@dataclass(frozen=True)
class Conditional(Node):
    """`if test then consequence else alternative`."""

    test: Expression
    consequence: Expression
    alternative: Expression


@dataclass(frozen=True)
class Call(Node):
    """`function(arguments)`."""

    function: str
    arguments: tuple[Expression, ...]


@dataclass(frozen=True)
class ListOf(Node):
    """`[a, b, …]`."""

    items: tuple[Expression, ...]


Expression: TypeAlias = (
    Literal
    | Name
    | Path
    | Negation
    | Arithmetic
    | Comparison
    | Between
    | Membership
    | Conjunction
    | Disjunction
    | Conditional
    | Call
    | ListOf
)


def parts(  # noqa: PLR0911 - one branch a node
    node: Expression | Range,
) -> tuple[Expression | Range, ...]:
    """The direct parts of a node, in the order of the text."""
    match node:
        case Path(base=base):
            return (base,)
        case Negation(operand=operand):
            return (operand,)
        case Arithmetic(left=left, right=right) | Comparison(left=left, right=right):
            return (left, right)
        case Between(value=value, low=low, high=high):
            return (value, low, high)
        case Range(low=low, high=high):
            return (low, high)
        case Membership(value=value, tests=tests):
            return (value, *tests)
        case Conjunction(items=items) | Disjunction(items=items) | ListOf(items=items):
            return items
        case Conditional(test=test, consequence=consequence, alternative=alternative):
            return (test, consequence, alternative)
        case Call(arguments=arguments):
            return arguments
        case _:
            return ()


def nodes(expression: Expression) -> Iterator[tuple[Expression | Range, int]]:
    """Every node with its depth (the root has 1), without recursion."""
    waiting: list[tuple[Expression | Range, int]] = [(expression, 1)]
    while waiting:
        node, depth = waiting.pop()
        yield node, depth
        waiting.extend((part, depth + 1) for part in parts(node))


def names_of(expression: Expression) -> frozenset[str]:
    """The names that the expression asks the caller for."""
    return frozenset(node.name for node, _ in nodes(expression) if isinstance(node, Name))


def show(expression: Expression | Range) -> str:  # noqa: PLR0911 - one branch a node
    """The canonical text of a tree; reading it again gives the same tree."""
    match expression:
        case Literal(value=value):
            return _show_literal(value)
        case Name(name=name):
            return name
        case Path(base=base, field=field_name):
            return f"{_operand(base)}.{field_name}"
        case Negation(operand=operand):
            return f"-{_operand(operand)}"
        case Arithmetic() | Comparison():
            left, right = _operand(expression.left), _operand(expression.right)
            return f"{left} {expression.operator} {right}"
        case Between(value=value, low=low, high=high):
            return f"{_operand(value)} between {_operand(low)} and {_operand(high)}"
        case Range(low=low, high=high):
            begin = "[" if expression.low_included else "]"
            end = "]" if expression.high_included else "["
            return f"{begin}{_operand(low)}..{_operand(high)}{end}"
        case Membership(value=value, tests=tests):
            return f"{_operand(value)} in ({', '.join(show(test) for test in tests)})"
        case _:
            return _show_larger(expression)


def _show_larger(expression: Expression) -> str:
    match expression:
        case Conjunction(items=items):
            return " and ".join(_operand(item) for item in items)
        case Disjunction(items=items):
            return " or ".join(_operand(item) for item in items)
        case Conditional(test=test, consequence=consequence, alternative=alternative):
            return f"if {show(test)} then {show(consequence)} else {show(alternative)}"
        case Call(function=function, arguments=arguments):
            return f"{function}({', '.join(show(argument) for argument in arguments)})"
        case ListOf(items=items):
            return f"[{', '.join(show(item) for item in items)}]"
        case _:
            raise TypeError(f"no expression: {expression!r}")


def _operand(expression: Expression) -> str:
    plain = isinstance(expression, Literal | Name | Path | Call | ListOf)
    return show(expression) if plain else f"({show(expression)})"


def _show_literal(value: Decimal | str | bool | None) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return format(value, "f")
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + escaped.replace("\n", "\\n").replace("\t", "\\t") + '"'
