"""Puts the actor and the business time on each request: the only place where a page learns both."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.contrib.auth.views import redirect_to_login

from tinhso.accounts.actors import VISITOR, actor_for
from tinhso.accounts.models import User
from tinhso.calendars import clock
from tinhso.kernel.errors import NotAllowed
from tinhso.kernel.kept import one_reading

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

    from tinhso.kernel.requests import ActedRequest

API = "/api/"
SHOWING = ("GET", "HEAD")
"""Methods that change nothing."""


class ActorMiddleware:
    """Sets `request.actor` (officer, citizen, visitor) and `request.at` (the business clock).

    Partner systems have no session: the API asks `queries.partner` for their token.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        acted = cast("ActedRequest", request)
        acted.at = clock.now()
        acted.actor = actor_for(request.user) if isinstance(request.user, User) else VISITOR
        if request.method in SHOWING:
            with one_reading():
                return self.get_response(request)
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Ask who is there before refusing a page; whoever is signed in, and the API, is refused."""
        known = isinstance(request.user, User) or request.path.startswith(API)
        if known or request.method not in SHOWING or not isinstance(error, NotAllowed):
            return None
        return redirect_to_login(request.get_full_path())
