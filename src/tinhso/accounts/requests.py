"""A request that has passed our middleware: who acts, and the business time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpRequest

if TYPE_CHECKING:
    from datetime import datetime

    from tinhso.kernel.actors import Actor


class ActedRequest(HttpRequest):
    """A request with its actor and its time; the type of the first argument of every page."""

    actor: Actor
    at: datetime
