"""The call board (bảng gọi số): which number goes to which window; asked often, sent when it changed."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Max
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.utils.translation import get_language
from django.views.decorators.http import condition, require_safe

from tinhso.agencies.queries import name_of
from tinhso.calendars.clock import day_of
from tinhso.counter.errors import DeskUnknown
from tinhso.counter.models import Ticket, TicketDesk
from tinhso.counter.queries.tickets import called, waiting

if TYPE_CHECKING:
    from django.http import HttpResponse

    from tinhso.kernel.requests import ActedRequest


def _desk(key: UUID) -> TicketDesk:
    found = TicketDesk.objects.filter(uuid=key).first()
    if found is None:
        raise DeskUnknown
    return found


def _etag(request: ActedRequest, desk: UUID) -> str:
    """What the board says, in short: it changes with a ticket, a call, an end, the day, the language and the part."""
    day = day_of(request.at)
    last = Ticket.objects.filter(desk=_desk(desk), day=day).aggregate(
        ticket=Max("pk"), call=Max("calls__pk"), end=Max("end__pk")
    )
    part = request.headers.get("HX-Request", "")
    return f'"{day}-{last["ticket"]}-{last["call"]}-{last["end"]}-{get_language()}-{part}"'


@require_safe
@condition(etag_func=_etag)
def show(request: ActedRequest, desk: UUID) -> HttpResponse:
    """The newest calls; the board itself is replaced, or the page asked for anew without scripts."""
    found, day = _desk(desk), day_of(request.at)
    context = {
        "agency": name_of(found.agency_id, day),
        "calls": called(found, day),
        "waiting": waiting(found, day).count(),
    }
    is_part = bool(request.headers.get("HX-Request"))
    response = render(
        request, "counter/board_calls.html" if is_part else "counter/board.html", context
    )
    patch_cache_control(response, no_cache=True)
    response["Vary"] = "HX-Request, Accept-Language, Cookie"
    return response
