"""The citizens' first page: search, the procedures most used, look up a dossier."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.cache import cache
from django.shortcuts import render
from django.views.decorators.http import require_GET

from tinhso.calendars.clock import day_of
from tinhso.portal import queries

if TYPE_CHECKING:
    from datetime import date

    from django.http import HttpResponse

    from tinhso.kernel.requests import ActedRequest

SHOWN = 6
COUNTED_EVERY = 15 * 60
"""Seconds for which the count of what is most used holds."""


@require_GET
def home(request: ActedRequest) -> HttpResponse:
    """Search first."""
    keys = _most_used(day_of(request.at))
    return render(request, "portal/home.html", {"versions": queries.versions(keys)})


def _most_used(day: date) -> list[int]:
    name = f"portal:most-used:{day}:{queries.latest_version()}"
    keys: list[int] | None = cache.get(name)
    if keys is None:
        keys = queries.most_used(day, limit=SHOWN)
        cache.set(name, keys, COUNTED_EVERY)
    return keys
