"""The kiosk (máy lấy số): big buttons, no signing in; whoever knows the address may take a number."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from tinhso.agencies.queries import name_of
from tinhso.calendars.clock import day_of
from tinhso.counter import services
from tinhso.counter.errors import DeskEnded, TicketUnknown
from tinhso.counter.models import AppointmentOffer, Errand
from tinhso.counter.queries.tickets import in_turn, waiting
from tinhso.kernel.errors import DomainError

if TYPE_CHECKING:
    from datetime import datetime

    from django.http import HttpResponse

    from tinhso.counter.models import Ticket, TicketDesk
    from tinhso.kernel.requests import ActedRequest

READ_FOR = 20
"""Seconds after which a number goes from the screen, for the next visitor."""
REFUSED_FOR = 60
"""Seconds after which a refusal does: whoever mistyped their code has time to type it again."""


@require_http_methods(["GET", "HEAD", "POST"])
def show(request: ActedRequest, desk: UUID, key: str) -> HttpResponse:
    """What somebody came for, or the code of their appointment; then their number, until the next visitor."""
    found = services.desk_of_kiosk(desk, key)
    try:
        services.require_standing(found, on=day_of(request.at))
    except DeskEnded as ended:
        return _ended(request, found, ended)
    if request.method != "POST":
        return _page(request, found)
    try:
        ticket = _taken(request, found)
    except DomainError as refusal:
        return _page(request, found, refusal=refusal)
    return redirect(f"{_start(found)}?phieu={ticket.uuid}") if ticket else _page(request, found)


def _taken(request: ActedRequest, desk: TicketDesk) -> Ticket | None:
    """The number that the press gives; None for a press that is none."""
    here, actor, at = (desk.uuid, desk.key), request.actor, request.at
    if "code" in request.POST:
        return services.arrive(*here, request.POST["code"][:40], actor=actor, at=at)
    errand, once = request.POST.get("errand"), _uuid(request.POST.get("once"))
    if errand not in Errand.values or once is None:
        return None
    return services.issue(*here, Errand(errand), once=once, actor=actor, at=at)


@require_safe
def slip(request: ActedRequest, desk: UUID, key: str, ticket: UUID) -> HttpResponse:
    """The ticket on a roll of 80 mm (in phiếu); the kiosk is the next visitor's when it is printed."""
    found = services.desk_of_kiosk(desk, key)
    shown = found.tickets.filter(uuid=ticket, day=day_of(request.at)).first()
    if shown is None:
        raise TicketUnknown
    context = {
        "agency": name_of(found.agency_id, shown.day),
        "ticket": shown,
        "ahead": _ahead(shown, at=request.at),
        "start": _start(found),
    }
    response = render(request, "counter/ticket.html", context)
    response["Refresh"] = f"{READ_FOR}; url={_start(found)}"
    return response


def _start(desk: TicketDesk) -> str:
    return reverse("counter:kiosk", args=[desk.uuid, desk.key])


def _ahead(ticket: Ticket, *, at: datetime) -> int:
    """How many are called before this number, as things stand."""
    queue = list(in_turn(ticket.desk, at=at).values_list("pk", flat=True))
    return queue.index(ticket.pk) if ticket.pk in queue else 0


def _page(
    request: ActedRequest, desk: TicketDesk, *, refusal: DomainError | None = None
) -> HttpResponse:
    day, start = day_of(request.at), _start(desk)
    named = _uuid(request.GET.get("phieu"))
    shown = desk.tickets.filter(uuid=named, day=day).first() if named else None
    call = shown.calls.order_by("pk").last() if shown else None
    context = {
        "agency": name_of(desk.agency_id, day),
        "desk": desk,
        "errands": Errand.choices,
        "once": uuid4(),
        "ticket": shown,
        "window": call.window if call else None,
        "ahead": _ahead(shown, at=request.at) if shown else waiting(desk, day).count(),
        "start": start,
        "refusal": refusal,
        "takes_codes": AppointmentOffer.objects.filter(agency=desk.agency_id).exists(),
    }
    status = refusal.status if refusal else 200
    response = render(request, "counter/kiosk.html", context, status=status)
    if shown or refusal:
        response["Refresh"] = f"{READ_FOR if shown else REFUSED_FOR}; url={start}"
    return response


def _ended(request: ActedRequest, desk: TicketDesk, ended: DeskEnded) -> HttpResponse:
    """Nothing to press: who stands in the place of the agency; it looks again by itself."""
    context = {"agency": name_of(desk.agency_id, day_of(request.at)), "ended": ended}
    response = render(request, "counter/kiosk.html", context, status=ended.status)
    response["Refresh"] = f"{REFUSED_FOR}; url={_start(desk)}"
    return response


def _uuid(text: str | None) -> UUID | None:
    try:
        return UUID(text or "")
    except ValueError:
        return None
