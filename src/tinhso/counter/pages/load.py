"""Waiting and serving at the desk (lượng việc tại quầy), by window, hour and officer; the kiosk's address."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from tinhso.calendars.clock import day_of
from tinhso.counter import services
from tinhso.counter.addresses import station_of
from tinhso.counter.models import TicketDesk
from tinhso.counter.pages.asked import desk_asked, desks_to_choose
from tinhso.counter.permissions import CounterPermission
from tinhso.counter.queries.tickets import day_load
from tinhso.events.naming import names_of
from tinhso.kernel.days import day_in
from tinhso.kernel.permissions import require

if TYPE_CHECKING:
    from datetime import date

    from django.http import HttpResponse

    from tinhso.kernel.requests import ActedRequest


@require_http_methods(["GET", "HEAD", "POST"])
def show(request: ActedRequest) -> HttpResponse:
    """One desk and day; posted, the desk gives numbers from now on, at a new address."""
    actor, at = request.actor, request.at
    require(actor, CounterPermission.READ_LOAD, at=at)
    agencies = desks_to_choose(request, CounterPermission.READ_LOAD)
    agency = desk_asked(request, agencies)
    if request.method == "POST":
        services.open_desk(agency, actor=actor, at=at)
        return redirect(f"{reverse('counter:load')}?co-quan={agency}")
    return _page(request, agencies, agency)


def _page(request: ActedRequest, agencies: list[tuple[int, str]], agency: int) -> HttpResponse:
    actor, at, day = request.actor, request.at, _day(request)
    desk = TicketDesk.objects.filter(agency=agency).first()
    shown = day_load(desk, day) if desk else None
    names = names_of(key for key, _load in shown.by_officer) if shown else {}
    context = {
        "agencies": agencies,
        "agency": agency,
        "day": day,
        "desk": desk,
        "shown": shown,
        "people": [(names[key], load) for key, load in shown.by_officer] if shown else [],
        "station": station_of(str(desk.uuid), desk.station_key) if desk else "",
        "may_open": actor.holds(CounterPermission.OPEN_DESK, agency=agency, at=at),
    }
    return render(request, "counter/load.html", context)


def _day(request: ActedRequest) -> date:
    return day_in(request.GET) or day_of(request.at)
