"""Fill a checklist in beforehand (điền sẵn phiếu): what the system says of the unit at this instant."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from tinhso.events.services import record
from tinhso.inspections import events, filling
from tinhso.inspections.models import Preparation, State
from tinhso.inspections.services.acting import held_by_team

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from tinhso.inspections.models import Inspection
    from tinhso.kernel.actors import Actor


@transaction.atomic
def prepare(key: UUID, *, actor: Actor, at: datetime) -> Preparation:
    """Ask the system again (cập nhật số liệu điền sẵn); what it said before stays readable."""
    inspection = held_by_team(key, State.OPEN, actor=actor, at=at)
    return fill_in(inspection, actor=actor, at=at)


def fill_in(inspection: Inspection, *, actor: Actor, at: datetime) -> Preparation:
    """The same as a part of another act, which has required its right."""
    content = filling.content_of(inspection, at=at)
    made = Preparation.objects.create(
        inspection=inspection, content=content, at=at, actor=actor.key
    )
    told = [one for figures in content["figures"].values() for one in figures]
    missing = sum(one["value"] is None for one in told)
    record(
        events.PREPARED,
        subject=inspection.uuid,
        actor=actor,
        at=at,
        agency=inspection.unit_id,
        payload={"figures": len(told), "missing": missing},
    )
    return made
