"""Desks of the demo: all take appointments and give numbers, and at one some people wait."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

from tinhso.counter.models import Errand, TicketDesk
from tinhso.counter.services import appointments, tickets
from tinhso.kernel.actors import SystemActor

if TYPE_CHECKING:
    from datetime import datetime

    from tinhso.site.province.matters import Era

ACTOR = SystemActor("demo")
MINUTES, CAPACITY, DAYS_AHEAD = 30, 3, 14
WAITING = (Errand.SUBMIT, Errand.COLLECT, Errand.SUBMIT, Errand.ASK)
BETWEEN = timedelta(minutes=4)


def open_desks(era: Era, at: datetime) -> None:
    """People wait at the commune of the printed accounts."""
    for place in sorted(set(era.desks.values())):
        appointments.offer(
            place,
            minutes=MINUTES,
            capacity=CAPACITY,
            days_ahead=DAYS_AHEAD,
            is_open=True,
            actor=ACTOR,
            at=at,
        )
    desk = TicketDesk.objects.get(agency=era.desks[era.middle])
    for turn, errand in enumerate(WAITING):
        came = at - BETWEEN * (len(WAITING) - turn)
        tickets.give(desk, errand, once=uuid4(), actor=ACTOR, at=came)
