"""Who acts (chủ thể): a person at a post, a citizen, a partner system, a timer. There is no `None` actor."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, runtime_checkable

if TYPE_CHECKING:
    from datetime import datetime

    from tinhso.kernel.permissions import Permission


@dataclass(frozen=True)
class Scope:
    """The agencies where a right is held: everywhere, or a set of agency keys."""

    everywhere: bool = False
    agencies: frozenset[int] = frozenset()

    def __contains__(self, agency: int | None) -> bool:
        return self.everywhere or (agency is not None and agency in self.agencies)

    def __bool__(self) -> bool:
        return self.everywhere or bool(self.agencies)


NOWHERE = Scope()
EVERYWHERE = Scope(everywhere=True)


@runtime_checkable
class Actor(Protocol):
    """Whoever does an act or reads. `key` is stable and goes into events (`user:<uuid>`, `system:timer`)."""

    @property
    def key(self) -> str:
        """Stable key, without personal data."""

    @property
    def label(self) -> str:
        """How the actor is named on screen, Vietnamese."""

    @property
    def party(self) -> int | None:
        """Key of the party (công dân, tổ chức) that the actor is or stands for; None for officers and systems."""

    def holds(self, permission: Permission, *, at: datetime, agency: int | None = None) -> bool:
        """Whether the right is held at the agency (anywhere, when `agency` is None) at that instant."""

    def scope(self, permission: Permission, *, at: datetime) -> Scope:
        """Where the right is held at that instant; the base of every `visible_to`."""


@dataclass(frozen=True)
class SystemActor:
    """A process of our own (timer, import, simulator). It holds every right, and its name stands in the log."""

    name: str

    @property
    def key(self) -> str:
        return f"system:{self.name}"

    @property
    def label(self) -> str:
        return f"Hệ thống ({self.name})"

    @property
    def party(self) -> int | None:
        return None

    def holds(self, permission: Permission, *, at: datetime, agency: int | None = None) -> bool:
        del permission, at, agency
        return True

    def scope(self, permission: Permission, *, at: datetime) -> Scope:
        del permission, at
        return EVERYWHERE


@dataclass(frozen=True)
class AnonymousVisitor:
    """Somebody who has not signed in (khách). Holds no right; may stand for a party that proved its reference."""

    party: int | None = None

    @property
    def key(self) -> str:
        return "visitor:anonymous"

    @property
    def label(self) -> str:
        return "Khách"

    def holds(self, permission: Permission, *, at: datetime, agency: int | None = None) -> bool:
        del permission, at, agency
        return False

    def scope(self, permission: Permission, *, at: datetime) -> Scope:
        del permission, at
        return NOWHERE
