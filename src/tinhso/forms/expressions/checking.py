"""The type of an expression over declared names, or a refusal that says where and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from difflib import get_close_matches

from tinhso.forms.errors import NameUnknown, TypesMixed
from tinhso.forms.expressions.functions import FUNCTIONS, read_duration
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
from tinhso.forms.expressions.types import (
    BOOLEAN,
    DATE,
    DAYS,
    MONTHS,
    NULL,
    NUMBER,
    ORDERED,
    PROPERTIES,
    STRING,
    Kind,
    Months,
    Type,
    fits,
    list_of,
    united,
)

_ORDERED_WORDS = "số, ngày hoặc khoảng thời gian"
_ADDITIVE: dict[tuple[Type, str, Type], Type] = {
    (NUMBER, "+", NUMBER): NUMBER,
    (NUMBER, "-", NUMBER): NUMBER,
    (NUMBER, "*", NUMBER): NUMBER,
    (NUMBER, "/", NUMBER): NUMBER,
    (STRING, "+", STRING): STRING,
    (DATE, "-", DATE): DAYS,
    (DATE, "+", DAYS): DATE,
    (DATE, "-", DAYS): DATE,
    (DATE, "+", MONTHS): DATE,
    (DATE, "-", MONTHS): DATE,
    (DAYS, "+", DATE): DATE,
    (MONTHS, "+", DATE): DATE,
    (DAYS, "+", DAYS): DAYS,
    (DAYS, "-", DAYS): DAYS,
    (MONTHS, "+", MONTHS): MONTHS,
    (MONTHS, "-", MONTHS): MONTHS,
}


def check(expression: Expression, names: Mapping[str, Type]) -> Type:
    """The type of the expression when each name has its declared type.

    Refuses with `NameUnknown(name, position, hint)` or `TypesMixed(position, expected, found)`.
    """
    return _Checker(names).type_of(expression)


def _mixed(node: Expression | Range, expected: object, found: object) -> TypesMixed:
    return TypesMixed(position=node.position, expected=str(expected), found=str(found))


class _Checker:
    """Walks a tree with the declared names at hand."""

    def __init__(self, names: Mapping[str, Type]) -> None:
        self.names = names

    def type_of(self, node: Expression) -> Type:  # noqa: C901, PLR0911, PLR0912 - one branch a node
        match node:
            case Literal(value=value):
                return _literal(value)
            case Name():
                return self.name(node)
            case Path():
                return self.path(node)
            case Negation(operand=operand):
                return self.need(operand, (NUMBER, DAYS, MONTHS), "số hoặc khoảng thời gian")
            case Arithmetic():
                return self.arithmetic(node)
            case Comparison():
                return self.comparison(node)
            case Between(value=value, low=low, high=high):
                return self.ordered(value, low, high)
            case Membership(value=value, tests=tests):
                return self.membership(value, tests)
            case Conjunction(items=items) | Disjunction(items=items):
                for item in items:
                    self.need(item, (BOOLEAN,), BOOLEAN)
                return BOOLEAN
            case Conditional(test=test, consequence=consequence, alternative=alternative):
                self.need(test, (BOOLEAN,), BOOLEAN)
                return self.common((consequence, alternative))
            case ListOf(items=items):
                return list_of(self.common(items))
            case Call():
                return self.call(node)

    def need(self, node: Expression, allowed: Sequence[Type], words: object) -> Type:
        found = self.type_of(node)
        if found != NULL and found not in allowed:
            raise _mixed(node, words, found)
        return found

    def common(self, items: Sequence[Expression]) -> Type:
        type_ = NULL
        for item in items:
            found = self.type_of(item)
            both = united(type_, found)
            if both is None:
                raise _mixed(item, type_, found)
            type_ = both
        return type_

    def name(self, node: Name) -> Type:
        try:
            return self.names[node.name]
        except KeyError:
            raise _unknown(node.name, node.position, self.names) from None

    def path(self, node: Path) -> Type:
        base = self.type_of(node.base)
        if base.kind in PROPERTIES:
            if node.field in PROPERTIES[base.kind]:
                return NUMBER
            raise _unknown(node.field, node.position, PROPERTIES[base.kind])
        many = base.kind is Kind.LIST and base.element is not None
        record = base.element if many and base.element else base
        if record.kind is not Kind.RECORD:
            raise _mixed(node.base, "bản ghi, ngày hoặc khoảng thời gian", base)
        found = record.field(node.field)
        if found is None:
            raise _unknown(node.field, node.position, dict(record.fields))
        return list_of(found) if many else found

    def arithmetic(self, node: Arithmetic) -> Type:
        left, right = self.type_of(node.left), self.type_of(node.right)
        possible = {
            result
            for (first, operator, second), result in _ADDITIVE.items()
            if operator == node.operator and fits(first, left) and fits(second, right)
        }
        if not possible:
            expected = "các kiểu cộng, trừ, nhân, chia được với nhau"
            raise _mixed(node, expected, f"{left} {node.operator} {right}")
        return possible.pop() if len(possible) == 1 else NULL

    def comparison(self, node: Comparison) -> Type:
        if node.operator in ("=", "!="):
            self.common((node.left, node.right))
            return BOOLEAN
        return self.ordered(node.left, node.right)

    def ordered(self, *items: Expression) -> Type:
        for item in items:
            self.need(item, ORDERED, _ORDERED_WORDS)
        self.common(items)
        return BOOLEAN

    def membership(self, value: Expression, tests: Sequence[Expression | Range]) -> Type:
        wanted = self.type_of(value)
        for test in tests:
            if isinstance(test, Range):
                self.ordered(value, test.low, test.high)
                continue
            found = self.type_of(test)
            if united(wanted, found) is None and (
                found.element is None or united(wanted, found.element) is None
            ):
                raise _mixed(test, f"{wanted} hoặc danh sách {wanted}", found)
        return BOOLEAN

    def call(self, node: Call) -> Type:
        if node.function == "duration":
            return _duration(node)
        found = [self.type_of(argument) for argument in node.arguments]
        signatures = FUNCTIONS[node.function].signatures
        if node.function == "list contains":
            self.contained(node, found)
        fitting = [
            signature.result
            for signature in signatures
            if signature.takes(len(found))
            and all(fits(signature.parameter(i) or NULL, type_) for i, type_ in enumerate(found))
        ]
        if not fitting:
            expected = " hoặc ".join(
                f"({', '.join(str(parameter) for parameter in signature.parameters)})"
                for signature in signatures
            )
            shown = f"({', '.join(str(type_) for type_ in found)})"
            raise _mixed(node, f"{node.function}{expected}", shown)
        return fitting[0] if len(set(fitting)) == 1 else NULL

    def contained(self, node: Call, found: Sequence[Type]) -> None:
        match found:
            case [Type(element=Type() as element), item] if united(element, item) is None:
                raise _mixed(node.arguments[1], element, item)
            case _:
                return


def _literal(value: object) -> Type:
    if value is None:
        return NULL
    if isinstance(value, bool):
        return BOOLEAN
    return STRING if isinstance(value, str) else NUMBER


def _duration(node: Call) -> Type:
    match node.arguments:
        case (Literal(value=str() as text),):
            duration = read_duration(text)
            if duration is not None:
                return MONTHS if isinstance(duration, Months) else DAYS
            found = f"“{text[:40]}”"
        case _:
            found = "giá trị khác"
    raise _mixed(node, 'khoảng thời gian viết sẵn như duration("P10D"), duration("P1Y6M")', found)


def _unknown(name: str, position: int, known: Mapping[str, Type] | Sequence[str]) -> NameUnknown:
    near = get_close_matches(name, list(known), n=1)
    hint = f", có phải “{near[0]}”?" if near else ""
    return NameUnknown(name=name, position=position, hint=hint)
