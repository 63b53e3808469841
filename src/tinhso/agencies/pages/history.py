"""An agency's history (quá trình của một cơ quan): names, codes, parents, fields, successions."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tinhso.agencies import histories
from tinhso.calendars.clock import day_of

if TYPE_CHECKING:
    from tinhso.kernel.requests import ActedRequest


@require_safe
def history(request: ActedRequest, key: UUID) -> HttpResponse:
    """Everything that was ever so of one agency, newest first."""
    context = {"history": histories.history(key, day_of(request.at))}
    return render(request, "agencies/history.html", context)
