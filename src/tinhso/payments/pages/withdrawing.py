"""Withdraw a charge (hủy khoản phải thu)."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tinhso.kernel.errors import DomainError, Invalid
from tinhso.kernel.permissions import require
from tinhso.payments import services, subjects
from tinhso.payments.models import Charge
from tinhso.payments.pages.forms import ReasonForm
from tinhso.payments.permissions import PaymentPermission

if TYPE_CHECKING:
    from django.http import HttpResponse

    from tinhso.kernel.requests import ActedRequest


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: ActedRequest, key: UUID) -> HttpResponse:
    """The reason; then the matter's own page."""
    require(request.actor, PaymentPermission.WITHDRAW, at=request.at)
    charge = Charge.objects.visible_to(request.actor, at=request.at).get_or_refuse(key)
    back = subjects.page_of(charge.subject)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    refusal: DomainError | None = None
    status = 200
    if form.is_bound:
        status = Invalid.status
        if form.is_valid():
            try:
                services.withdraw(key, actor=request.actor, at=request.at, **form.cleaned_data)
            except DomainError as error:
                refusal, status = error, error.status
            else:
                messages.success(request, _("Đã hủy khoản phải thu."))
                return redirect(back or "payments:day")
    context = {"charge": charge, "form": form, "refusal": refusal, "back": back}
    return render(request, "payments/withdrawing.html", context, status=status)
