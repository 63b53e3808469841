"""One act of a play."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from tinhso.kernel.actors import Actor


@dataclass(frozen=True)
class Deed:
    """One act: its name, whose dossier, where, when, with which facts."""

    name: str
    key: UUID
    actor: Actor
    at: datetime
    step: UUID | None = None
    facts: dict[str, Any] = field(default_factory=dict)
