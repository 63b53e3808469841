"""A form (biểu mẫu), loaded and checked once, then asked as often as needed.

A page's story: `parse` what was posted for a step, `validate` that step, show it again with the
sentences or go on to `after(step)`; at the end `validate` everything and keep `answers.values`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from tinhso.forms.answers import Answers, items_shown
from tinhso.forms.checking import check_form, names_in
from tinhso.forms.errors import FormUnsound
from tinhso.forms.expressions import Type, evaluate, parse
from tinhso.forms.fields import Field, Given, Rule, Step, fields_from, worded
from tinhso.forms.posting import Posted, attached_from, detached, typed_from, typed_of
from tinhso.forms.reading import read
from tinhso.forms.schema import FILED_ON
from tinhso.forms.validation import Validator


class Form:
    """A checked form. Holds no answers; refuses an unsound schema with `FormUnsound(problems)`."""

    def __init__(self, schema: Mapping[str, Any]) -> None:
        problems = check_form(schema)
        if problems:
            raise FormUnsound(
                problems="; ".join(f"{problem.path}: {problem.sentence}" for problem in problems)
            )
        self.schema = schema
        known = {
            field.name: field
            for field in fields_from(schema["properties"], schema.get("required", ()))
        }
        self.steps = tuple(
            Step(node["name"], node, tuple(known[name] for name in node["fields"]))
            for node in schema["x-steps"]
        )
        self.fields: Mapping[str, Field] = {
            field.name: field for step in self.steps for field in step.fields
        }
        self.rules = tuple(
            Rule(node["at"], parse(node["must"]), node) for node in schema.get("x-rules", ())
        )
        self._validator = Validator(self.fields, self.rules)

    @property
    def label(self) -> str:
        """The title in the language of the page."""
        return worded(self.schema, "title")

    @property
    def hint(self) -> str:
        """The introduction, or nothing."""
        return worded(self.schema, "description")

    def names(self) -> Mapping[str, Type]:
        """The names that expressions about the answers may use (gateways, fees), with their types."""
        return names_in(self.fields.values())

    def step(self, name: str) -> Step | None:
        """The step of that name."""
        return next((step for step in self.steps if step.name == name), None)

    def steps_of(self, answers: Answers) -> tuple[Step, ...]:
        """The steps that these answers lead through."""
        return tuple(step for step in self.steps if _is_asked(step, answers.facts))

    def after(self, step: Step, answers: Answers) -> Step | None:
        """The next step to ask, or None at the end: then comes the page of all answers."""
        begin = self.steps.index(step) + 1
        return next((item for item in self.steps[begin:] if _is_asked(item, answers.facts)), None)

    def fields_of(self, step: Step, answers: Answers | None = None) -> tuple[Field, ...]:
        """The fields of a step; with answers, those alone that are asked now."""
        hidden = answers.hidden if answers else frozenset()
        return tuple(field for field in step.fields if field.name not in hidden)

    def parse(
        self,
        post: Posted,
        *,
        step: Step | None = None,
        before: Answers | None = None,
        attached: Mapping[str, Sequence[Mapping[str, str]]] | None = None,
        given: Given | None = None,
    ) -> Answers:
        """The answers after a page was posted: its texts for the step (or all), over those before.

        `attached` are the files now in the slots, by field name: `[{"key": …, "name": …}]`; what a
        client posts there is not believed. Unknown names are dropped.
        """
        earlier = before or Answers()
        given = given or earlier.given
        files = {**earlier.attached, **attached_from(self.fields, attached or {})}
        kept = detached(post, files)
        fields = step.fields if step else tuple(self.fields.values())
        posting = typed_from(post, fields, earlier.typed)
        known = {**earlier.typed}
        for name in posting.replaced:
            known.pop(name, None)
        answers = self._understand({**known, **posting.typed}, kept, given, posting.troubles)
        shown = posting.shown
        new = frozenset() if shown is None else self._paths(answers, fields) - shown
        again = posting.rearranged or bool(new) or kept != files
        return replace(
            answers, asks_again=again, brought_up=frozenset() if posting.rearranged else new
        )

    def restore(self, stored: Mapping[str, Any], *, given: Given | None = None) -> Answers:
        """The answers that `Answers.stored` was made from, understood anew."""
        return self._understand(
            stored.get("typed", {}), stored.get("attached", {}), given or Given(), {}
        )

    def of_values(self, values: Mapping[str, Any], *, given: Given | None = None) -> Answers:
        """Answers from plain JSON values (from another system, or kept with a dossier).

        They go the same way as typed text: brought to NFC, judged by `validate`. A value of a wrong
        type is a trouble at its path; unknown names are dropped.
        """
        posting, files = typed_of(values, self.fields.values())
        return self._understand(posting.typed, files, given or Given(), posting.troubles)

    def validate(self, answers: Answers, step: Step | None = None) -> dict[str, list[str]]:
        """Sentences by path (`members.0.name`) for what must be put right, in the order of the form."""
        steps = (step,) if step else self.steps
        return self._validator.errors(answers, [field for item in steps for field in item.fields])

    def shown_paths(self, answers: Answers, step: Step) -> frozenset[str]:
        """The paths of the questions that a page of the step shows; posted back under `form-shown`."""
        return self._paths(answers, step.fields)

    def _understand(
        self,
        typed: Mapping[str, Sequence[str]],
        attached: Mapping[str, Sequence[Mapping[str, str]]],
        given: Given,
        troubles: Mapping[str, str],
    ) -> Answers:
        reader = _Understanding(typed, attached, given, dict(troubles))
        for step in self.steps:
            is_asked = _is_asked(step, reader.facts)
            for field in step.fields:
                reader.take(field, is_asked=is_asked)
        return Answers(
            typed=typed,
            attached=attached,
            values=reader.values,
            facts=reader.facts,
            troubles=reader.troubles,
            hidden=frozenset(reader.hidden),
            given=given,
        )

    @staticmethod
    def _paths(answers: Answers, fields: Sequence[Field]) -> frozenset[str]:
        paths: set[str] = set()
        for field in fields:
            paths.add(field.name)
            is_group = bool(field.fields) and field.name not in answers.hidden
            for index in range(items_shown(field, answers.typed) if is_group else 0):
                paths.update(f"{field.name}.{index}.{inner.name}" for inner in field.fields)
        return frozenset(paths - answers.hidden)


class _Understanding:
    """Goes through the fields in order; each condition sees the facts of the fields before it."""

    def __init__(
        self,
        typed: Mapping[str, Sequence[str]],
        attached: Mapping[str, Sequence[Mapping[str, str]]],
        given: Given,
        troubles: dict[str, str],
    ) -> None:
        self.typed = typed
        self.attached = attached
        self.values: dict[str, Any] = {}
        self.facts: dict[str, Any] = {FILED_ON: given.on}
        self.troubles = troubles
        self.hidden: set[str] = set()

    def take(self, field: Field, *, is_asked: bool) -> None:
        value = None
        if is_asked:
            value = self.value(field, field.name, self.facts)
        else:
            self.hide(field.name)
        if value is not None:
            self.values[field.name] = value
        self.facts[field.name] = field.fact(value)

    def value(self, field: Field, path: str, facts: Mapping[str, Any]) -> Any:
        if not _is_asked(field, facts):
            self.hide(path)
            return None
        if field.widget == "group":
            return self.items(field, path, facts) or None
        if field.widget == "files":
            return [dict(item) for item in self.attached.get(path, ())] or None
        reading = read(field, path, self.typed)
        if reading.sentence:
            self.troubles.setdefault(path, field.message("unreadable") or reading.sentence)
        return None if path in self.troubles else reading.value

    def items(self, field: Field, path: str, facts: Mapping[str, Any]) -> list[dict[str, Any]]:
        items: list[dict[str, Any]] = []
        for index in range(items_shown(field, self.typed)):
            item: dict[str, Any] = {}
            seen = dict(facts)
            for inner in field.fields:
                value = self.value(inner, f"{path}.{index}.{inner.name}", seen)
                if value is not None:
                    item[inner.name] = value
                seen[inner.name] = inner.fact(value)
            if f"{path}.{index}" in self.typed:
                items.append(item)
        return items

    def hide(self, path: str) -> None:
        self.hidden.add(path)
        for trouble in [name for name in self.troubles if f"{name}.".startswith(f"{path}.")]:
            del self.troubles[trouble]


def _is_asked(asked: Step | Field, facts: Mapping[str, Any]) -> bool:
    return asked.when is None or evaluate(asked.when, facts) is True


__all__ = ["Answers", "Form", "Given"]
