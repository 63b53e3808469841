"""A form that asks what an act needs: tried once, it was done, or it stands there again with what is wrong."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from django.contrib import messages

from tinhso.kernel.errors import DomainError, Invalid

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from django import forms
    from django_stubs_ext import StrOrPromise

    from tinhso.kernel.requests import ActedRequest


class Act(Protocol):
    """What a table of acts says of one: the service, and what is said when it was done."""

    @property
    def call(self) -> Callable[..., Any]:
        """The service: it takes the key, `actor`, `at` and what the form asked."""

    @property
    def done(self) -> StrOrPromise:
        """What the reader is told afterwards."""


@dataclass(frozen=True)
class Tried:
    """What came of it. Not done, the page is shown again: with the refusal, or with the fields that are wrong."""

    form: forms.Form
    is_done: bool = False
    refusal: DomainError | None = None

    @property
    def status(self) -> int:
        """The status of the page that is shown again."""
        if self.refusal:
            return self.refusal.status
        return Invalid.status if self.form.is_bound else 200


def tried(request: ActedRequest, act: Act, form: forms.Form, key: UUID) -> Tried:
    """Do the act when the form is whole; a refusal of the service is kept for the page."""
    if not form.is_valid():
        return Tried(form)
    try:
        act.call(key, actor=request.actor, at=request.at, **form.cleaned_data)
    except DomainError as error:
        return Tried(form, refusal=error)
    messages.success(request, str(act.done))
    return Tried(form, is_done=True)
