"""What a team found is handed on as an obstacle (báo vướng mắc): the unit raises it where others have to help."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.urls import reverse

from tinhso.agencies.queries import heir
from tinhso.calendars.clock import day_of
from tinhso.inspections.errors import FindingUnknown
from tinhso.inspections.models import HINDERING, State
from tinhso.inspections.services.acting import at_unit
from tinhso.tasks.permissions import TaskPermission
from tinhso.tasks.services.obstacles import Stuck, raise_obstacle

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from tinhso.inspections.models import Finding
    from tinhso.kernel.actors import Actor

AFTER_SEALING = (State.SEALED, State.AGREED, State.CONCLUDED)
"""The unit knows what was found, and the inspection is not over."""


@transaction.atomic
def raise_finding(key: UUID, *, finding: int, about: str, actor: Actor, at: datetime) -> Finding:
    """Raise what was found as an obstacle of the unit, of the kind `about`: who can solve it answers by a day.

    Raised twice it is one obstacle.
    """
    right = TaskPermission.RAISE_OBSTACLE
    inspection = at_unit(key, right, *AFTER_SEALING, actor=actor, at=at)
    standing = inspection.findings.filter(is_dropped=False, kind__in=HINDERING)
    found = standing.filter(pk=finding).first()
    if found is None:
        raise FindingUnknown
    if found.obstacle_id is not None:
        return found
    page = reverse("inspections:inspection", args=[inspection.uuid])
    stuck = Stuck(about, found.text, page, inspection.uuid)
    unit = heir(inspection.unit_id, day_of(at))
    found.obstacle = raise_obstacle(stuck, agency=unit, actor=actor, at=at)
    found.save(update_fields=["obstacle"])
    return found
