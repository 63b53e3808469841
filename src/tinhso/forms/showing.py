"""Answers as people read them: rows of question and answer for officers' pages and papers, and their masking."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from tinhso.forms.answers import Answers
from tinhso.forms.fields import Field, Step
from tinhso.forms.form import Form
from tinhso.forms.reading import show_number
from tinhso.ui import formatting

HIDDEN_TEXT = "•••••"
_LAST_SHOWN = 3


class Row(NamedTuple):
    """One answer: the question, what is read (empty when unanswered), its privacy class, its place."""

    label: str
    shown: str
    privacy: str
    path: str
    widget: str

    @property
    def masked(self) -> str:
        """What is read by somebody who need not know the answer itself."""
        return mask(self.shown, widget=self.widget, privacy=self.privacy)


def rows(form: Form, answers: Answers, step: Step | None = None) -> list[Row]:
    """The answers to every question that is asked, in the order of the form (of one step, if given)."""
    steps = (step,) if step else form.steps
    return [
        row
        for item in steps
        for field in form.fields_of(item, answers)
        for row in _rows_of(field, answers)
    ]


def mask(  # noqa: PLR0911 - one way a widget
    shown: str, *, widget: str, privacy: str
) -> str:
    """The shown answer with what identifies a person taken out (che dữ liệu cá nhân).

    Public answers stay; sensitive ones vanish whole, also by length. Of personal ones remain the last
    three digits of numbers, the domain of an e-mail, the year of a date, the first letter of each word.
    """
    if privacy == "public" or not shown:
        return shown
    if privacy == "sensitive":
        return HIDDEN_TEXT
    match widget:
        case "personal-id" | "phone":
            return HIDDEN_TEXT + shown[-_LAST_SHOWN:]
        case "email":
            return HIDDEN_TEXT + shown[shown.find("@") :]
        case "date":
            return "••/••/" + shown[-4:]
        case "text":
            return " ".join(f"{word[0]}•••" for word in shown.split())
        case _:
            return HIDDEN_TEXT


def show(  # noqa: PLR0911 - one way a widget
    field: Field, value: Any, answers: Answers
) -> str:
    """One answer in words, as it stands on a page or paper."""
    if value is None:
        return ""
    match field.widget:
        case "date":
            return formatting.day(date.fromisoformat(value))
        case "number":
            return f"{show_number(value)} {field.schema.get('x-unit', '')}".rstrip()
        case "money":
            return f"{show_number(value)} đồng"
        case "yes-no":
            return _("Có") if value else _("Không")
        case "files":
            return ", ".join(str(item["name"]) for item in value)
        case "radio" | "select" | "commune" | "checkboxes":
            labels = {choice.value: choice.label for choice in answers.given.choices(field)}
            chosen = value if isinstance(value, list) else [value]
            return ", ".join(labels.get(str(item), str(item)) for item in chosen)
        case _:
            return str(value)


def _rows_of(field: Field, answers: Answers) -> Iterator[Row]:
    value = answers.values.get(field.name)
    if field.widget != "group":
        yield _row(field, field.label, field.name, value, answers)
        return
    if not value:
        yield Row(field.label, "", field.privacy, field.name, field.widget)
    for index, item in enumerate(value or ()):
        yield from _item_rows(field, index, item, answers)


def _item_rows(
    group: Field, index: int, item: Mapping[str, Any], answers: Answers
) -> Iterator[Row]:
    for inner in group.fields:
        path = f"{group.name}.{index}.{inner.name}"
        if path not in answers.hidden:
            label = f"{group.item_label} {index + 1}: {inner.label}"
            yield _row(inner, label, path, item.get(inner.name), answers)


def _row(field: Field, label: str, path: str, value: Any, answers: Answers) -> Row:
    return Row(label, show(field, value, answers), field.privacy, path, field.widget)
