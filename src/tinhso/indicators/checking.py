"""What a declared indicator must be before it is published: facts and columns that exist, expressions of right type."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from tinhso.forms.errors import ExpressionUnreadable, NameUnknown, TypesMixed
from tinhso.forms.expressions import BOOLEAN, NULL, NUMBER, names_of, parse
from tinhso.forms.expressions import check as type_of
from tinhso.forms.expressions.syntax import Arithmetic, Comparison, Name, nodes
from tinhso.indicators.compiling import refused
from tinhso.indicators.cutting import MONTH
from tinhso.indicators.definitions import PERCENT, STANDING, MeasureKind, names_for
from tinhso.indicators.errors import NotOnColumns
from tinhso.warehouse.declaring import ColumnType, registry

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tinhso.forms.expressions import Expression
    from tinhso.packs.sources import Path, Problem, Source
    from tinhso.warehouse.declaring import FactTable

_UNREADABLE = (ExpressionUnreadable, NameUnknown, TypesMixed, NotOnColumns)
_WAYS = ("ratio", "measure", "score")


def check(source: Source) -> list[Problem]:
    """All that keeps the definition from being computed as it says."""
    value = source.value
    ways = [way for way in _WAYS if way in value]
    if not ways:
        return list(_without_source(source))
    if len(ways) > 1:
        return [source.problem(ways[1], found=f"khai cả {' và '.join(ways)}", expected="chỉ một")]
    if "score" in value:
        return list(_score(source))
    fact = registry.get(value.get("fact", ""))
    if fact is None:
        found = f"không có bảng số liệu “{value.get('fact', '')}”"
        return [source.problem("fact", found=found, expected=", ".join(sorted(registry)))]
    return [*_day(source, fact), *_dimensions(source, fact), *_question(source, fact)]


def _without_source(source: Source) -> Iterator[Problem]:
    """An indicator that cannot be worked out yet says which fact it waits for."""
    for key in ("fact", "where", "day", "by"):
        if key in source.value:
            yield source.problem(key, found=f"có {key} mà không có ratio hay measure")
    if "needs" not in source.value:
        yield source.problem(found="không tính được và không nói cần gì", expected="needs")


def _day(source: Source, fact: FactTable) -> Iterator[Problem]:
    day = source.value.get("day")
    if day is None or day == STANDING:
        return
    column = fact.by_name.get(day)
    if column is None or column.type is not ColumnType.DATE:
        days = [each.name for each in fact.columns if each.type is ColumnType.DATE]
        yield source.problem(
            "day", found=f"“{day}” không phải cột ngày", expected=", ".join([*days, STANDING])
        )


def _dimensions(source: Source, fact: FactTable) -> Iterator[Problem]:
    for number, name in enumerate(source.value.get("by", [])):
        column = fact.by_name.get(name)
        if name != MONTH and (column is None or column.is_measure):
            known = [each.name for each in fact.columns if not each.is_measure]
            found = f"không có chiều “{name}”"
            yield source.problem("by", number, found=found, expected=", ".join([MONTH, *known]))


def _question(source: Source, fact: FactTable) -> Iterator[Problem]:
    value = source.value
    for path in (("where",), ("ratio", "of"), ("ratio", "is")):
        text = value.get(path[0]) if len(path) == 1 else value.get(path[0], {}).get(path[1])
        if text is not None:
            yield from _condition(source, path, text, fact)
    if "ratio" in value and value["unit"] != PERCENT:
        found = f"tỷ lệ có đơn vị “{value['unit']}”"
        yield source.problem("unit", found=found, expected=PERCENT)
    if "measure" in value:
        yield from _measure(source, fact)


def _condition(source: Source, path: Path, text: str, fact: FactTable) -> Iterator[Problem]:
    names = names_for(fact)
    try:
        expression = parse(text)
        found = type_of(expression, names)
    except _UNREADABLE as refusal:
        yield source.problem(*path, found=str(refusal), expected="biểu thức đúng/sai trên các cột")
        return
    if found not in (BOOLEAN, NULL):
        yield source.problem(*path, found=f"biểu thức cho {found}", expected=str(BOOLEAN))
    columns = {name: names[name] for name in fact.by_name}
    for meaningless in refused(expression, columns):
        yield source.problem(*path, found=str(meaningless))
    for one, other in _mixed_units(expression, fact):
        yield source.problem(*path, found=f"“{one}” và “{other}” khác đơn vị")


def _mixed_units(expression: Expression, fact: FactTable) -> Iterator[tuple[str, str]]:
    """Columns of different units that are added, subtracted or compared."""
    for node, _depth in nodes(expression):
        match node:
            case Arithmetic(operator="+" | "-") | Comparison():
                sides = [side for side in (node.left, node.right) if isinstance(side, Name)]
                for one, other in combinations([side.name for side in sides], 2):
                    if _unit(fact, one) != _unit(fact, other):
                        yield one, other
            case _:
                pass


def _unit(fact: FactTable, name: str) -> str:
    column = fact.by_name.get(name)
    return column.unit if column else ""


def _measure(source: Source, fact: FactTable) -> Iterator[Problem]:
    measure = source.value["measure"]
    kind = MeasureKind(measure["kind"])
    column = fact.by_name.get(measure.get("column", ""))
    if kind is MeasureKind.COUNT:
        if "column" in measure:
            yield source.problem("measure", "column", found="đếm bản ghi thì không có cột")
        return
    if column is None:
        found = f"bảng {fact.code} không có cột “{measure.get('column', '')}”"
        yield source.problem("measure", found=found, expected=", ".join(fact.by_name))
        return
    if (kind is MeasureKind.PERCENTILE) != ("percent" in measure):
        yield source.problem("measure", found="percent đi cùng percentile, và chỉ với percentile")
    if kind is MeasureKind.DISTINCT:
        return
    if not column.is_measure:
        found = f"“{column.name}” không phải độ đo"
        known = [each.name for each in fact.columns if each.is_measure]
        yield source.problem("measure", "column", found=found, expected=", ".join(known))
    elif column.unit != source.value["unit"]:
        found = f"đơn vị “{source.value['unit']}”, cột {column.name} tính bằng “{column.unit}”"
        yield source.problem("unit", found=found, expected=column.unit)


def _score(source: Source) -> Iterator[Problem]:
    """A formula over what is counted, of the same pack or of those that it requires."""
    score = source.value["score"]
    known = {each.code: each.value for each in source.others("indicator")}
    for name, code in score["terms"].items():
        if not {"ratio", "measure"} & known.get(code, {}).keys():
            found = f"“{code}” không phải chỉ tiêu tính từ bản ghi"
            yield source.problem("score", "terms", name, found=found)
    try:
        expression = parse(score["formula"])
        found_type = type_of(expression, dict.fromkeys(score["terms"], NUMBER))
    except _UNREADABLE as refusal:
        yield source.problem("score", "formula", found=str(refusal))
        return
    if found_type != NUMBER:
        yield source.problem("score", "formula", found=f"công thức cho {found_type}", expected="số")
    for name in sorted(set(score["terms"]) - names_of(expression)):
        yield source.problem("score", "terms", name, found="công thức không dùng đến")
