"""The only writer of the log."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tinhso.events.kinds import kinds
from tinhso.events.models import Event

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from uuid import UUID

    from tinhso.events.kinds import EventKind
    from tinhso.kernel.actors import Actor


def record(
    kind: EventKind,
    *,
    subject: UUID,
    actor: Actor,
    at: datetime,
    agency: int | None = None,
    payload: Mapping[str, Any] | None = None,
) -> Event:
    """Append one event inside the caller's transaction; it commits with the act or not at all."""
    if kinds.get(kind.code) is not kind:
        raise LookupError(f"event kind {kind.code} is not declared")
    unknown = set(payload or ()) - set(kind.payload)
    if unknown:
        raise ValueError(f"{kind.code} does not declare {', '.join(sorted(unknown))}")
    return Event.objects.create(
        kind=kind.code, subject=subject, actor=actor.key, at=at, agency=agency, payload=dict(payload or {})
    )
