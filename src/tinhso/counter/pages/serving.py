"""The officer's window (gọi số): next, again, nobody came, done. Which it is the device remembers: it stands there."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tinhso.calendars.clock import day_of
from tinhso.counter import services
from tinhso.counter.errors import TicketUnknown
from tinhso.counter.models import Outcome, TicketDesk
from tinhso.counter.pages.asked import desk_asked, desks_to_choose
from tinhso.counter.permissions import CounterPermission
from tinhso.counter.queries.tickets import at_window, in_turn
from tinhso.kernel.errors import DomainError
from tinhso.kernel.identifiers import read_number
from tinhso.kernel.permissions import require
from tinhso.ui.devices import remember

if TYPE_CHECKING:
    from django.http import HttpResponse

    from tinhso.kernel.requests import ActedRequest

COOKIE = "cua-so"
MOST_WINDOWS = 99
FIRST_WAITING = 10


@require_http_methods(["GET", "HEAD", "POST"])
def show(request: ActedRequest) -> HttpResponse:
    """The window that the address names, the number there, and who waits."""
    require(request.actor, CounterPermission.SERVE, at=request.at)
    agencies = desks_to_choose(request, CounterPermission.SERVE)
    agency = desk_asked(request, agencies)
    window = _window(request)
    refusal: DomainError | None = None
    if request.method == "POST":
        try:
            _act(request, agency, window)
        except DomainError as error:
            refusal = error
        else:
            return redirect(f"{reverse('counter:serving')}?co-quan={agency}&cua={window}")
    answer = _page(request, agencies, agency, window, refusal)
    remember(answer, COOKIE, str(window))
    return answer


def _window(request: ActedRequest) -> int:
    """What the page that was pressed says, not what another tab chose since."""
    pressed = request.POST.get("cua") or request.GET.get("cua")
    named = pressed or request.COOKIES.get(COOKIE, "1")
    return min(max(read_number(named) or 1, 1), MOST_WINDOWS)


def _act(request: ActedRequest, agency: int, window: int) -> None:
    """Do what the button says; a button that is none is refused as a number that is none."""
    button, actor, at = request.POST.get("then"), request.actor, request.at
    if button == "next":
        services.call_next(agency, window, actor=actor, at=at)
        return
    try:
        key = UUID(request.POST.get("ticket", ""))
    except ValueError:
        raise TicketUnknown from None
    if button == "again":
        services.call_again(key, actor=actor, at=at)
    elif button in Outcome.values:
        made = services.end(key, Outcome(button), actor=actor, at=at)
        if made.outcome == Outcome.NO_SHOW:
            words = _("Số %(number)s vắng mặt, không còn trên bảng gọi. Người đến sau lấy số mới.")
            messages.info(request, words % {"number": made.ticket.number})
    else:
        raise TicketUnknown


def _page(
    request: ActedRequest,
    agencies: list[tuple[int, str]],
    agency: int,
    window: int,
    refusal: DomainError | None,
) -> HttpResponse:
    desk = TicketDesk.objects.filter(agency=agency).first()
    day = day_of(request.at)
    queue = list(in_turn(desk, at=request.at)) if desk else []
    context = {
        "agencies": agencies,
        "agency": agency,
        "window": window,
        "desk": desk,
        "here": at_window(desk, window, day) if desk else None,
        "queue": queue[:FIRST_WAITING],
        "waiting": len(queue),
        "refusal": refusal,
    }
    status = refusal.status if refusal else 200
    return render(request, "counter/serving.html", context, status=status)
