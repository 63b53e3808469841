"""A cashier's day (bảng kê thu trong ngày): receipts given and cancelled, sums by method."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.views.decorators.http import require_safe

from tinhso.accounts.queries import agencies_called, agency_choices, desk_asked
from tinhso.calendars.clock import day_of
from tinhso.kernel.days import day_in
from tinhso.kernel.permissions import require
from tinhso.payments import queries
from tinhso.payments.permissions import PaymentPermission

if TYPE_CHECKING:
    from django.http import HttpResponse

    from tinhso.kernel.requests import ActedRequest


@require_safe
def show(request: ActedRequest) -> HttpResponse:
    """The list of one agency and day; today and one's own desk unless others are asked for."""
    require(request.actor, PaymentPermission.READ, at=request.at)
    scope = request.actor.scope(PaymentPermission.READ, at=request.at)
    agencies = agencies_called(agency_choices(scope, at=request.at), request.GET)
    agency = desk_asked(agencies, request.GET.get("co-quan"), actor=request.actor, at=request.at)
    day = day_in(request.GET) or day_of(request.at)
    shown = queries.day_list(agency, day, actor=request.actor, at=request.at)
    context = {
        "agencies": agencies,
        "agency": agency,
        "day": day,
        "shown": shown,
    }
    return render(request, "payments/day.html", context)
