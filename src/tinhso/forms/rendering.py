"""Questions and answers as HTML fragments that work without JavaScript.

A page brings its own `<form method="post" enctype="multipart/form-data" novalidate>`, CSRF token and
button, and puts these fragments inside. Everything typed is escaped by the templates.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from tinhso.forms.answers import Answers, items_shown
from tinhso.forms.expressions import names_of
from tinhso.forms.fields import Choice, Field, Step
from tinhso.forms.form import Form
from tinhso.forms.reading import DATE_PARTS
from tinhso.forms.showing import rows
from tinhso.ui.fields import naming

Errors = Mapping[str, Sequence[str]]
_DATE_LENGTHS = {"day": 2, "month": 2, "year": 4}
_AUTOCOMPLETE = {"phone": "tel", "email": "email"}


@dataclass(frozen=True)
class Box:
    """One input of a date: its name, label, width in characters, typed text."""

    name: str
    id: str
    label: str
    width: int
    typed: str
    autocomplete: str


@dataclass(frozen=True)
class Option:
    """One choice as shown: where it stands and whether it is chosen."""

    id: str
    choice: Choice
    is_chosen: bool


@dataclass(frozen=True)
class Question:
    """A field bound to what was typed: everything that its template shows."""

    field: Field
    path: str
    typed: str
    errors: Sequence[str]
    is_required: bool
    is_heading: bool = False
    decides: bool = False
    boxes: Sequence[Box] = ()
    options: Sequence[Option] = ()
    attached: Sequence[Mapping[str, str]] = ()
    items: Sequence[Item] = ()

    @property
    def id(self) -> str:
        """The id of its (first) input, which the error summary links to."""
        if self.boxes:
            return self.boxes[0].id
        return self.options[0].id if self.options and self._is_listed else _id(self.path)

    @property
    def key(self) -> str:
        """The base of the ids of its hint and error."""
        return _id(self.path)

    @property
    def described_by(self) -> str:
        """The ids for aria-describedby: hint, then error."""
        hint = [f"{self.key}-hint"] if self.hint else []
        return " ".join(hint + ([f"{self.key}-error"] if self.errors else []))

    @property
    def hint(self) -> str:
        """The hint under the question, or nothing."""
        return self.field.hint

    @property
    def label(self) -> str:
        """The question; one that may be left blank says so."""
        optional = "" if self.is_required else _(" (không bắt buộc)")
        return self.field.label + optional

    @property
    def template(self) -> str:
        """The template of its widget."""
        name = {"commune": "select", "yes-no": "radio"}.get(self.field.widget, self.field.widget)
        return f"forms/widgets/{name if name in _TEMPLATES else 'text'}.html"

    @property
    def input_mode(self) -> str:
        """The keyboard that a phone should offer."""
        modes = {"personal-id": "numeric", "money": "numeric", "number": "decimal"}
        return modes.get(self.field.widget, "")

    @property
    def input_type(self) -> str:
        """The type of a one-line input; numbers are text, because people write them with dots."""
        return {"phone": "tel", "email": "email"}.get(self.field.widget, "text")

    @property
    def autocomplete(self) -> str:
        """What a browser may fill in."""
        given = self.field.schema.get("x-autocomplete")
        return str(given or _AUTOCOMPLETE.get(self.field.widget, ""))

    @property
    def unit(self) -> str:
        """The unit after the box."""
        unit = self.field.schema.get("x-unit", "")
        return _("đồng") if self.field.widget == "money" else str(unit)

    @property
    def width(self) -> str:
        """The width of a one-line input in characters, where what is typed has a known length."""
        widths = {"personal-id": "20", "phone": "20", "number": "10", "money": "20"}
        return widths.get(self.field.widget, "")

    @property
    def accept(self) -> str:
        """The kinds of file that the slot takes."""
        return ",".join(self.field.schema.get("x-accept", ()))

    @property
    def is_told(self) -> bool:
        """Whether there is nothing to choose: the only answer is told and goes along."""
        return self.field.widget == "radio" and self.is_required and len(self.options) == 1

    @property
    def has_buttons(self) -> bool:
        """Whether it brings buttons of its own, which the Enter key must not press."""
        return bool(self.items or self.attached)

    @property
    def _is_listed(self) -> bool:
        return self.field.widget in ("radio", "checkboxes", "yes-no")


@dataclass(frozen=True)
class Item:
    """One item of a repeated group."""

    path: str
    label: str
    questions: Sequence[Question]


_TEMPLATES = frozenset({"date", "radio", "select", "checkboxes", "long-text", "group", "files"})


def fields(
    form: Form,
    step: Step,
    answers: Answers,
    errors: Errors | None = None,
    *,
    heading: bool = False,
) -> SafeString:
    """The questions of a step, with what was typed and the sentences about it.

    With `heading` the only question of a step is the page's h1. A question on which others, or whole steps, depend
    is marked: where scripts run it brings these up at once; else the next page shows them.
    """
    asked = questions(form, step, answers, errors or {}, heading=heading)
    context = {
        "id": f"form-fields-{step.name}",
        "questions": asked,
        "has_buttons": any(question.has_buttons for question in asked),
        "shown": ",".join(sorted(form.shown_paths(answers, step))),
    }
    return SafeString(render_to_string("forms/fields.html", context))


def error_summary(
    form: Form, answers: Answers, errors: Errors, *, ahead: Sequence[tuple[str, str]] = ()
) -> SafeString:
    """The box at the top of a page that was refused, or that asks more: each sentence links to its question.

    `ahead` are lines (the id of a field, its sentence) of what the page asks beside the form.
    """
    wrong = bool(errors or ahead)
    if not wrong and not answers.brought_up:
        return SafeString("")
    found = {
        question.path: question
        for step in form.steps
        for outer in questions(form, step, answers, errors)
        for question in [outer, *(inner for item in outer.items for inner in item.questions)]
    }
    if not wrong:
        new = [
            (asked.id, asked.label) for path, asked in found.items() if path in answers.brought_up
        ]
        return SafeString(render_to_string("forms/brought_up.html", {"lines": new}))
    lines = [*ahead]
    lines += [
        (found[path].id, _alone(found[path].field, text)) if path in found else (_id(path), text)
        for path, sentences in errors.items()
        for text in sentences
    ]
    return SafeString(render_to_string("forms/error_summary.html", {"lines": lines}))


def _alone(field: Field, sentence: str) -> str:
    """The sentence as it is understood far from its field; the form's own of a missing answer says what is missing."""
    return sentence if sentence == field.message("required") else naming(field.label, sentence)


def check_answers(form: Form, answers: Answers, *, change_url: Callable[[Step], str]) -> SafeString:
    """All answers before they are sent, by step, each with a link to change it."""
    steps = [(step, rows(form, answers, step), change_url(step)) for step in form.steps_of(answers)]
    return SafeString(render_to_string("forms/check_answers.html", {"steps": steps}))


def questions(
    form: Form,
    step: Step,
    answers: Answers,
    errors: Errors,
    *,
    heading: bool = False,
) -> list[Question]:
    """The questions of a step that are asked now, bound to the answers."""
    binding = _Binding(form, step, answers, errors, heading and len(step.fields) == 1)
    return [binding.question(item, item.name) for item in form.fields_of(step, answers)]


@dataclass(frozen=True)
class _Binding:
    """What binds the fields of a step to a page: the answers, the sentences."""

    form: Form
    step: Step
    answers: Answers
    errors: Errors
    is_heading: bool

    @cached_property
    def deciding(self) -> frozenset[str]:
        """The names of the fields on which another of this step depends, or a step."""
        inner = [one for item in self.step.fields for one in (item, *item.fields)]
        conditions = [one.when for one in inner] + [one.when for one in self.form.steps]
        return frozenset(name for when in conditions if when for name in names_of(when))

    def question(self, asked: Field, path: str) -> Question:
        texts = list(self.answers.typed.get(path, ()))
        return Question(
            field=asked,
            path=path,
            typed=texts[0] if texts else "",
            errors=tuple(self.errors.get(path, ())),
            is_required=asked.required or asked.require is not None,
            is_heading=self.is_heading,
            decides=asked.name in self.deciding,
            boxes=self.boxes(asked, path) if asked.widget == "date" else (),
            options=self.options(asked, path, texts),
            attached=tuple(self.answers.attached.get(path, ())),
            items=self.items(asked) if asked.widget == "group" else (),
        )

    def boxes(self, asked: Field, path: str) -> tuple[Box, ...]:
        typed = self.answers.typed
        texts = {part: " ".join(typed.get(f"{path}.{part}", ())) for part in DATE_PARTS}
        value: Any = self.answers.facts.get(path)
        if value is not None and not texts["month"]:
            texts = {"day": str(value.day), "month": str(value.month), "year": str(value.year)}
        labels = {"day": _("Ngày"), "month": _("Tháng"), "year": _("Năm")}
        is_birthday = asked.schema.get("x-autocomplete") == "bday"
        return tuple(
            Box(
                name=f"{path}.{part}",
                id=f"{_id(path)}-{part}",
                label=labels[part],
                width=_DATE_LENGTHS[part],
                typed=texts[part],
                autocomplete=f"bday-{part}" if is_birthday else "",
            )
            for part in DATE_PARTS
        )

    def options(self, asked: Field, path: str, texts: Sequence[str]) -> tuple[Option, ...]:
        choices: Sequence[Choice] = self.answers.given.choices(asked)
        if asked.widget == "yes-no":
            choices = (Choice("yes", _("Có")), Choice("no", _("Không")))
        return tuple(
            Option(
                id=_id(path) if index == 0 else f"{_id(path)}-{index}",
                choice=choice,
                is_chosen=choice.value in texts,
            )
            for index, choice in enumerate(choices)
        )

    def items(self, group: Field) -> tuple[Item, ...]:
        return tuple(
            Item(
                path=f"{group.name}.{index}",
                label=f"{group.item_label} {index + 1}",
                questions=tuple(
                    self.question(inner, path)
                    for inner in group.fields
                    if (path := f"{group.name}.{index}.{inner.name}") not in self.answers.hidden
                ),
            )
            for index in range(items_shown(group, self.answers.typed))
        )


def _id(path: str) -> str:
    return "f-" + path.replace(".", "-").replace("_", "-")
