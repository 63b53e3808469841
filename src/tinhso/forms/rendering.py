"""Questions and answers as HTML fragments that work without JavaScript.

A page brings its own `<form method="post" enctype="multipart/form-data" novalidate>`, CSRF token and
button, and puts these fragments inside. Everything typed is escaped by the templates.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
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
    refresh_url: str = ""
    boxes: Sequence[Box] = ()
    options: Sequence[Option] = ()
    attached: Sequence[Mapping[str, str]] = ()
    items: Sequence[Item] = field(default_factory=tuple)

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
        return _("đồng") if self.field.widget == "money" else self.field.schema.get("x-unit", "")

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
    form: Form, step: Step, answers: Answers, errors: Errors | None = None, *, refresh_url: str = ""
) -> SafeString:
    """The questions of a step, with what was typed and the sentences about it.

    With `refresh_url` (a page that answers a POST of the form with this fragment) the questions on which
    others of the step depend bring these up at once where htmx runs; without it, the next page shows them.
    """
    asked = questions(form, step, answers, errors or {}, refresh_url=refresh_url)
    context = {
        "questions": asked,
        "has_buttons": any(question.has_buttons for question in asked),
        "shown": ",".join(sorted(form.shown_paths(answers, step))),
    }
    return SafeString(render_to_string("forms/fields.html", context))


def error_summary(form: Form, answers: Answers, errors: Errors) -> SafeString:
    """The box at the top of a page that was refused: each sentence links to its question."""
    if not errors:
        return SafeString("")
    found = {
        question.path: question
        for step in form.steps
        for outer in questions(form, step, answers, errors)
        for question in [outer, *(inner for item in outer.items for inner in item.questions)]
    }
    lines = [
        (found[path].id if path in found else _id(path), text)
        for path, sentences in errors.items()
        for text in sentences
    ]
    return SafeString(render_to_string("forms/error_summary.html", {"lines": lines}))


def check_answers(form: Form, answers: Answers, *, change_url: Callable[[Step], str]) -> SafeString:
    """All answers before they are sent, by step, each with a link to change it."""
    steps = [(step, rows(form, answers, step), change_url(step)) for step in form.steps_of(answers)]
    return SafeString(render_to_string("forms/check_answers.html", {"steps": steps}))


def questions(
    form: Form, step: Step, answers: Answers, errors: Errors, *, refresh_url: str = ""
) -> list[Question]:
    """The questions of a step that are asked now, bound to the answers."""
    asked = form.fields_of(step, answers)
    deciding = _deciding(step) if refresh_url else frozenset()
    return [
        _question(
            item,
            item.name,
            answers,
            errors,
            is_heading=len(step.fields) == 1,
            refresh_url=refresh_url if item.name in deciding else "",
        )
        for item in asked
    ]


def _deciding(step: Step) -> frozenset[str]:
    return frozenset(
        name
        for item in step.fields
        for inner in (item, *item.fields)
        if inner.when
        for name in names_of(inner.when)
    )


def _question(
    asked: Field,
    path: str,
    answers: Answers,
    errors: Errors,
    *,
    is_heading: bool = False,
    refresh_url: str = "",
) -> Question:
    texts = list(answers.typed.get(path, ()))
    return Question(
        field=asked,
        path=path,
        typed=texts[0] if texts else "",
        errors=tuple(errors.get(path, ())),
        is_required=asked.required or asked.require is not None,
        is_heading=is_heading,
        refresh_url=refresh_url,
        boxes=_boxes(asked, path, answers) if asked.widget == "date" else (),
        options=_options(asked, path, answers, texts),
        attached=tuple(answers.attached.get(path, ())),
        items=_items(asked, answers, errors) if asked.widget == "group" else (),
    )


def _boxes(asked: Field, path: str, answers: Answers) -> tuple[Box, ...]:
    labels = {"day": _("Ngày"), "month": _("Tháng"), "year": _("Năm")}
    texts = {part: " ".join(answers.typed.get(f"{path}.{part}", ())) for part in DATE_PARTS}
    value: Any = answers.facts.get(path)
    if value is not None and not texts["month"]:
        texts = {"day": str(value.day), "month": str(value.month), "year": str(value.year)}
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


def _options(asked: Field, path: str, answers: Answers, texts: Sequence[str]) -> tuple[Option, ...]:
    choices: Sequence[Choice] = answers.given.choices(asked)
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


def _items(group: Field, answers: Answers, errors: Errors) -> tuple[Item, ...]:
    return tuple(
        Item(
            path=f"{group.name}.{index}",
            label=f"{group.item_label} {index + 1}",
            questions=tuple(
                _question(inner, path, answers, errors)
                for inner in group.fields
                if (path := f"{group.name}.{index}.{inner.name}") not in answers.hidden
            ),
        )
        for index in range(items_shown(group, answers.typed))
    )


def _id(path: str) -> str:
    return "f-" + path.replace(".", "-").replace("_", "-")
