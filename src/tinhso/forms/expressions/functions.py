"""The built-in functions: one table of what each takes, gives and does."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import (
    ROUND_CEILING,
    ROUND_FLOOR,
    ROUND_HALF_EVEN,
    ROUND_HALF_UP,
    Context,
    Decimal,
    DivisionByZero,
    InvalidOperation,
    Overflow,
)
from typing import Any

from tinhso.forms.expressions.types import (
    ANY,
    BOOLEAN,
    DATE,
    DAYS,
    MONTHS,
    NUMBER,
    ORDERED,
    STRING,
    Months,
    Type,
    list_of,
)

CONTEXT = Context(
    prec=34,
    rounding=ROUND_HALF_EVEN,
    Emin=-6143,
    Emax=6144,
    traps=[DivisionByZero, InvalidOperation, Overflow],
)
MAX_SCALE = 20
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_DURATION = re.compile(
    r"(?P<sign>-?)P(?:(?P<days>\d{1,7})D|(?:(?P<years>\d{1,4})Y)?(?:(?P<months>\d{1,5})M)?)",
    re.ASCII,
)


@dataclass(frozen=True)
class Signature:
    """One way to call a function. `variadic` repeats the last parameter."""

    parameters: tuple[Type, ...]
    result: Type
    variadic: bool = False

    def parameter(self, index: int) -> Type | None:
        """The type asked for at a place, or None beyond the last."""
        if index < len(self.parameters):
            return self.parameters[index]
        return self.parameters[-1] if self.variadic else None

    def takes(self, count: int) -> bool:
        """Whether it can be called with so many arguments."""
        return count == len(self.parameters) or (self.variadic and count > len(self.parameters))


@dataclass(frozen=True)
class Function:
    """A built-in function: its signatures and its working on admitted values.

    Unless `sees_null`, any null argument gives null before `run` is asked.
    """

    signatures: tuple[Signature, ...]
    run: Callable[..., Any]
    sees_null: bool = False


def read_duration(text: str) -> timedelta | Months | None:
    """The duration of an ISO 8601 text of days, or of years and months; None when it is neither."""
    match = _DURATION.fullmatch(text)
    if match is None or text.endswith("P"):
        return None
    sign = -1 if match["sign"] else 1
    if match["days"] is not None:
        return timedelta(days=sign * int(match["days"]))
    return Months(sign * (12 * int(match["years"] or 0) + int(match["months"] or 0)))


def years_between(begin: date, end: date) -> Decimal:
    """Whole years from one day to another; a 29 February is reached on 1 March of a common year."""
    if end < begin:
        return -years_between(end, begin)
    return Decimal(end.year - begin.year - ((end.month, end.day) < (begin.month, begin.day)))


def _date(*arguments: Any) -> date | None:
    try:
        if len(arguments) == 1:
            text = arguments[0]
            return date.fromisoformat(text) if _DATE.fullmatch(text) else None
        if any(part != int(part) for part in arguments):
            return None
        year, month, day = (int(part) for part in arguments)
        return date(year, month, day)
    except (ValueError, OverflowError):
        return None


def _values(arguments: Sequence[Any]) -> Sequence[Any]:
    return arguments[0] if len(arguments) == 1 and isinstance(arguments[0], list) else arguments


def _sum(*arguments: Any) -> Decimal | None:
    values = _values(arguments)
    if not values or None in values:
        return None
    total = Decimal(0)
    for value in values:
        total = CONTEXT.add(total, value)
    return total


def _least(*arguments: Any) -> Any:
    values = _values(arguments)
    return None if not values or None in values else min(values)


def _greatest(*arguments: Any) -> Any:
    values = _values(arguments)
    return None if not values or None in values else max(values)


def _not(value: bool | None) -> bool | None:
    return None if value is None else not value


def conjunction(values: Sequence[bool | None]) -> bool | None:
    """The three-valued `and`: false if any is false, else null if any is null, else true."""
    if any(value is False for value in values):
        return False
    return None if any(value is None for value in values) else True


def disjunction(values: Sequence[bool | None]) -> bool | None:
    """The three-valued `or`: true if any is true, else null if any is null, else false."""
    if any(value is True for value in values):
        return True
    return None if any(value is None for value in values) else False


def _all(values: list[bool | None] | None) -> bool | None:
    return None if values is None else conjunction(values)


def _any(values: list[bool | None] | None) -> bool | None:
    return None if values is None else disjunction(values)


def _list_contains(values: list[Any] | None, item: Any) -> bool | None:
    return None if values is None else item in values


def _count(values: list[Any] | None) -> Decimal | None:
    return None if values is None else Decimal(len(values))


def _substring(text: str, start: Decimal, length: Decimal | None = None) -> str | None:
    first = int(start)
    if first == 0 or (length is not None and length < 1):
        return None
    begin = first - 1 if first > 0 else max(len(text) + first, 0)
    return text[begin:] if length is None else text[begin : begin + int(length)]


def _whole(rounding: str) -> Callable[[Decimal], Decimal]:
    return lambda number: number.to_integral_value(rounding=rounding)


def _round_half_up(number: Decimal, scale: Decimal) -> Decimal | None:
    if scale != int(scale) or abs(scale) > MAX_SCALE:
        return None
    return number.quantize(Decimal(1).scaleb(-int(scale)), rounding=ROUND_HALF_UP, context=CONTEXT)


def _of(*parameters: Type, result: Type) -> tuple[Signature, ...]:
    return (Signature(parameters, result),)


_EXTREMES = tuple(
    signature
    for type_ in ORDERED
    for signature in (
        Signature((list_of(type_),), type_),
        Signature((type_,), type_, variadic=True),
    )
)

FUNCTIONS: dict[str, Function] = {
    "not": Function(_of(BOOLEAN, result=BOOLEAN), _not),
    "is defined": Function(
        _of(ANY, result=BOOLEAN), lambda value: value is not None, sees_null=True
    ),
    "date": Function(
        (Signature((STRING,), DATE), Signature((NUMBER, NUMBER, NUMBER), DATE)), _date
    ),
    "duration": Function((Signature((STRING,), DAYS), Signature((STRING,), MONTHS)), read_duration),
    "years between": Function(_of(DATE, DATE, result=NUMBER), years_between),
    "count": Function(_of(list_of(ANY), result=NUMBER), _count),
    "sum": Function(
        (Signature((list_of(NUMBER),), NUMBER), Signature((NUMBER,), NUMBER, variadic=True)), _sum
    ),
    "min": Function(_EXTREMES, _least),
    "max": Function(_EXTREMES, _greatest),
    "all": Function(_of(list_of(BOOLEAN), result=BOOLEAN), _all),
    "any": Function(_of(list_of(BOOLEAN), result=BOOLEAN), _any),
    "list contains": Function(_of(list_of(ANY), ANY, result=BOOLEAN), _list_contains, True),
    "contains": Function(_of(STRING, STRING, result=BOOLEAN), lambda text, piece: piece in text),
    "starts with": Function(
        _of(STRING, STRING, result=BOOLEAN), lambda text, piece: text.startswith(piece)
    ),
    "ends with": Function(
        _of(STRING, STRING, result=BOOLEAN), lambda text, piece: text.endswith(piece)
    ),
    "string length": Function(_of(STRING, result=NUMBER), lambda text: Decimal(len(text))),
    "substring": Function(
        (Signature((STRING, NUMBER), STRING), Signature((STRING, NUMBER, NUMBER), STRING)),
        _substring,
    ),
    "upper case": Function(_of(STRING, result=STRING), str.upper),
    "lower case": Function(_of(STRING, result=STRING), str.lower),
    "abs": Function(_of(NUMBER, result=NUMBER), CONTEXT.abs),
    "floor": Function(_of(NUMBER, result=NUMBER), _whole(ROUND_FLOOR)),
    "ceiling": Function(_of(NUMBER, result=NUMBER), _whole(ROUND_CEILING)),
    "round half up": Function(_of(NUMBER, NUMBER, result=NUMBER), _round_half_up),
}
