"""A machine of a desk at which citizens file on line by themselves (máy tự nộp hồ sơ), and which forgets them.

A visit begins with a press on its start page and ends by going back there, with signing out, or when nobody touches
it. Back there is a GET, so that pages without scripts end too; it touches that one session alone. On ending the session
goes with all it held (drafts, proofs, an account), so do the cookies and the drafts begun there whose code
nobody was told. To wait is a matter of security, so it goes by the real clock, whatever date the house plays.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any, cast
from uuid import UUID

from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tinhso.dossiers.errors import DraftHandedIn, DraftNotFound
from tinhso.dossiers.pages import drafts
from tinhso.dossiers.services import keeping
from tinhso.kernel.actors import AnonymousVisitor
from tinhso.ui.shell import Station

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

    from tinhso.counter.models import TicketDesk
    from tinhso.kernel.requests import ActedRequest

STATION = "portal.station"
UNTOUCHED = 3 * 60
"""Seconds after which a page that nobody touches forgets, after it has asked."""
UNSCRIPTED = 10 * 60
"""Seconds after which a page without scripts does: it cannot see that somebody types."""
SILENT = 12 * 60
"""Seconds without a request after which the house forgets by itself, whatever the machine does."""


def begin(request: ActedRequest, desk: TicketDesk) -> None:
    """The machine is this visitor's from now on; nothing of the session before stays."""
    start = reverse("portal:station", args=[desk.uuid, desk.station_key])
    request.session.flush()
    request.session[STATION] = {"start": start, "seen": _now(), "told": []}


def is_running(request: HttpRequest) -> bool:
    """Whether somebody uses the machine just now."""
    return STATION in getattr(request, "session", ())


def note_told(request: ActedRequest, key: UUID) -> None:
    """The visitor was told the code of this draft, and may go on with it elsewhere: it stays."""
    kept = request.session.get(STATION)
    if kept is not None:
        request.session[STATION] = {**kept, "told": [*kept["told"], str(key)]}


def end(request: ActedRequest) -> HttpResponse:
    """Forget all of it, and show the start page to the next."""
    kept: dict[str, Any] = request.session[STATION]
    held = drafts.held(request)
    for key in held - {UUID(told) for told in kept["told"]}:
        with suppress(DraftNotFound, DraftHandedIn):
            keeping.throw_away(key, actor=AnonymousVisitor(), at=request.at, held=held)
    request.session.flush()
    return _forgotten(request, kept["start"])


def station_shown(request: HttpRequest) -> Station | None:
    """What pages say of the machine at which they are shown."""
    if not is_running(request):
        return None
    name = _("Đây là máy dùng chung của nơi tiếp nhận.")
    return Station(name, request.session[STATION]["start"], UNTOUCHED, UNSCRIPTED)


class StationMiddleware:
    """Ends what nobody touched for long, or was signed out of; no page of a shared machine is kept by its browser."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer as ever where no machine is in use."""
        kept = request.session.get(STATION)
        if kept is None:
            return self.get_response(request)
        if _now() - kept["seen"] > SILENT:
            return end(cast("ActedRequest", request))
        response = self.get_response(request)
        if not is_running(request):
            return _forgotten(request, kept["start"])
        request.session[STATION] = {**request.session[STATION], "seen": _now()}
        response["Cache-Control"] = "no-store"
        return response


def _forgotten(request: HttpRequest, start: str) -> HttpResponse:
    response = redirect(start)
    for name in request.COOKIES:
        response.delete_cookie(name)
    response["Clear-Site-Data"] = '"cookies", "storage"'
    response["Cache-Control"] = "no-store"
    return response


def _now() -> float:
    return timezone.now().timestamp()
