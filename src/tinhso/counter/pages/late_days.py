"""Days that nobody closed, or that changed after they were closed (ngày chưa khóa sổ)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.views.decorators.http import require_safe

from tinhso.counter.permissions import CounterPermission
from tinhso.counter.queries.days import late_days
from tinhso.kernel.permissions import require

if TYPE_CHECKING:
    from django.http import HttpResponse

    from tinhso.kernel.requests import ActedRequest


@require_safe
def show(request: ActedRequest) -> HttpResponse:
    """The last thirty days of the desks that the officer answers for, oldest first."""
    require(request.actor, CounterPermission.READ_DAY, at=request.at)
    context = {"rows": late_days(request.actor, at=request.at)}
    return render(request, "counter/late_days.html", context)
