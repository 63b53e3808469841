"""The types of the expression language and the Python values that they hold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Any


class Kind(StrEnum):
    """The kinds of type; the value is the word shown in refusals."""

    NULL = "null"
    BOOLEAN = "đúng/sai"
    NUMBER = "số"
    STRING = "chuỗi"
    DATE = "ngày"
    DAYS = "khoảng ngày"
    MONTHS = "khoảng tháng"
    LIST = "danh sách"
    RECORD = "bản ghi"
    ANY = "giá trị bất kỳ"


@dataclass(frozen=True)
class Type:
    """A type: its kind, the element of a list, the fields of a record."""

    kind: Kind
    element: Type | None = None
    fields: tuple[tuple[str, Type], ...] = ()

    def __str__(self) -> str:
        if self.element is not None and self.element.kind is not Kind.ANY:
            return f"{self.kind.value} {self.element}"
        return self.kind.value

    def field(self, name: str) -> Type | None:
        """The type of a record's field, or None when the record has no such field."""
        return dict(self.fields).get(name)


@dataclass(frozen=True, order=True)
class Months:
    """A duration of years and months (khoảng năm, tháng), in months; negative goes back."""

    count: int


NULL = Type(Kind.NULL)
BOOLEAN = Type(Kind.BOOLEAN)
NUMBER = Type(Kind.NUMBER)
STRING = Type(Kind.STRING)
DATE = Type(Kind.DATE)
DAYS = Type(Kind.DAYS)
MONTHS = Type(Kind.MONTHS)
ANY = Type(Kind.ANY)

ORDERED = (NUMBER, DATE, DAYS, MONTHS)
PROPERTIES: dict[Kind, tuple[str, ...]] = {
    Kind.DATE: ("year", "month", "day"),
    Kind.DAYS: ("days",),
    Kind.MONTHS: ("years", "months"),
}


def list_of(element: Type) -> Type:
    """The type of a list whose elements have one type."""
    return Type(Kind.LIST, element=element)


def record_of(fields: Mapping[str, Type]) -> Type:
    """The type of a record with these fields."""
    return Type(Kind.RECORD, fields=tuple(sorted(fields.items())))


def united(left: Type, right: Type) -> Type | None:
    """The one type that holds both, or None: null goes with everything, lists by their elements."""
    if left.kind is Kind.NULL or left == right:
        return right
    if right.kind is Kind.NULL:
        return left
    if left.element is not None and right.element is not None:
        element = united(left.element, right.element)
        return None if element is None else list_of(element)
    return None


def fits(pattern: Type, found: Type) -> bool:
    """Whether a value of the found type may stand where the pattern is asked for."""
    if pattern.kind is Kind.ANY or found.kind is Kind.NULL:
        return True
    if pattern.element is not None and found.element is not None:
        return fits(pattern.element, found.element)
    return pattern == found


def kind_of(value: Any) -> Kind:
    """The kind of an admitted value; a value outside the type table raises `TypeError`."""
    for kind, classes in _CLASSES:
        if isinstance(value, classes):
            return kind
    raise TypeError(f"{type(value).__name__} is no type of the expression language")


_CLASSES: tuple[tuple[Kind, tuple[type, ...]], ...] = (
    (Kind.NULL, (type(None),)),
    (Kind.BOOLEAN, (bool,)),
    (Kind.NUMBER, (Decimal,)),
    (Kind.STRING, (str,)),
    (Kind.DATE, (date,)),
    (Kind.DAYS, (timedelta,)),
    (Kind.MONTHS, (Months,)),
    (Kind.LIST, (list, tuple)),
    (Kind.RECORD, (Mapping,)),
)


def admit(value: Any) -> Any:
    """A Python value as the language holds it: integers and floats become decimals.

    An instant (`datetime`) is refused: which official day it belongs to is the calendar's business.
    """
    if isinstance(value, datetime):
        raise TypeError("an instant is no date; ask the calendar for its official day")
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, int | float):
        number = Decimal(repr(value))
        return number if number.is_finite() else None
    if isinstance(value, list | tuple):
        return [admit(item) for item in value]
    if isinstance(value, Mapping):
        return {key: admit(item) for key, item in value.items()}
    kind_of(value)
    return value
