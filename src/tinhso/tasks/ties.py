"""What the system itself can show of a task (nhiệm vụ gắn với số liệu, hồ sơ): kinds that apps register.

A kind checks what a task is to be tied to, and says at any time how that stands. Nothing is completed by it: a person
reports, with what the system holds as evidence.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from tinhso.kernel.registry import Registry

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date, datetime

    from django import forms
    from django_stubs_ext import StrOrPromise

    from tinhso.kernel.actors import Actor
    from tinhso.tasks.models import Task

FIGURE = "figure"
Facts = dict[str, Any]
"""What a task is tied to, in JSON values: codes, keys, days, a number as text."""


@dataclass(frozen=True)
class Standing:
    """How far it is: the value in words, the records behind it and where they are listed, those that still lack."""

    value: str
    is_reached: bool
    numerator: int | None = None
    denominator: int | None = None
    address: str = ""
    rest: Sequence[tuple[str, str]] = ()

    @property
    def unnamed(self) -> int:
        """How many lack beside those that are named."""
        if not self.rest or self.numerator is None or self.denominator is None:
            return 0
        return max(self.denominator - self.numerator - len(self.rest), 0)


class TieKind(Protocol):
    """A kind of thing that the system counts."""

    @property
    def slug(self) -> str:
        """The word of its address."""

    @property
    def label(self) -> StrOrPromise:
        """What tying to it is called."""

    @property
    def form(self) -> type[forms.Form]:
        """What is asked of whoever ties."""

    def begin(self, task: Task, on: date) -> Mapping[str, tuple[Any, Any]]:
        """For fields of the form: the choices, None where there are none, and the first value."""

    def checked(self, given: Mapping[str, Any], task: Task, *, actor: Actor, at: datetime) -> Facts:
        """What the task is tied to, from what was typed or sent; raises `TieInvalid`."""

    def title(self, facts: Facts, on: date) -> str:
        """What it is tied to, in words."""

    def wanted(self, facts: Facts) -> str:
        """What is to be reached, in words."""

    def read(self, facts: Facts, at: datetime) -> Standing | None:
        """How it stands; None where there is no figure (chưa có nguồn)."""


KINDS: Registry[TieKind] = Registry("kind of tie")
