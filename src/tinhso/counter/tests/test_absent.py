"""Who came early for their appointment, and was not there when called."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from tinhso.counter import services
from tinhso.counter.errors import AppointmentOver
from tinhso.counter.models import Outcome, Ticket
from tinhso.counter.tests.test_appointments import NINE, arrived, booked, kiosk, offered

if TYPE_CHECKING:
    from tinhso.counter.models import TicketDesk
    from tinhso.dossiers.tests.factories import Desk

__all__ = ["kiosk", "offered"]


@pytest.mark.usefixtures("offered")
def test_who_was_absent_before_their_time_gets_another_number(
    desk: Desk,
    kiosk: TicketDesk,
) -> None:
    here, made, early = desk.commune.pk, booked(desk), NINE - timedelta(hours=1)
    first = arrived(kiosk, made.code, early)
    services.call_next(here, 1, actor=desk.clerk, at=early)
    services.end(first.uuid, Outcome.NO_SHOW, actor=desk.clerk, at=early)
    second = arrived(kiosk, made.code, NINE)
    assert (second.number, second.promised_at) == (first.number + 1, NINE)
    assert arrived(kiosk, made.code, NINE) == second
    assert services.call_next(here, 1, actor=desk.clerk, at=NINE) == second
    services.end(second.uuid, Outcome.SERVED, actor=desk.clerk, at=NINE)
    with pytest.raises(AppointmentOver):
        arrived(kiosk, made.code, NINE)
    assert Ticket.objects.count() == 2
