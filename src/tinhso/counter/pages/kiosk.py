"""The kiosk (máy lấy số): big buttons, no signing in; whoever knows the address may take a number."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from tinhso.agencies.queries import name_of
from tinhso.calendars.clock import day_of
from tinhso.counter import services
from tinhso.counter.models import Errand
from tinhso.counter.queries.tickets import waiting

if TYPE_CHECKING:
    from django.http import HttpResponse

    from tinhso.counter.models import TicketDesk
    from tinhso.kernel.requests import ActedRequest

READ_FOR = 20
"""Seconds after which a number goes from the screen, for the next visitor."""


@require_http_methods(["GET", "HEAD", "POST"])
def show(request: ActedRequest, desk: UUID, key: str) -> HttpResponse:
    """What somebody came for; then their number, until the next visitor."""
    found = services.desk_of_kiosk(desk, key)
    start = reverse("counter:kiosk", args=[desk, key])
    errand, once = request.POST.get("errand"), _uuid(request.POST.get("once"))
    if errand in Errand.values and once:
        ticket = services.issue(
            desk, key, Errand(errand), once=once, actor=request.actor, at=request.at
        )
        return redirect(f"{start}?phieu={ticket.uuid}")
    return _page(request, found, start)


def _page(request: ActedRequest, desk: TicketDesk, start: str) -> HttpResponse:
    day = day_of(request.at)
    named = _uuid(request.GET.get("phieu"))
    shown = desk.tickets.filter(uuid=named, day=day).first() if named else None
    queue = waiting(desk, day)
    context = {
        "agency": name_of(desk.agency_id, day),
        "errands": Errand.choices,
        "once": uuid4(),
        "ticket": shown,
        "ahead": queue.filter(number__lt=shown.number).count() if shown else queue.count(),
        "start": start,
    }
    response = render(request, "counter/kiosk.html", context)
    if shown:
        response["Refresh"] = f"{READ_FOR}; url={start}"
    return response


def _uuid(text: str | None) -> UUID | None:
    try:
        return UUID(text or "")
    except ValueError:
        return None
