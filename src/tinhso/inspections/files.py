"""Photos of inspections, and who may look at them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tinhso.files import access
from tinhso.inspections.models import Inspection
from tinhso.inspections.queries.sheets import sees_notes

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from tinhso.kernel.actors import Actor

PHOTO = "inspection-photo"


def may_read_photo(actor: Actor, key: UUID, at: datetime) -> bool:
    """Whoever sees what was noted sees the photos."""
    found = Inspection.objects.visible_to(actor, at=at).select_related("plan").filter(uuid=key)
    inspection = found.first()
    return inspection is not None and sees_notes(inspection, actor, at=at)


def register() -> None:
    """Tell the files app who may read photos."""
    access.register(PHOTO, may_read_photo)
