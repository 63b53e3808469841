"""The schemas that every pack follows, and Vietnamese sentences for what a schema refuses."""

from __future__ import annotations

from copy import deepcopy
from functools import cache
from typing import TYPE_CHECKING, Any

import jsonschema_rs

from tinhso.packs.kinds import kinds

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tinhso.packs.sources import Document, Problem

CODE = {"type": "string", "pattern": r"^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$"}
VERSION = {"type": "string", "pattern": r"^\d{1,4}(\.\d{1,4}){0,2}$"}
LEGAL_BASIS: dict[str, Any] = {
    "type": "array",
    "minItems": 1,
    "items": {
        "type": "object",
        "required": ["document", "verified"],
        "additionalProperties": False,
        "properties": {
            "document": {"type": "string", "minLength": 3},
            "article": {"type": "string", "minLength": 1},
            "verified": {"type": "boolean"},
            "note": {"type": "string"},
        },
    },
}
PACK: dict[str, Any] = {
    "type": "object",
    "required": ["code", "name", "version", "legal_basis"],
    "additionalProperties": False,
    "properties": {
        "code": {"type": "string", "pattern": "^[a-z][a-z0-9-]{1,49}$"},
        "name": {"type": "string", "minLength": 3},
        "name_en": {"type": "string", "minLength": 3},
        "version": VERSION,
        "description": {"type": "string"},
        "description_en": {"type": "string"},
        "requires": {"type": "array", "items": {"type": "string"}, "uniqueItems": True},
        "legal_basis": LEGAL_BASIS,
    },
}
CASES: dict[str, Any] = {
    "type": "object",
    "required": ["kind", "entry", "cases"],
    "additionalProperties": False,
    "properties": {
        "kind": {"type": "string"},
        "entry": {"type": "string"},
        "cases": {
            "type": "array",
            "minItems": 1,
            "items": {
                "type": "object",
                "required": ["name", "given", "when", "then"],
                "additionalProperties": False,
                "properties": {
                    "name": {"type": "string", "minLength": 3},
                    "given": {},
                    "when": {},
                    "then": {},
                },
            },
        },
    },
}

_LONGEST_SHOWN = 60
_TYPES = {
    "object": "bảng khóa–giá trị",
    "array": "danh sách",
    "string": "chữ (trong dấu nháy nếu trông như số)",
    "integer": "số nguyên",
    "number": "số",
    "boolean": "true hoặc false",
    "null": "để trống",
}


@cache
def _validator(kind: str) -> jsonschema_rs.Draft202012Validator:
    return jsonschema_rs.Draft202012Validator(of_kind(kind), validate_formats=True)


_PACK = jsonschema_rs.Draft202012Validator(PACK)


@cache
def _cases_validator(kind: str) -> jsonschema_rs.Draft202012Validator:
    schema = deepcopy(CASES)
    if kind in kinds:
        schema["properties"]["cases"]["items"]["properties"] |= kinds[kind].case_schema
    return jsonschema_rs.Draft202012Validator(schema, validate_formats=True)


def of_kind(kind: str) -> dict[str, Any]:
    """The schema of a kind with the keys that this app reads from every entry."""
    declared = kinds[kind]
    common = {"code": CODE, "version": VERSION, "legal_basis": LEGAL_BASIS}
    schema = dict(declared.schema) | {"type": "object"}
    schema["properties"] = common | schema.get("properties", {})
    if declared.needs_legal_basis:
        schema["properties"]["legal_basis"] = LEGAL_BASIS
        schema["required"] = sorted({*schema.get("required", []), "legal_basis"})
    return schema


def pack_problems(document: Document) -> list[Problem]:
    """What the schema of `pack.yaml` refuses."""
    return list(_problems(_PACK, document))


def case_problems(document: Document) -> list[Problem]:
    """What the schema of a file of cases refuses: that of all, with what the kind says of its own."""
    kind = document.value.get("kind") if isinstance(document.value, dict) else None
    known = kind if isinstance(kind, str) and kind in kinds else ""
    return list(_problems(_cases_validator(known), document))


def entry_problems(kind: str, document: Document) -> list[Problem]:
    """What the schema of the kind refuses in an entry."""
    return list(_problems(_validator(kind), document))


def _problems(
    validator: jsonschema_rs.Draft202012Validator, document: Document
) -> Iterator[Problem]:
    for error in validator.iter_errors(document.value):
        path = tuple(error.instance_path)
        facts = error.kind.as_dict()
        if error.kind.name == "additionalProperties":
            for name in facts["unexpected"]:
                expected = "khóa có trong lược đồ"
                yield document.problem(*path, name, found=f"khóa lạ “{name}”", expected=expected)
            continue
        found, expected = _sentence(error.kind.name, facts, error.instance)
        yield document.problem(*path, found=found, expected=expected)


def _sentence(keyword: str, facts: dict[str, Any], value: Any) -> tuple[str, str]:
    """What was found and what was expected, by the schema's keyword."""
    shown = _shown(value)
    limit = facts.get("limit")
    sentences: dict[str, tuple[str, str]] = {
        "required": (f"thiếu khóa “{facts.get('property')}”", "khóa này là bắt buộc"),
        "type": (f"{shown} sai kiểu", _either(_TYPES[name] for name in facts.get("types", ()))),
        "enum": (
            f"{shown} không có trong danh mục",
            _either(map(_shown, facts.get("options", ()))),
        ),
        "const": (f"{shown} không đúng", _shown(facts.get("expected_value"))),
        "pattern": (f"{shown} sai dạng", f"dạng {facts.get('pattern')}"),
        "format": (f"{shown} sai dạng", f"dạng {facts.get('format')}"),
        "minItems": ("danh sách quá ngắn", f"ít nhất {limit} mục"),
        "maxItems": ("danh sách quá dài", f"không quá {limit} mục"),
        "minLength": (f"{shown} quá ngắn", f"ít nhất {limit} ký tự"),
        "maxLength": (f"{shown} quá dài", f"không quá {limit} ký tự"),
        "minimum": (f"{shown} quá nhỏ", f"từ {limit} trở lên"),
        "maximum": (f"{shown} quá lớn", f"không quá {limit}"),
        "minProperties": ("quá ít khóa", f"ít nhất {limit} khóa"),
        "uniqueItems": ("danh sách có mục trùng nhau", "mỗi mục một lần"),
        "propertyNames": ("tên khóa không dùng được", "tên khóa đúng lược đồ"),
    }
    return sentences.get(
        keyword, (f"{shown} không hợp lược đồ ({keyword})", "xem lược đồ của loại")
    )


def _either(words: Iterable[str]) -> str:
    return " hoặc ".join(words)


def _shown(value: Any) -> str:
    if isinstance(value, dict):
        return "bảng khóa–giá trị"
    if isinstance(value, list):
        return "danh sách"
    words = {None: "chỗ trống", True: "true", False: "false"}
    if value is None or isinstance(value, bool):
        return words[value]
    text = str(value)
    return f"“{text[:_LONGEST_SHOWN]}…”" if len(text) > _LONGEST_SHOWN else f"“{text}”"
