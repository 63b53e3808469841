"""What a pack may declare of data sets (bộ dữ liệu): one in a file of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from tinhso.datasets.catalogue import KIND
from tinhso.datasets.definitions import ValueType, dataset_of
from tinhso.datasets.errors import ColumnsWrong, FileEmpty, FileUnreadable
from tinhso.datasets.reading import judge
from tinhso.indicators import catalogue as indicators
from tinhso.indicators.reports.pack import TEXT, WHO
from tinhso.indicators.reports.periods import Frequency
from tinhso.packs.kinds import Applied, Change, PackKind, closed
from tinhso.packs.queries import entries_of_kind

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from tinhso.kernel.actors import Actor
    from tinhso.packs.sources import Case, Problem, Source

NAME: dict[str, Any] = {"type": "string", "pattern": "^[a-z][a-z0-9_]{0,39}$"}
COLUMN: dict[str, Any] = {
    "type": "object",
    "additionalProperties": False,
    "required": ["name", "label", "type"],
    "properties": {
        "name": NAME,
        "label": TEXT,
        "label_en": TEXT,
        "type": {"enum": [each.value for each in ValueType]},
        "required": {"type": "boolean"},
        "least": {"type": "integer"},
        "choices": {"type": "array", "minItems": 1, "maxItems": 50, "items": TEXT},
    },
}
SCHEMA: dict[str, Any] = {
    "type": "object",
    "additionalProperties": False,
    "required": ["name", "from", "frequency", "due", "owner", "columns", "key"],
    "properties": {
        "name": TEXT,
        "name_en": TEXT,
        "about": TEXT,
        "about_en": TEXT,
        "from": {"type": "string", "format": "date"},
        "frequency": {"enum": [each.value for each in Frequency]},
        "due": {
            "type": "object",
            "additionalProperties": False,
            "required": ["amount", "unit"],
            "properties": {
                "amount": {"type": "integer", "minimum": 1, "maximum": 60},
                "unit": {"enum": ["working_days", "calendar_days"]},
            },
        },
        "owner": WHO,
        "columns": {"type": "array", "minItems": 1, "maxItems": 60, "items": COLUMN},
        "key": {"type": "array", "minItems": 1, "maxItems": 5, "uniqueItems": True, "items": NAME},
        "beside": {"type": "array", "maxItems": 10, "uniqueItems": True, "items": TEXT},
    },
}


def check(source: Source) -> list[Problem]:
    """Names stand once, the key names required columns, choices have choices, indicators are known."""
    return [*_columns(source), *_key(source), *_beside(source)]


def _columns(source: Source) -> Iterator[Problem]:
    seen = set[str]()
    for number, column in enumerate(source.value["columns"]):
        if column["name"] in seen:
            found = f"cột “{column['name']}” đã có"
            yield source.problem("columns", number, "name", found=found)
        seen.add(column["name"])
        if (column["type"] == ValueType.CHOICE) != ("choices" in column):
            found = "choices đi cùng kiểu choice, và chỉ với choice"
            yield source.problem("columns", number, found=found)
        if "least" in column and column["type"] not in {ValueType.INTEGER, ValueType.DECIMAL}:
            yield source.problem("columns", number, "least", found="least chỉ đi cùng kiểu số")


def _key(source: Source) -> Iterator[Problem]:
    required = {each["name"] for each in source.value["columns"] if each.get("required")}
    for number, name in enumerate(source.value["key"]):
        if name not in required:
            found = f"“{name}” không phải cột bắt buộc"
            yield source.problem("key", number, found=found, expected=", ".join(sorted(required)))


def _beside(source: Source) -> Iterator[Problem]:
    known = {each.code for each in source.others(indicators.KIND)}
    for number, code in enumerate(source.value.get("beside", ())):
        if code not in known:
            expected = "chỉ tiêu của gói này hoặc gói mà nó cần (requires)"
            found = f"không có chỉ tiêu “{code}”"
            yield source.problem("beside", number, found=found, expected=expected)


CASE_SCHEMA: dict[str, Any] = {
    "given": {"type": ["object", "null"], "additionalProperties": False},
    "when": closed(
        "file", file={"type": "string"}, agencies={"type": "array", "items": {"type": "string"}}
    ),
    "then": closed(
        good={"type": "integer", "minimum": 0},
        bad={
            "type": "array",
            "items": closed("line", "column", line={"type": "integer"}, column={"type": "string"}),
        },
        refused={"type": "string"},
    )
    | {"minProperties": 1},
}


def run_case(source: Source, case: Case) -> list[Problem]:
    """`when: {file, agencies}` is judged as `then: {good, bad}` or refused as `then: {refused}`."""
    dataset = dataset_of(source.value, code=source.code, version=source.version)
    agencies = {code: number for number, code in enumerate(case.when.get("agencies", ()), 1)}
    try:
        judged = judge(str(case.when["file"]).encode(), dataset, agencies)
    except (ColumnsWrong, FileEmpty, FileUnreadable) as refusal:
        found: dict[str, Any] = {"refused": refusal.code}
    else:
        bad = [{"line": each.line, "column": each.column} for each in judged.bad]
        found = {"good": len(judged.good), "bad": bad}
    if found == case.then:
        return []
    return [case.problem("then", found=f"đọc được {found}")]


def diff(source: Source) -> list[Change]:
    """What of the data set is another than in force."""
    found = (each for each in entries_of_kind(KIND) if each.code == source.code)
    entry = next(found, None)
    now: dict[str, Any] = entry.content if entry else {}
    return [
        Change(key, _shown(now.get(key)), _shown(source.value.get(key)))
        for key in sorted({*now, *source.value})
        if now.get(key) != source.value.get(key)
    ]


def _shown(value: Any) -> str | None:
    return None if value is None else str(value)


def apply(source: Source, /, *, at: datetime, actor: Actor) -> Applied:
    """Nothing beside what `packs` keeps of every entry: the published entry is the data set."""
    del source, at, actor
    return Applied()


DATASET = PackKind(
    code=KIND,
    name=_("Bộ dữ liệu"),
    where="datasets/*.yaml",
    schema=SCHEMA,
    check=check,
    diff=diff,
    apply=apply,
    run_case=run_case,
    case_schema=CASE_SCHEMA,
    needs_legal_basis=True,
    after=(indicators.KIND,),
)
