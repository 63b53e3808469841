"""Work in hand (việc đang giải quyết) of the apps above, so that a reform leaves none behind.

An app above registers, in its AppConfig, how to count its open work at agencies and how to move it:

    work_in_hand.register(WorkInHand(code="dossiers", name=_("Hồ sơ"), count=…, move=…))
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from django_stubs_ext import StrOrPromise

from tinhso.kernel.actors import Actor
from tinhso.kernel.registry import Registry


@dataclass(frozen=True)
class WorkTransfer:
    """Open work goes from one agency (key) to another: one field's (code), or the rest when empty.

    Transfers of a field come before the transfer of the rest.
    """

    predecessor: int
    successor: int
    field: str = ""


class Move(Protocol):
    """Moves open work inside the caller's transaction and records its own events."""

    def __call__(
        self, transfers: Sequence[WorkTransfer], /, *, on: date, actor: Actor, at: datetime
    ) -> int:
        """Carry the transfers out, in order; returns how many items moved."""


@dataclass(frozen=True)
class WorkInHand:
    """How an app above counts and moves its open work.

    `count(agencies)` gives open items by (agency key, field code or ""); what is counted at an
    agency must also be moved by a transfer from it.
    """

    code: str
    name: StrOrPromise
    count: Callable[[Collection[int]], Mapping[tuple[int, str], int]]
    move: Move


providers: Registry[WorkInHand] = Registry("work in hand")


def register(provider: WorkInHand) -> WorkInHand:
    """Add the open work of an app above."""
    return providers.register(provider.code, provider)
