"""`/may-nop/`: the start page of a machine at which people file on line by themselves; to come back ends the visit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from tinhso.agencies.queries import name_of
from tinhso.calendars.clock import day_of
from tinhso.counter import services
from tinhso.counter.errors import DeskEnded
from tinhso.portal import station

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse

    from tinhso.kernel.requests import ActedRequest

TASKS = {
    "procedures": _("Nộp hồ sơ"),
    "resume": _("Làm tiếp bằng mã bản nháp"),
    "look_up": _("Tra cứu hồ sơ"),
}
"""What people come to the machine for: the page where each begins, and its button."""


@require_http_methods(["GET", "HEAD", "POST"])
def start(request: ActedRequest, desk: UUID, key: str) -> HttpResponse:
    """A press begins; whoever comes back here has ended, and the page is the next visitor's."""
    found = services.desk_of_station(desk, key)
    day, ended = day_of(request.at), None
    try:
        services.require_standing(found, on=day)
    except DeskEnded as refusal:
        ended = refusal
    if station.is_running(request):
        return station.end(request)
    if request.method == "POST" and ended is None:
        station.begin(request, found)
        task = request.POST.get("viec", "")
        return redirect(f"portal:{task if task in TASKS else 'procedures'}")
    context = {"agency": name_of(found.agency_id, day), "tasks": TASKS.items(), "ended": ended}
    return render(request, "portal/station.html", context, status=ended.status if ended else 200)
