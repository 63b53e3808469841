"""What a field of a form can be chosen from, where it is known only when the page is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

if TYPE_CHECKING:
    from collections.abc import Iterable


def choices_of(form: forms.Form, name: str, choices: Iterable[tuple[Any, Any]]) -> None:
    """Offer these in the field; it must be one of choices."""
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)  # noqa: S101  (narrows the type)
    field.choices = list(choices)
