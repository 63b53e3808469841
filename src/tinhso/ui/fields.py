"""A form field (trường nhập) with label, hint, error and value, of a Django form or of none."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.forms.utils import flatatt
from django.utils.html import conditional_escape, escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from tinhso.kernel.days import FIRST_YEAR, LAST_YEAR, not_in_calendar
from tinhso.ui.languages import lang_of

_UNSAFE_IN_ID = re.compile(r"[^0-9A-Za-z_-]+")
_ISO = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2})(?::\d{2})?)?")
OWN = ("label", "hint", "required", "wide", "is_optional")
CHOICE_KINDS = ("select", "radios", "checkboxes")
AS_WRITTEN = {
    "date": _("ngày/tháng/năm"),
    "time": _("giờ:phút"),
    "datetime-local": _("ngày/tháng/năm giờ:phút"),
}
"""What a browser's own box would show in the order of the browser's language, with what an empty box says here."""
_KIND_OF_WIDGET: list[tuple[type[forms.Widget], str]] = [
    (forms.CheckboxSelectMultiple, "checkboxes"),
    (forms.RadioSelect, "radios"),
    (forms.Select, "select"),
    (forms.Textarea, "textarea"),
    (forms.CheckboxInput, "checkbox"),
    (forms.FileInput, "file"),
]


NO_DAY = _("Không phải là một ngày có thật. Nhập lại, ví dụ 31/12/1990.")
NAMED_NO_DAY = _("“%(label)s” không phải là một ngày có thật. Nhập lại, ví dụ 31/12/1990.")
"""The one wording of a day that no calendar has, without and with the name of its field."""


class NeededAtTimes(forms.CharField):
    """A text that may stay empty in some cases, which its label names."""

    is_optional = False

    def __init__(self, **given: Any) -> None:
        super().__init__(required=False, **given)


class FileNeededAtTimes(forms.FileField):
    """A file that may be missing in some cases, which its label or hint names."""

    is_optional = False

    def __init__(self, **given: Any) -> None:
        super().__init__(required=False, **given)


def in_calendar(day: date) -> None:
    """Refuse a day of a year in which nobody lives: it was mistyped, and no day after it may exist."""
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise forms.ValidationError(not_in_calendar(f"{day:%d/%m}/{day.year:04}"))


class NamedForm(forms.Form):
    """A form whose empty fields are told by name, so that the list on top of the page can be read by itself."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for one in self.fields.values():
            name_when_empty(one)


def name_when_empty(one: forms.Field) -> None:
    """Let the sentence about an empty field name it, and that about an impossible day."""
    chosen = isinstance(one, forms.ChoiceField | forms.ModelChoiceField)
    asked = _("Chọn “%(label)s”.") if chosen else _("Nhập “%(label)s”.")
    if isinstance(one, forms.BooleanField):
        asked = _("Đánh dấu “%(label)s”.")
    one.error_messages["required"] = asked % {"label": one.label}
    if isinstance(one, forms.DateField):
        one.error_messages["invalid"] = NAMED_NO_DAY % {"label": one.label}


def name_in_errors(one: forms.Field) -> None:
    """Let every sentence of a field name it."""
    named = {"label": one.label}
    one.error_messages |= {
        "invalid": _("Nhập lại “%(label)s” theo đúng hướng dẫn.") % named,
        "invalid_choice": _("Chọn “%(label)s” trong danh sách.") % named,
    }
    name_when_empty(one)


def naming(label: StrOrPromise, sentence: str) -> str:
    """The sentence with the name of its field before it, where it does not say it itself."""
    is_said = not label or str(label).casefold() in sentence.casefold()
    return sentence if is_said else f"{label}: {sentence}"


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
    id: str
    label: StrOrPromise
    kind: str = "text"
    value: str = ""
    hint: StrOrPromise = ""
    errors: Sequence[str] = ()
    required: bool = True
    is_optional: bool | None = None
    """Whether "không bắt buộc" stands beside the label; None: where it is not required."""
    wide: bool = False
    choices: Sequence[Choice] = ()
    is_checked: bool = False
    attributes: Mapping[str, Any] = field(default_factory=dict)

    @property
    def says_optional(self) -> bool:
        """Whether the reader is told that it may stay empty; not where the label says when it may not."""
        return not self.required if self.is_optional is None else self.is_optional

    @property
    def is_group(self) -> bool:
        """Whether it is several controls under one legend."""
        return self.kind in ("radios", "checkboxes")

    @property
    def options(self) -> SafeString:
        """The options of a select."""
        return mark_safe(  # noqa: S308 - what is not a constant is escaped
            "".join(
                f'<option value="{escape(choice.value)}"{" selected" * choice.is_chosen}'
                f"{lang_of(choice.label)}>{conditional_escape(choice.label)}</option>"
                for choice in self.choices
            )
        )

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


def choices_of(first_id: str, options: Iterable[tuple[Any, Any]], chosen: Any) -> list[Choice]:
    """Options as choices, the first with the field's own id; `chosen` is a value or several, compared as text."""
    several = isinstance(chosen, (list, tuple, set, frozenset))
    picked = {str(value) for value in (chosen if several else [chosen]) if value is not None}
    return [
        Choice(
            f"{first_id}-{index}" if index else first_id,
            str(value),
            label,
            is_chosen=str(value) in picked,
        )
        for index, (value, label) in enumerate(options)
    ]


def as_written(value: Any) -> str:
    """A day as `31/12/1990`, with its hour as `31/12/1990 08:00`; what is neither stays as it was typed."""
    text = value.isoformat() if isinstance(value, date) else str(value)
    found = _ISO.fullmatch(text)
    try:
        day = date.fromisoformat(found[1]) if found else None
    except ValueError:
        day = None
    if found is None or day is None:
        return text
    clock = f" {found[2]}" if found[2] else ""
    return f"{day:%d/%m}/{day.year:04}{clock}"


def plain_field(
    name: str,
    *,
    kind: str = "text",
    value: Any = "",
    options: Iterable[tuple[Any, Any]] = (),
    **given: Any,
) -> FieldView:
    """A field of no Django form. Unknown arguments become HTML attributes, `_` read as `-`.

    `id` is needed where a name occurs twice on a page. A checkbox posts 1 and is ticked by a true `value`. Days and
    hours are typed as everybody here writes them: a browser's own box reads 05/06 by the browser's language.
    """
    if kind in AS_WRITTEN:
        given = {"placeholder": AS_WRITTEN[kind], "autocomplete": "off", **given}
        kind, value = "text", value and as_written(value)
    own = {key: given.pop(key) for key in OWN if key in given}
    errors = given.pop("error", None) or ()
    own_id = given.pop("id", "") or field_id(name)
    return FieldView(
        name=name,
        id=own_id,
        kind=kind,
        value="" if value is None or kind in (*CHOICE_KINDS, "checkbox") else str(value),
        errors=[errors] if isinstance(errors, str) else [str(error) for error in errors],
        choices=choices_of(own_id, options, value) if kind in CHOICE_KINDS else (),
        is_checked=kind == "checkbox" and bool(value),
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
            "is_optional": getattr(bound.field, "is_optional", None),
            "kind": kind,
            "value": "" if kind == "file" else value,
            **attributes,
            **given,
        },
    )
