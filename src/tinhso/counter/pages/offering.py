"""Which appointments a desk takes (khung giờ hẹn): how long, how many at once, how far ahead."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tinhso.counter import services
from tinhso.counter.models import AppointmentOffer
from tinhso.counter.pages.asked import asked_day
from tinhso.counter.pages.forms import OfferForm
from tinhso.counter.permissions import CounterPermission
from tinhso.kernel.errors import Invalid

if TYPE_CHECKING:
    from django.http import HttpResponse

    from tinhso.kernel.requests import ActedRequest

USUAL = {"minutes": 15, "capacity": 2, "days_ahead": 14, "is_open": True}


@require_http_methods(["GET", "HEAD", "POST"])
def offer(request: ActedRequest) -> HttpResponse:
    """What is offered now; posted, what is offered from now on."""
    asked = asked_day(request, CounterPermission.OFFER_APPOINTMENTS)
    now = AppointmentOffer.objects.filter(agency=asked.agency).values(*USUAL).first()
    form = OfferForm(request.POST if request.method == "POST" else None, initial=now or USUAL)
    if form.is_valid():
        services.offer(asked.agency, actor=request.actor, at=request.at, **form.cleaned_data)
        messages.success(request, _("Đã lưu khung giờ hẹn."))
        return redirect(f"{reverse('counter:appointments')}?{asked.query}")
    context = {"asked": asked, "form": form}
    status = Invalid.status if form.is_bound else 200
    return render(request, "counter/offering.html", context, status=status)
