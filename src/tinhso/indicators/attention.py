"""What waits for a leader's word (cần chỉ đạo): apps above register who tells it.

    attention.register("dossiers", late_dossiers)

A provider is asked once a board and answers in one or two questions to the database.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django_stubs_ext import StrOrPromise

from tinhso.kernel.registry import Registry

if TYPE_CHECKING:
    from datetime import datetime

    from tinhso.kernel.actors import Actor


@dataclass(frozen=True)
class Question:
    """Who asks, when, and about which agencies (None: all); a provider tells no more than the actor may see."""

    actor: Actor
    at: datetime
    within: frozenset[int] | None = None


@dataclass(frozen=True)
class Matter:
    """One line: `text` is a link to the page where it is acted on, `rest` follows it."""

    text: StrOrPromise
    href: str
    rest: StrOrPromise = ""


Provider = Callable[[Question], Iterable[Matter]]
providers: Registry[Provider] = Registry("provider of matters for a leader")


def register(code: str, provider: Provider) -> None:
    """Let an app tell what waits; called from its AppConfig."""
    providers.register(code, provider)


def matters(question: Question) -> list[Matter]:
    """What every app tells, in the order of their names."""
    told = sorted(providers.items())
    return [matter for _code, provider in told for matter in provider(question)]
