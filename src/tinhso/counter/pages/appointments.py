"""The day's appointments of a desk (lịch hẹn trong ngày): who comes when, who came, who did not."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from django.shortcuts import render
from django.views.decorators.http import require_safe

from tinhso.counter.models import AppointmentOffer
from tinhso.counter.pages.asked import asked_day
from tinhso.counter.permissions import CounterPermission
from tinhso.counter.queries.appointments import of_day, timetable
from tinhso.counter.services import note_read

if TYPE_CHECKING:
    from django.http import HttpResponse

    from tinhso.kernel.requests import ActedRequest


@require_safe
def show(request: ActedRequest) -> HttpResponse:
    """One desk and day; the free times for the next caller."""
    asked = asked_day(request, CounterPermission.KEEP_APPOINTMENTS)
    offer = AppointmentOffer.objects.filter(agency=asked.agency).first()
    rows = list(of_day(asked.agency, asked.day).select_related("procedure", "ticket"))
    note_read(rows, actor=request.actor, at=request.at, agency=asked.agency)
    free = timetable(offer).slots(asked.day, at=request.at) if offer else []
    may_offer = CounterPermission.OFFER_APPOINTMENTS
    context = {
        "asked": asked,
        "offer": offer,
        "rows": rows,
        "counts": Counter(row.state for row in rows),
        "free": sum(slot.free for slot in free),
        "may_offer": request.actor.holds(may_offer, agency=asked.agency, at=request.at),
    }
    return render(request, "counter/appointments.html", context)
