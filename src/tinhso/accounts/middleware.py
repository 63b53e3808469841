"""Puts the actor and the business time on each request: the only place where a page learns both."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from tinhso.accounts.actors import VISITOR, actor_for
from tinhso.accounts.models import User
from tinhso.calendars import clock

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

    from tinhso.kernel.requests import ActedRequest


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
        return self.get_response(request)
