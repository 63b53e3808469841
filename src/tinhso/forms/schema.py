"""The vocabulary of a form (từ vựng biểu mẫu): what a pack may write, as a JSON Schema of its own.

A form is a JSON Schema 2020-12 object; words that JSON Schema lacks begin with `x-`. Reference, with a
worked example: docs/reference/forms.md.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tinhso.forms.expressions import BOOLEAN, DATE, NUMBER, STRING, Type, list_of

NAME = r"^[a-z][a-z0-9_]{0,39}$"
FILED_ON = "filed_on"
TODAY = "today"
"""In `x-not-before` and `x-not-after`: the official day that the caller gives, never the clock."""
MAX_ITEMS = 50
MAX_TEXT = 500
MAX_LONG_TEXT = 5_000
PRIVACY = ("public", "personal", "sensitive")
AUTOCOMPLETE = [
    "off",
    "name",
    "given-name",
    "family-name",
    "organization",
    "street-address",
    "address-line1",
    "address-line2",
    "postal-code",
    "email",
    "tel",
    "bday",
    "sex",
    "username",
]


@dataclass(frozen=True)
class Widget:
    """How a field is asked: the JSON type that it fills, the words it may use, its expression type."""

    json_type: str
    words: frozenset[str]
    fact: Type | None
    needs: frozenset[str] = frozenset()


def _words(text: str = "") -> frozenset[str]:
    return frozenset(text.split())


_TEXT = _words("minLength maxLength pattern x-autocomplete")
_CHOICE = _words("oneOf x-options")
WIDGETS: Mapping[str, Widget] = {
    "text": Widget("string", _TEXT, STRING),
    "long-text": Widget("string", _TEXT, STRING),
    "personal-id": Widget("string", _words("x-autocomplete"), STRING),
    "phone": Widget("string", _words("x-autocomplete"), STRING),
    "email": Widget("string", _words("x-autocomplete"), STRING),
    "date": Widget("string", _words("format x-autocomplete x-not-before x-not-after"), DATE),
    "number": Widget("number", _words("minimum maximum multipleOf x-unit"), NUMBER),
    "money": Widget("integer", _words("minimum maximum multipleOf"), NUMBER),
    "yes-no": Widget("boolean", _words(), BOOLEAN),
    "radio": Widget("string", _CHOICE, STRING),
    "select": Widget("string", _CHOICE, STRING),
    "commune": Widget("string", _words("x-options"), STRING, _words("x-options")),
    "checkboxes": Widget(
        "array", _words("items minItems maxItems uniqueItems"), list_of(STRING), _words("items")
    ),
    "group": Widget("array", _words("items minItems maxItems"), None, _words("items")),
    "files": Widget(
        "array", _words("minItems maxItems x-paper x-accept"), list_of(STRING), _words("x-paper")
    ),
}

_SENTENCE = {"type": "string", "minLength": 1, "maxLength": 500}
_EXPRESSION = {"type": "string", "minLength": 1, "maxLength": 2_000}
_COUNT = {"type": "integer", "minimum": 0, "maximum": 10_000}
_DAY = {"type": "string", "pattern": rf"^({TODAY}|\d{{4}}-\d{{2}}-\d{{2}})$"}
_ITEMS = {"type": "integer", "minimum": 0, "maximum": MAX_ITEMS}
_MESSAGES = {
    "type": "object",
    "additionalProperties": False,
    "properties": dict.fromkeys(
        (
            "required",
            "unreadable",
            "pattern",
            "minLength",
            "maxLength",
            "minimum",
            "maximum",
            "multipleOf",
            "minItems",
            "maxItems",
            "notBefore",
            "notAfter",
        ),
        _SENTENCE,
    ),
}


def _translated(*words: str) -> dict[str, Any]:
    properties: dict[str, Any] = {word: _SENTENCE for word in words if word != "messages"}
    if "messages" in words:
        properties["messages"] = _MESSAGES
    return {"type": "object", "additionalProperties": False, "properties": properties}


_CHOICES = {
    "type": "array",
    "minItems": 1,
    "maxItems": 200,
    "items": {
        "type": "object",
        "additionalProperties": False,
        "required": ["const", "title"],
        "properties": {
            "const": {"type": "string", "minLength": 1, "maxLength": 100},
            "title": _SENTENCE,
            "description": _SENTENCE,
            "x-en": _translated("title", "description"),
        },
    },
}
_PROPERTIES = {
    "type": "object",
    "minProperties": 1,
    "maxProperties": 200,
    "propertyNames": {"pattern": NAME},
    "additionalProperties": {"$ref": "#/$defs/field"},
}
_NAMES = {"type": "array", "uniqueItems": True, "items": {"type": "string", "pattern": NAME}}
_FIELD = {
    "type": "object",
    "additionalProperties": False,
    "required": ["title", "x-widget"],
    "properties": {
        "type": {"enum": ["string", "number", "integer", "boolean", "array"]},
        "title": _SENTENCE,
        "description": _SENTENCE,
        "x-en": _translated("title", "description", "messages"),
        "x-widget": {"enum": list(WIDGETS)},
        "x-privacy": {"enum": list(PRIVACY)},
        "x-when": _EXPRESSION,
        "x-require": _EXPRESSION,
        "x-messages": _MESSAGES,
        "x-autocomplete": {"enum": AUTOCOMPLETE},
        "x-unit": {"type": "string", "minLength": 1, "maxLength": 20},
        "x-options": {"type": "string", "pattern": NAME},
        "x-paper": {"type": "string", "minLength": 1, "maxLength": 100},
        "x-accept": {
            "type": "array",
            "items": {"type": "string", "pattern": r"^\.[a-z0-9]{2,5}$"},
        },
        "format": {"const": "date"},
        "x-not-before": _DAY,
        "x-not-after": _DAY,
        "oneOf": _CHOICES,
        "minLength": _COUNT,
        "maxLength": {**_COUNT, "minimum": 1},
        "pattern": {"type": "string", "minLength": 1, "maxLength": 500},
        "minimum": {"type": "number"},
        "maximum": {"type": "number"},
        "multipleOf": {"type": "number", "exclusiveMinimum": 0},
        "minItems": _ITEMS,
        "maxItems": _ITEMS,
        "uniqueItems": {"const": True},
        "items": {
            "type": "object",
            "additionalProperties": False,
            "properties": {
                "type": {"enum": ["string", "object"]},
                "title": _SENTENCE,
                "x-en": _translated("title"),
                "oneOf": _CHOICES,
                "x-options": {"type": "string", "pattern": NAME},
                "properties": _PROPERTIES,
                "required": _NAMES,
            },
        },
    },
}
_STEP = {
    "type": "object",
    "additionalProperties": False,
    "required": ["name", "title", "fields"],
    "properties": {
        "name": {"type": "string", "pattern": NAME},
        "title": _SENTENCE,
        "description": {**_SENTENCE, "maxLength": 2_000},
        "x-en": _translated("title", "description"),
        "x-when": _EXPRESSION,
        "fields": {**_NAMES, "minItems": 1},
    },
}
_RULE = {
    "type": "object",
    "additionalProperties": False,
    "required": ["at", "must", "message"],
    "properties": {
        "at": {"type": "string", "pattern": NAME},
        "must": _EXPRESSION,
        "message": _SENTENCE,
        "x-en": _translated("message"),
    },
}
META: dict[str, Any] = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "title": "Từ vựng biểu mẫu",
    "type": "object",
    "additionalProperties": False,
    "required": ["type", "title", "properties", "x-steps"],
    "properties": {
        "$schema": {"const": "https://json-schema.org/draft/2020-12/schema"},
        "type": {"const": "object"},
        "title": _SENTENCE,
        "description": {**_SENTENCE, "maxLength": 2_000},
        "x-en": _translated("title", "description"),
        "properties": _PROPERTIES,
        "required": _NAMES,
        "x-steps": {"type": "array", "minItems": 1, "maxItems": 40, "items": _STEP},
        "x-rules": {"type": "array", "maxItems": 100, "items": _RULE},
    },
    "$defs": {"field": _FIELD},
}
