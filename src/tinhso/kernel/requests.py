"""A request after the middleware of `accounts`: who acts, and the business time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpRequest

if TYPE_CHECKING:
    from datetime import datetime

    from tinhso.kernel.actors import Actor


class ActedRequest(HttpRequest):
    """The first argument of every page, also in apps below `accounts`."""

    actor: Actor
    at: datetime
