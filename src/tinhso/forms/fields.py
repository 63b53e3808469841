"""The parts of a loaded form: steps, fields, choices, rules. Plain frozen data made from a checked schema."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.utils.translation import get_language

from tinhso.forms.expressions import Expression, Type, list_of, parse, record_of
from tinhso.forms.schema import MAX_ITEMS, MAX_LONG_TEXT, MAX_TEXT, TODAY, WIDGETS

LENGTHS = {"long-text": MAX_LONG_TEXT, "email": 254, "phone": 20, "personal-id": 12}


def worded(node: Mapping[str, Any], word: str) -> str:
    """A title, hint or message in the language of the page; Vietnamese where no English is given."""
    if (get_language() or "vi").startswith("en") and word in node.get("x-en", {}):
        return str(node["x-en"][word])
    return str(node.get(word, ""))


@dataclass(frozen=True)
class Choice:
    """One thing to choose (lựa chọn): what is stored, what is read on screen, a hint."""

    value: str
    label: str
    hint: str = ""


@dataclass(frozen=True)
class Field:
    """One question (trường) of a form. `fields` are those of an item when it is a repeated group."""

    name: str
    schema: Mapping[str, Any]
    required: bool = False
    fields: tuple[Field, ...] = ()

    @cached_property
    def widget(self) -> str:
        """How it is asked; a key of `schema.WIDGETS`."""
        return str(self.schema["x-widget"])

    @property
    def label(self) -> str:
        """The question in the language of the page."""
        return worded(self.schema, "title")

    @property
    def hint(self) -> str:
        """The hint under the question, or nothing."""
        return worded(self.schema, "description")

    @property
    def item_label(self) -> str:
        """How one item of a group is called."""
        return worded(self.schema.get("items", {}), "title") or self.label

    @property
    def privacy(self) -> str:
        """`public`, `personal` or `sensitive`."""
        return str(self.schema.get("x-privacy", "personal"))

    @cached_property
    def when(self) -> Expression | None:
        """The condition on which it is asked; always when None."""
        return _expression(self.schema, "x-when")

    @cached_property
    def require(self) -> Expression | None:
        """The condition on which it must be answered, beside `required`."""
        return _expression(self.schema, "x-require")

    @property
    def options(self) -> str | None:
        """The name of the list of choices that the caller gives, if it has no choices of its own."""
        name = self.schema.get("x-options") or self.schema.get("items", {}).get("x-options")
        return None if name is None else str(name)

    def message(self, word: str) -> str:
        """The form's own sentence for a word that is broken, in the language of the page, or nothing."""
        messages: Mapping[str, str] = self.schema.get("x-messages", {})
        if (get_language() or "vi").startswith("en"):
            messages = {**messages, **self.schema.get("x-en", {}).get("messages", {})}
        return messages.get(word, "")

    def choices(self) -> tuple[Choice, ...]:
        """Its own choices, in the language of the page."""
        listed = self.schema.get("oneOf") or self.schema.get("items", {}).get("oneOf") or ()
        return tuple(
            Choice(node["const"], worded(node, "title"), worded(node, "description"))
            for node in listed
        )

    @property
    def max_length(self) -> int:
        """Characters allowed in a text."""
        return int(self.schema.get("maxLength", LENGTHS.get(self.widget, MAX_TEXT)))

    @property
    def max_items(self) -> int:
        """Items allowed in a list, a group, a file slot."""
        return int(self.schema.get("maxItems", MAX_ITEMS))

    @property
    def min_items(self) -> int:
        """Items that a given list must have."""
        return int(self.schema.get("minItems", 0))

    def bound(self, word: str, on: date | None) -> date | None:
        """The day that `x-not-before` or `x-not-after` names; `today` is `on`, the official day of the case.

        A form that asks for today where nobody gave it is a bug: `LookupError`, better than accepting any day.
        """
        text = self.schema.get(word)
        if text != TODAY:
            return None if text is None else date.fromisoformat(text)
        if on is None:
            raise LookupError(f"field {self.name!r} is bound by today, which is not given")
        return on

    def type(self) -> Type:
        """Its type in expressions."""
        fact = WIDGETS[self.widget].fact
        if fact is not None:
            return fact
        return list_of(record_of({inner.name: inner.type() for inner in self.fields}))

    def fact(self, value: Any) -> Any:
        """A value as expressions see it: dates as dates, numbers as decimals, files by key."""
        if value is None:
            return None
        match self.widget:
            case "date":
                return date.fromisoformat(value)
            case "number" | "money":
                return Decimal(repr(value))
            case "files":
                return [item["key"] for item in value]
            case "group":
                return [
                    {inner.name: inner.fact(item.get(inner.name)) for inner in self.fields}
                    for item in value
                ]
            case _:
                return value


@dataclass(frozen=True)
class Step:
    """One page (bước) of a form."""

    name: str
    schema: Mapping[str, Any]
    fields: tuple[Field, ...]

    @property
    def label(self) -> str:
        """The heading of the page."""
        return worded(self.schema, "title")

    @property
    def hint(self) -> str:
        """The text under the heading, or nothing."""
        return worded(self.schema, "description")

    @cached_property
    def when(self) -> Expression | None:
        """The condition on which the step is asked; always when None."""
        return _expression(self.schema, "x-when")


@dataclass(frozen=True)
class Rule:
    """What answers must fulfil together (ràng buộc); broken when `must` is false, not when it is null."""

    at: str
    must: Expression
    schema: Mapping[str, Any]

    @property
    def message(self) -> str:
        """The sentence at the field when the rule is broken."""
        return worded(self.schema, "message")


@dataclass(frozen=True)
class Given:
    """What the case gives to a form: the official day of filing and the lists to choose from."""

    on: date | None = None
    options: Mapping[str, Sequence[Choice]] = field(default_factory=dict)

    def choices(self, asked: Field) -> Sequence[Choice]:
        """The choices of a field: its own, or those of the list that it names (none when not given)."""
        return self.options.get(asked.options, ()) if asked.options else asked.choices()


def fields_from(
    properties: Mapping[str, Mapping[str, Any]], required: Sequence[str]
) -> Iterator[Field]:
    """The fields of the properties of a form or of a group's item."""
    for name, schema in properties.items():
        items = schema.get("items", {})
        inner = fields_from(items.get("properties", {}), items.get("required", ()))
        yield Field(name, schema, name in required, tuple(inner))


def _expression(schema: Mapping[str, Any], word: str) -> Expression | None:
    return parse(schema[word]) if word in schema else None
