"""Timers of the workflow."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from tinhso.dossiers.models import Alarm, Dossier, State
from tinhso.dossiers.plans.working import plan_fire_timer
from tinhso.dossiers.services.acting import finish, lock

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from tinhso.kernel.actors import Actor


@transaction.atomic
def fire_timer(alarm: UUID, *, actor: Actor, at: datetime) -> bool:
    """Let one alarm go off; False when it is gone, not yet due, or its dossier's clock stands still."""
    found = Alarm.objects.filter(pk=alarm, fires_at__lte=at).select_related("dossier").first()
    if found is None:
        return False
    case = lock(found.dossier, at=at, expected_version=None)
    if alarm not in case.rows(Alarm) or case.state is State.AWAITING_SUPPLEMENT:
        return False
    rows = plan_fire_timer(case, alarm, actor=actor.key, at=at)
    finish(case, rows, actor=actor, at=at, agency=case.dossier["competent_agency_id"])
    return True


def due_alarms(*, at: datetime, limit: int) -> list[UUID]:
    """Alarms whose time has come and whose dossier's clock runs, the oldest first."""
    waiting = Alarm.objects.filter(fires_at__lte=at).exclude(
        dossier__in=Dossier.objects.filter(state=State.AWAITING_SUPPLEMENT)
    )
    return list(waiting.order_by("fires_at").values_list("pk", flat=True)[:limit])
