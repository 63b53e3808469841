"""The citizens' first page: search, guides by events of life, the procedures most used, look up a dossier."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.cache import cache
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tinhso.calendars.clock import day_of
from tinhso.portal import queries
from tinhso.portal.guides.finding import in_force

if TYPE_CHECKING:
    from datetime import date

    from django.http import HttpResponse

    from tinhso.kernel.requests import ActedRequest

SHOWN = 6
COUNTED_EVERY = 15 * 60
"""Seconds for which the count of what is most used holds."""


@require_safe
def home(request: ActedRequest) -> HttpResponse:
    """Search first."""
    day = day_of(request.at)
    context = {"versions": queries.versions(_most_used(day)), "guides": in_force(day)}
    return render(request, "portal/home.html", context)


def _most_used(day: date) -> list[int]:
    name = f"portal:most-used:{day}:{queries.latest_version()}"
    keys: list[int] | None = cache.get(name)
    if keys is None:
        keys = queries.most_used(day, limit=SHOWN)
        cache.set(name, keys, COUNTED_EVERY)
    return keys
