"""Cancel a receipt (hủy biên lai)."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tinhso.kernel.errors import DomainError, Invalid
from tinhso.kernel.permissions import require
from tinhso.payments import services
from tinhso.payments.models import Payment
from tinhso.payments.pages.forms import ReasonForm
from tinhso.payments.permissions import PaymentPermission

if TYPE_CHECKING:
    from django.http import HttpResponse

    from tinhso.kernel.requests import ActedRequest


@require_http_methods(["GET", "HEAD", "POST"])
def cancel(request: ActedRequest, key: UUID) -> HttpResponse:
    """The reason; then the receipt with the row against it."""
    require(request.actor, PaymentPermission.CANCEL, at=request.at)
    payment = Payment.objects.visible_to(request.actor, at=request.at).get_or_refuse(key)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    refusal: DomainError | None = None
    status = 200
    if form.is_bound:
        status = Invalid.status
        if form.is_valid():
            try:
                services.cancel(key, actor=request.actor, at=request.at, **form.cleaned_data)
            except DomainError as error:
                refusal, status = error, error.status
            else:
                messages.success(request, _("Đã hủy biên lai số %(n)s.") % {"n": payment})
                return redirect("payments:receipt", key)
    context = {"payment": payment, "form": form, "refusal": refusal}
    return render(request, "payments/cancelling.html", context, status=status)
