"""Files of notices and tasks, and who may read them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tinhso.files import access
from tinhso.tasks.models import Notice, Task

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from tinhso.kernel.actors import Actor

NOTICE = "notice"
EVIDENCE = "task-evidence"


def may_read_notice(actor: Actor, key: UUID, at: datetime) -> bool:
    """Whoever sees the notice reads its original."""
    return Notice.objects.visible_to(actor, at=at).filter(uuid=key).exists()


def may_read_evidence(actor: Actor, key: UUID, at: datetime) -> bool:
    """Whoever sees the task reads what shows that it is done."""
    return Task.objects.visible_to(actor, at=at).filter(uuid=key).exists()


def register() -> None:
    """Tell the files app who may read the files of notices and tasks."""
    access.register(NOTICE, may_read_notice)
    access.register(EVIDENCE, may_read_evidence)
