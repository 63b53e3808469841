"""Whether a form is sound: known words, right widgets, every condition typed and about earlier fields only."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import jsonschema_rs

from tinhso.forms.expressions import BOOLEAN, DATE, NULL, Type, check, names_of, parse
from tinhso.forms.fields import Field, fields_from
from tinhso.forms.schema import FILED_ON, META, TODAY, WIDGETS
from tinhso.kernel.errors import DomainError

_META = jsonschema_rs.Draft202012Validator(META)
_EVERYWHERE = frozenset(
    [
        "type",
        "title",
        "description",
        "x-en",
        "x-widget",
        "x-privacy",
        "x-when",
        "x-require",
        "x-messages",
    ]
)


@dataclass(frozen=True)
class Problem:
    """Something wrong in a declaration: where (`properties.age.x-when`) and what, with what was expected."""

    path: str
    sentence: str


def check_form(schema: Any) -> list[Problem]:
    """Everything that is wrong with a form; empty when it is sound. Never fails, whatever it is given."""
    if not isinstance(schema, Mapping):
        return [Problem("", "cần một biểu mẫu (đối tượng)")]
    problems = list(_against_vocabulary(schema))
    return problems or list(_against_itself(schema))


def names_in(fields: Iterable[Field]) -> dict[str, Type]:
    """The names that expressions about these fields may use, with `filed_on` (ngày nộp)."""
    return {FILED_ON: DATE, **{field.name: field.type() for field in fields}}


def _against_vocabulary(schema: Mapping[str, Any]) -> Iterator[Problem]:
    try:
        json.dumps(schema, ensure_ascii=False, allow_nan=False).encode()
        errors = list(_META.iter_errors(schema))
    except (ValueError, TypeError, RecursionError):
        yield Problem("", "cần JSON thuần: không ký tự lẻ, không NaN, không lồng quá sâu")
        return
    for error in errors:
        path = ".".join(str(part) for part in error.instance_path)
        yield Problem(path, _expected(error.kind.name, error.kind.as_dict()))


def _expected(  # noqa: PLR0911 - one sentence a word
    word: str, details: Mapping[str, Any]
) -> str:
    match word:
        case "additionalProperties":
            return f"không có từ “{', '.join(details['unexpected'])}” trong từ vựng biểu mẫu"
        case "required":
            return f"thiếu “{details['property']}”"
        case "enum":
            return f"cần một trong: {', '.join(str(item) for item in details['options'])}"
        case "const":
            return f"cần “{details.get('expected_value', details.get('constant', ''))}”"
        case "type":
            return f"cần kiểu {' hoặc '.join(details['types'])}"
        case "propertyNames" | "pattern":
            return "cần tên chữ thường không dấu, chữ số và gạch dưới"
        case "uniqueItems":
            return "có mục lặp lại"
        case _:
            return f"không đạt “{word}” ({details.get('limit', '')})"


def _against_itself(schema: Mapping[str, Any]) -> Iterator[Problem]:
    required = schema.get("required", ())
    fields = {field.name: field for field in fields_from_safely(schema["properties"], required)}
    yield from _steps(schema, fields)
    for name in required:
        if name not in fields:
            yield Problem("required", f"không có trường “{name}”")
    for field in fields.values():
        yield from _field(field, f"properties.{field.name}", in_group=False)
    if FILED_ON in fields:
        yield Problem(f"properties.{FILED_ON}", "tên này dành cho ngày nộp")
    yield from _conditions(schema, fields)
    for index, rule in enumerate(schema.get("x-rules", ())):
        path = f"x-rules.{index}"
        if rule["at"] not in fields:
            yield Problem(f"{path}.at", f"không có trường “{rule['at']}”")
        yield from _condition(rule["must"], f"{path}.must", names_in(fields.values()))


def fields_from_safely(
    properties: Mapping[str, Mapping[str, Any]], required: Sequence[str]
) -> list[Field]:
    """The fields of properties that passed the vocabulary, nested ones included."""
    return list(fields_from(properties, required))


def _steps(schema: Mapping[str, Any], fields: Mapping[str, Field]) -> Iterator[Problem]:
    placed: set[str] = set()
    names: set[str] = set()
    for index, step in enumerate(schema["x-steps"]):
        if step["name"] in names:
            yield Problem(f"x-steps.{index}.name", f"bước “{step['name']}” có hai lần")
        names.add(step["name"])
        for name in step["fields"]:
            if name not in fields:
                yield Problem(f"x-steps.{index}.fields", f"không có trường “{name}”")
            elif name in placed:
                yield Problem(f"x-steps.{index}.fields", f"trường “{name}” đã ở bước khác")
            placed.add(name)
    for name in fields:
        if name not in placed:
            yield Problem(f"properties.{name}", "không ở bước nào của x-steps")


def _field(field: Field, path: str, *, in_group: bool) -> Iterator[Problem]:
    widget = WIDGETS[field.widget]
    for word in sorted(set(field.schema) - _EVERYWHERE - widget.words):
        yield Problem(f"{path}.{word}", f"không dùng được với x-widget “{field.widget}”")
    for word in sorted(widget.needs - set(field.schema)):
        yield Problem(path, f"x-widget “{field.widget}” cần “{word}”")
    declared = field.schema.get("type", widget.json_type)
    if declared != widget.json_type:
        yield Problem(f"{path}.type", f"x-widget “{field.widget}” cần kiểu {widget.json_type}")
    if field.widget != "group" and "x-privacy" not in field.schema:
        yield Problem(path, "thiếu “x-privacy” (public, personal hoặc sensitive)")
    if field.widget in ("radio", "select", "checkboxes"):
        yield from _choices(field, path)
    if "pattern" in field.schema:
        yield from _pattern(field, path)
    for low, high in (("minLength", "maxLength"), ("minimum", "maximum"), ("minItems", "maxItems")):
        if low in field.schema and high in field.schema and field.schema[low] > field.schema[high]:
            yield Problem(f"{path}.{low}", f"lớn hơn “{high}”")
    yield from _days(field, path)
    if in_group and field.widget in ("group", "files"):
        yield Problem(path, f"x-widget “{field.widget}” không đặt trong nhóm lặp")
    yield from _items(field, path, in_group=in_group)


def _days(field: Field, path: str) -> Iterator[Problem]:
    """Bounds of a date are real days, the first not after the last."""
    found: dict[str, date] = {}
    for word in ("x-not-before", "x-not-after"):
        text = field.schema.get(word, TODAY)
        if text != TODAY:
            try:
                found[word] = date.fromisoformat(text)
            except ValueError:
                yield Problem(f"{path}.{word}", "không phải một ngày có thật")
    if len(found) > 1 and found["x-not-before"] > found["x-not-after"]:
        yield Problem(f"{path}.x-not-before", "sau “x-not-after”")


def _items(field: Field, path: str, *, in_group: bool) -> Iterator[Problem]:
    items = field.schema.get("items", {})
    if field.widget == "group":
        allowed = {"type", "title", "x-en", "properties", "required"}
        if not field.fields:
            yield Problem(f"{path}.items", "nhóm lặp cần “properties”")
        for name in items.get("required", ()):
            if name not in items.get("properties", {}):
                yield Problem(f"{path}.items.required", f"không có trường “{name}”")
        if not in_group:
            for inner in field.fields:
                yield from _field(inner, f"{path}.items.properties.{inner.name}", in_group=True)
    else:
        allowed = {"type", "oneOf", "x-options"}
    for word in sorted(set(items) - allowed):
        yield Problem(f"{path}.items.{word}", f"không dùng được với x-widget “{field.widget}”")


def _choices(field: Field, path: str) -> Iterator[Problem]:
    values = [choice.value for choice in field.choices()]
    if bool(values) == bool(field.options):
        yield Problem(path, "cần “oneOf” hoặc “x-options”, một trong hai")
    if len(values) != len(set(values)):
        yield Problem(path, "hai lựa chọn có cùng “const”")


def _pattern(field: Field, path: str) -> Iterator[Problem]:
    try:
        jsonschema_rs.Draft202012Validator(
            {"pattern": field.schema["pattern"]}, pattern_options=jsonschema_rs.RegexOptions()
        )
    except (ValueError, jsonschema_rs.ValidationError):
        yield Problem(f"{path}.pattern", "không phải biểu thức chính quy dùng được")
    if "pattern" not in field.schema.get("x-messages", {}):
        yield Problem(path, "có “pattern” thì cần câu giải thích ở x-messages.pattern")


def _conditions(schema: Mapping[str, Any], fields: Mapping[str, Field]) -> Iterator[Problem]:
    every = names_in(fields.values())
    earlier: dict[str, Type] = names_in(())
    for index, step in enumerate(schema["x-steps"]):
        if "x-when" in step:
            yield from _condition(step["x-when"], f"x-steps.{index}.x-when", earlier, every)
        for name in step["fields"]:
            field = fields.get(name)
            if field is None:
                continue
            path = f"properties.{name}"
            yield from _words(field, path, earlier, every)
            inside = dict(earlier)
            whole = {**every, **{inner.name: inner.type() for inner in field.fields}}
            for inner in field.fields:
                yield from _words(inner, f"{path}.items.properties.{inner.name}", inside, whole)
                inside[inner.name] = inner.type()
            earlier[name] = field.type()


def _words(
    field: Field, path: str, earlier: Mapping[str, Type], every: Mapping[str, Type]
) -> Iterator[Problem]:
    for word in ("x-when", "x-require"):
        if word in field.schema:
            yield from _condition(field.schema[word], f"{path}.{word}", earlier, every)


def _condition(
    text: str,
    path: str,
    names: Mapping[str, Type],
    every: Mapping[str, Type] | None = None,
) -> Iterator[Problem]:
    try:
        expression = parse(text)
        found = check(expression, every or names)
    except DomainError as refusal:
        yield Problem(path, str(refusal))
        return
    if found not in (BOOLEAN, NULL):
        yield Problem(path, f"cần điều kiện đúng/sai, gặp {found}")
    for name in sorted(names_of(expression) - set(names)):
        yield Problem(path, f"“{name}” được hỏi sau; điều kiện chỉ dùng trường đã hỏi trước")
