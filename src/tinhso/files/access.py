"""Who may read a file: asked of the app that owns the subject, which registers its answer."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from tinhso.kernel.actors import Actor
from tinhso.kernel.registry import Registry

MayRead = Callable[[Actor, UUID, datetime], bool]
"""Whether an actor may read the files of a subject at an instant."""

registry: Registry[MayRead] = Registry("kind of subject with files")


def register(kind: str, may_read: MayRead) -> None:
    """Say who answers for subjects of this kind; called from the AppConfig of the owner."""
    registry.register(kind, may_read)


def may_read(actor: Actor, kind: str, subject: UUID, at: datetime) -> bool:
    """Whether the owner lets the actor read; nobody reads where no owner answers."""
    answer = registry.get(kind)
    return answer is not None and answer(actor, subject, at)
