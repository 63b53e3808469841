"""A form field (trường nhập) with label, hint, error and value, of a Django form or of none."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.forms.utils import flatatt
from django.utils.safestring import SafeString
from django_stubs_ext import StrOrPromise

_UNSAFE_IN_ID = re.compile(r"[^0-9A-Za-z_-]+")
CHOICE_KINDS = ("select", "radios", "checkboxes")
_KIND_OF_WIDGET: list[tuple[type[forms.Widget], str]] = [
    (forms.CheckboxSelectMultiple, "checkboxes"),
    (forms.RadioSelect, "radios"),
    (forms.Select, "select"),
    (forms.Textarea, "textarea"),
    (forms.CheckboxInput, "checkbox"),
    (forms.FileInput, "file"),
]


def field_id(name: str) -> str:
    """The id of a field's control, which the error summary links to: `a.b` is `id_a-b`."""
    return "id_" + _UNSAFE_IN_ID.sub("-", name)


@dataclass(frozen=True)
class Choice:
    """One option of a select, of radios or of checkboxes."""

    id: str
    value: str
    label: StrOrPromise
    is_chosen: bool


@dataclass(frozen=True)
class FieldView:
    """Everything that `ui/field.html` draws."""

    name: str
    label: StrOrPromise
    kind: str = "text"
    value: str = ""
    hint: StrOrPromise = ""
    errors: Sequence[str] = ()
    required: bool = True
    wide: bool = False
    choices: Sequence[Choice] = ()
    is_checked: bool = False
    attributes: Mapping[str, Any] = field(default_factory=dict)

    @property
    def id(self) -> str:
        """Id of the control (of the first control, for a group)."""
        return field_id(self.name)

    @property
    def is_group(self) -> bool:
        """Whether it is several controls under one legend."""
        return self.kind in ("radios", "checkboxes")

    @property
    def control_attributes(self) -> SafeString:
        """The control's HTML attributes beyond id, name and value."""
        described = [f"{self.id}-hint"] * bool(self.hint) + [f"{self.id}-error"] * bool(self.errors)
        attributes: dict[str, Any] = {**self.attributes}
        if described:
            attributes["aria-describedby"] = " ".join(described)
        if self.errors:
            attributes["aria-invalid"] = "true"
        if self.required and not self.is_group:
            attributes["aria-required"] = "true"
        return flatatt(
            {key: value for key, value in attributes.items() if value not in (None, False)}
        )


def choices_of(name: str, options: Iterable[tuple[Any, Any]], chosen: Any) -> list[Choice]:
    """Options as choices; `chosen` is a value or a list of values, compared as text."""
    several = isinstance(chosen, (list, tuple, set, frozenset))
    picked = {str(value) for value in (chosen if several else [chosen]) if value is not None}
    ids = (
        field_id(name) if index == 0 else f"{field_id(name)}-{index}" for index in range(1_000_000)
    )
    return [
        Choice(id=choice_id, value=str(value), label=label, is_chosen=str(value) in picked)
        for choice_id, (value, label) in zip(ids, options, strict=False)
    ]


def plain_field(name: str, *, options: Iterable[tuple[Any, Any]] = (), **given: Any) -> FieldView:
    """A field of no Django form. Unknown arguments become HTML attributes, `_` read as `-`."""
    own = {
        key: given.pop(key) for key in ("label", "kind", "hint", "required", "wide") if key in given
    }
    errors = given.pop("error", None) or ()
    value = given.pop("value", "")
    kind = own.get("kind", "text")
    return FieldView(
        name=name,
        value="" if value is None or kind in (*CHOICE_KINDS, "checkbox") else str(value),
        errors=[errors] if isinstance(errors, str) else [str(error) for error in errors],
        choices=choices_of(name, options, value) if kind in CHOICE_KINDS else (),
        is_checked=kind == "checkbox" and bool(given.pop("checked", value)),
        attributes={key.replace("_", "-"): attribute for key, attribute in given.items()},
        **{"label": name, **own},
    )


def bound_field(bound: BoundField, **given: Any) -> FieldView:
    """A field of a Django form; arguments override what the form says."""
    widget = bound.field.widget
    kind = next((kind for cls, kind in _KIND_OF_WIDGET if isinstance(widget, cls)), None)
    kind = kind or getattr(widget, "input_type", "text")
    value = bound.value()
    if kind not in CHOICE_KINDS and kind not in ("checkbox", "file"):
        value = widget.format_value(value)
    attributes = {
        key: attribute
        for key, attribute in widget.attrs.items()
        if key not in ("id", "class", "style")
    }
    return plain_field(
        bound.html_name,
        options=getattr(bound.field, "choices", ()),
        **{
            "label": bound.label,
            "hint": bound.help_text,
            "error": [str(error) for error in bound.errors],
            "required": bound.field.required,
            "kind": kind,
            "value": "" if kind == "file" else value,
            **attributes,
            **given,
        },
    )
