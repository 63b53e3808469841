"""Answers held against the form: what is missing, malformed or contradictory, in sentences that say what to do.

Structure is judged by JSON Schema; its English never reaches a page, each kind of error has our own sentence.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

import jsonschema_rs
from django.utils.translation import gettext as _

from tinhso.forms.answers import Answers
from tinhso.forms.expressions import evaluate
from tinhso.forms.fields import Field, Rule
from tinhso.forms.reading import show_number
from tinhso.forms.schema import WIDGETS
from tinhso.ui import formatting

_PLAIN_WORDS = (
    "minLength",
    "pattern",
    "minimum",
    "maximum",
    "multipleOf",
    "minItems",
    "uniqueItems",
)
_CHOSEN = ("radio", "select", "commune", "yes-no")
_FILE = {
    "type": "object",
    "properties": {
        "key": {"type": "string", "format": "uuid"},
        "name": {"type": "string", "minLength": 1, "maxLength": 255},
    },
    "required": ["key", "name"],
}


class Validator:
    """The judge of one form, compiled once."""

    def __init__(self, fields: Mapping[str, Field], rules: Sequence[Rule]) -> None:
        self.fields = fields
        self.rules = rules
        self.structure = jsonschema_rs.Draft202012Validator(
            _object(tuple(fields.values())),
            validate_formats=True,
            pattern_options=jsonschema_rs.RegexOptions(),
        )

    def errors(self, answers: Answers, fields: Sequence[Field]) -> dict[str, list[str]]:
        """The first sentence of each path of these fields that is not in order."""
        structural = self._structural(answers)
        found: dict[str, list[str]] = {}
        for field, path, facts, value in _asked(answers, fields):
            sentence = (
                answers.troubles.get(path)
                or _missing(field, facts, value)
                or structural.get(path)
                or _out_of_time(field, answers.given.on, value)
                or _not_offered(field, answers, value)
            )
            if sentence:
                found[path] = [sentence]
        names = {field.name for field in fields}
        for rule in self.rules:
            is_judged = rule.at in names and rule.at not in answers.hidden and rule.at not in found
            if is_judged and evaluate(rule.must, answers.facts) is False:
                found[rule.at] = [rule.message]
        return found

    def _structural(self, answers: Answers) -> dict[str, str]:
        found: dict[str, str] = {}
        for error in self.structure.iter_errors(answers.values):
            field, path = self._place([str(part) for part in error.instance_path])
            if field is not None:
                limits = error.kind.as_dict()
                found.setdefault(path, sentence(field, error.kind.name, limits.get("limit")))
        return found

    def _place(self, parts: Sequence[str]) -> tuple[Field | None, str]:
        field = self.fields.get(parts[0]) if parts else None
        if field is not None and field.fields and len(parts) > 2:  # noqa: PLR2004 - group, index, field
            inner = next((inner for inner in field.fields if inner.name == parts[2]), None)
            return inner, ".".join(parts[:3])
        return field, "" if field is None else field.name


def sentence(field: Field, word: str, limit: Any = None) -> str:
    """What to do about a field that breaks a word of its schema; the form's own sentence comes first."""
    own = field.message(word)
    if own:
        return own
    sentences = {
        "required": _required(field),
        "minLength": _("Nhập “%(label)s” ít nhất %(limit)s ký tự."),
        "maxLength": _("Rút ngắn “%(label)s” còn không quá %(limit)s ký tự."),
        "minimum": _("“%(label)s” phải từ %(limit)s trở lên."),
        "maximum": _("“%(label)s” không được quá %(limit)s."),
        "multipleOf": _("Nhập “%(label)s” đúng bước số cho phép."),
        "minItems": _("“%(label)s” cần ít nhất %(limit)s mục."),
        "maxItems": _("“%(label)s” không được quá %(limit)s mục."),
        "uniqueItems": _("Mỗi mục ở “%(label)s” chỉ chọn một lần."),
        "format": (
            _("Đính kèm lại tệp cho “%(label)s”.")
            if field.widget == "files"
            else _("Nhập “%(label)s” theo dạng ten@example.vn.")
        ),
        "notBefore": _("“%(label)s” phải từ ngày %(limit)s trở đi."),
        "notAfter": _("“%(label)s” không được sau ngày %(limit)s."),
        "choice": _("Chọn “%(label)s” trong danh sách."),
    }
    chosen = sentences.get(word, _("Nhập lại “%(label)s” theo đúng hướng dẫn."))
    shown = show_number(limit) if isinstance(limit, int | float) else limit
    return chosen % {"label": field.label, "limit": shown}


def _required(field: Field) -> str:
    if field.widget in _CHOSEN:
        return _("Chọn câu trả lời cho “%(label)s”.")
    if field.widget == "checkboxes":
        return _("Chọn ít nhất một mục ở “%(label)s”.")
    if field.widget == "files":
        return _("Đính kèm tệp cho “%(label)s”.")
    if field.widget == "group":
        return _("Thêm ít nhất một mục vào “%(label)s”.")
    return _("Nhập “%(label)s”.")


def _asked(
    answers: Answers, fields: Sequence[Field]
) -> Iterator[tuple[Field, str, Mapping[str, Any], Any]]:
    """Every question that is asked now, with its path, the facts around it and its value."""
    for field in fields:
        if field.name in answers.hidden:
            continue
        value = answers.values.get(field.name)
        yield field, field.name, answers.facts, value
        if field.fields:
            for index, item in enumerate(value or ()):
                facts = {**answers.facts, **_item_facts(field, item)}
                for inner in field.fields:
                    path = f"{field.name}.{index}.{inner.name}"
                    if path not in answers.hidden:
                        yield inner, path, facts, item.get(inner.name)


def _item_facts(group: Field, item: Mapping[str, Any]) -> dict[str, Any]:
    return {inner.name: inner.fact(item.get(inner.name)) for inner in group.fields}


def _missing(field: Field, facts: Mapping[str, Any], value: Any) -> str:
    if value is not None:
        return ""
    required = field.required or (
        field.require is not None and evaluate(field.require, facts) is True
    )
    return sentence(field, "required") if required else ""


def _not_offered(field: Field, answers: Answers, value: Any) -> str:
    if value is None or field.widget not in ("radio", "select", "commune", "checkboxes"):
        return ""
    if field.options and field.options not in answers.given.options:
        raise LookupError(
            f"field {field.name!r} chooses from {field.options!r}, which is not given"
        )
    offered = {choice.value for choice in answers.given.choices(field)}
    chosen = value if isinstance(value, list) else [value]
    return "" if offered.issuperset(chosen) else sentence(field, "choice")


def _out_of_time(field: Field, on: date | None, value: Any) -> str:
    """The sentence about a day that lies before or after what the form allows."""
    if value is None or field.widget != "date":
        return ""
    try:
        day = date.fromisoformat(value)
    except ValueError:
        return ""
    first, last = field.bound("x-not-before", on), field.bound("x-not-after", on)
    if first is not None and day < first:
        return sentence(field, "notBefore", formatting.day(first))
    if last is not None and day > last:
        return sentence(field, "notAfter", formatting.day(last))
    return ""


def _object(fields: Sequence[Field]) -> dict[str, Any]:
    return {
        "type": "object",
        "additionalProperties": False,
        "properties": {field.name: _structure(field) for field in fields},
    }


def _structure(field: Field) -> dict[str, Any]:
    """The plain JSON Schema of a value, without what is judged by our own sentences."""
    found: dict[str, Any] = {
        word: field.schema[word] for word in _PLAIN_WORDS if word in field.schema
    }
    found["type"] = WIDGETS[field.widget].json_type
    match field.widget:
        case "date":
            found["format"] = "date"
        case "email":
            found |= {"format": "email", "maxLength": field.max_length}
        case "group":
            found |= {"items": _object(field.fields), "maxItems": field.max_items}
        case "files":
            found |= {"items": _FILE, "maxItems": field.max_items}
        case "checkboxes":
            found |= {"items": {"type": "string"}, "maxItems": field.max_items, "uniqueItems": True}
        case "text" | "long-text":
            found["maxLength"] = field.max_length
    return found
