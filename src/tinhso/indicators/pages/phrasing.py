"""An expression of a definition in the words of its columns, as far as there are plain words for it."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from tinhso.forms.expressions.syntax import (
    Call,
    Comparison,
    Conjunction,
    Disjunction,
    Literal,
    Membership,
    Name,
)
from tinhso.indicators.definitions import FIRST_DAY, LAST_DAY, PASSED_DAY
from tinhso.ui import formatting

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tinhso.forms.expressions import Expression
    from tinhso.forms.expressions.syntax import Range
    from tinhso.warehouse.declaring import Column


class Wordless(Exception):
    """There are no plain words for a part."""


def days() -> dict[str, str]:
    """What the ends of the interval are called."""
    return {
        FIRST_DAY: _("ngày đầu của kỳ"),
        LAST_DAY: _("ngày cuối của kỳ"),
        PASSED_DAY: _("ngày gần nhất đã qua của kỳ"),
    }


def phrase(expression: Expression, columns: Mapping[str, Column]) -> str:
    """The expression in words; empty where a part of it has none."""
    try:
        return _said(expression, columns)
    except Wordless:
        return ""


def _said(  # noqa: PLR0911 - one branch a node
    node: Expression, columns: Mapping[str, Column]
) -> str:
    match node:
        case Name():
            return _thing(node, columns)
        case Call(function="not", arguments=(Name() as name,)):
            return _("không “%(what)s”") % {"what": _title(name, columns)}
        case Call(function="is defined", arguments=(Name() as name,)):
            return _("có “%(what)s”") % {"what": _title(name, columns)}
        case Call(function="contains", arguments=(Name() as name, Literal() as part)):
            words = {"what": _title(name, columns), "part": part.value}
            return _("“%(what)s” có chữ “%(part)s”") % words
        case Conjunction(items=items):
            return f" {_('và')} ".join(_grouped(item, columns) for item in items)
        case Disjunction(items=items):
            return f" {_('hoặc')} ".join(_grouped(item, columns) for item in items)
        case Comparison():
            return _compared(node, columns)
        case Membership(value=Name() as name, tests=tests):
            told = ", ".join(_value(test, name, columns) for test in tests)
            return _("%(what)s là một trong: %(values)s") % {
                "what": _thing(name, columns),
                "values": told,
            }
        case _:
            raise Wordless


def _grouped(node: Expression, columns: Mapping[str, Column]) -> str:
    said = _said(node, columns)
    return f"({said})" if isinstance(node, Conjunction | Disjunction) else said


def _compared(node: Comparison, columns: Mapping[str, Column]) -> str:
    is_null = node.right == Literal(None)
    if not isinstance(node.left, Name) or (is_null and node.operator not in {"=", "!="}):
        raise Wordless
    if is_null:
        ways = {"=": _("chưa có “%(what)s”"), "!=": _("có “%(what)s”")}
        return ways[node.operator] % {"what": _title(node.left, columns)}
    sign = {"=": _("là"), "!=": _("khác"), "<=": "≤", ">=": "≥"}.get(node.operator, node.operator)
    what = _thing(node.left, columns)
    return f"{what} {sign} {_value(node.right, node.left, columns)}"


def _value(node: Expression | Range, of: Name, columns: Mapping[str, Column]) -> str:
    """A value beside a column: its word on the screen, where the column has one."""
    match node:
        case Name():
            return _thing(node, columns)
        case Literal(value=bool() as value):
            return _("có") if value else _("không")
        case Literal(value=Decimal() as value):
            return formatting.number(value)
        case Literal(value=str() as value) if of.name in columns:
            return f"“{columns[of.name].names_of([value])[value]}”"
        case _:
            raise Wordless


def _thing(name: Name, columns: Mapping[str, Column]) -> str:
    return days().get(name.name) or f"“{_title(name, columns)}”"


def _title(name: Name, columns: Mapping[str, Column]) -> str:
    """The title without what it says of empty cells."""
    if name.name not in columns:
        raise Wordless
    return str(columns[name.name].title).partition(" (")[0]
