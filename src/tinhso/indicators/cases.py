"""Examples of an indicator (ca thử): given rows, when an interval, then numerator, denominator and value. No engine."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from tinhso.forms.expressions import evaluate
from tinhso.indicators.counting import Counted
from tinhso.indicators.definitions import Indicator, ends, indicator_of
from tinhso.indicators.observing import figure
from tinhso.indicators.verifying import measured
from tinhso.warehouse.declaring import ColumnType, registry

if TYPE_CHECKING:
    from tinhso.packs.sources import Case, Problem, Source
    from tinhso.warehouse.declaring import FactTable

_DAY: dict[str, Any] = {"type": "string", "format": "date"}
CASE_SCHEMA: dict[str, Any] = {
    "given": {"type": "array", "items": {"type": "object"}, "minItems": 1},
    "when": {
        "type": "object",
        "additionalProperties": False,
        "required": ["first", "last"],
        "properties": {"first": _DAY, "last": _DAY},
    },
    "then": {
        "type": "object",
        "additionalProperties": False,
        "minProperties": 1,
        "properties": {
            "numerator": {"type": ["integer", "null"]},
            "denominator": {"type": ["integer", "null"]},
            "value": {"type": ["number", "null"]},
        },
    },
}


def run_case(source: Source, case: Case) -> list[Problem]:
    """What did not come out as the example says."""
    indicator = indicator_of(
        source.value, code=source.code, version=source.version, pack=source.pack.code
    )
    declared = registry.get(indicator.fact)
    if declared is None:
        return [case.problem("given", found="chỉ tiêu không đếm từ bản ghi")]
    strangers = list(_strangers(case, declared))
    return strangers or list(_differences(indicator, declared, case))


def _strangers(case: Case, declared: FactTable) -> Iterator[Problem]:
    for number, row in enumerate(case.given):
        for name in sorted(set(row) - set(declared.by_name)):
            found = f"bảng {declared.code} không có cột “{name}”"
            yield case.problem("given", number, name, found=found)


def _differences(indicator: Indicator, declared: FactTable, case: Case) -> Iterator[Problem]:
    first, last = (date.fromisoformat(case.when[name]) for name in ("first", "last"))
    rows = [_row(row, declared) for row in case.given]
    value, numerator, denominator = counted(indicator, declared, rows, first, last)
    found = {"numerator": numerator, "denominator": denominator, "value": value}
    for name, expected in case.then.items():
        wanted = Decimal(str(expected)) if name == "value" and expected is not None else expected
        if found[name] != wanted:
            yield case.problem("then", name, found=f"tính ra {found[name]}", expected=str(expected))


def _row(row: Mapping[str, Any], declared: FactTable) -> dict[str, Any]:
    """The row with its days read; columns that are not given are null."""
    read = {
        name: date.fromisoformat(value)
        if value is not None and declared.by_name[name].type is ColumnType.DATE
        else value
        for name, value in row.items()
    }
    return dict.fromkeys(declared.by_name) | read


def counted(
    indicator: Indicator,
    declared: FactTable,
    rows: list[dict[str, Any]],
    first: date,
    last: date,
) -> tuple[Decimal | None, int | None, int | None]:
    """Value, numerator and denominator of rows at hand."""
    whole, hits, values = 0, 0, []
    known = ends(first, last)
    measure = indicator.measure
    for row in rows:
        day = row[indicator.day or declared.day] if not indicator.is_standing else None
        if not indicator.is_standing and (day is None or not first <= day <= last):
            continue
        parts = (indicator.where, indicator.denominator)
        if any(part is not None and evaluate(part, row | known) is not True for part in parts):
            continue
        if measure is not None and measure.column:
            if row[measure.column] is None:
                continue
            values.append(row[measure.column])
        whole += 1
        numerator = indicator.numerator
        hits += numerator is not None and evaluate(numerator, row | known) is True
    of_ratio = hits if indicator.is_ratio else None
    return figure(indicator, Counted(whole, of_ratio, measured(indicator, values)))
