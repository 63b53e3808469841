"""Take money at the counter (thu tiền): what is owed and why, the code to scan, one button."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tinhso.calendars.clock import day_of
from tinhso.kernel.errors import DomainError, Invalid
from tinhso.payments import queries, services, subjects
from tinhso.payments.errors import ChargeUnknown
from tinhso.payments.models import Charge, Method
from tinhso.payments.pages.forms import TakingForm
from tinhso.payments.permissions import PaymentPermission, holds_over
from tinhso.ui import qr

if TYPE_CHECKING:
    from django.http import HttpResponse

    from tinhso.kernel.requests import ActedRequest
    from tinhso.payments.queries import ChargeStanding, TransferOrder


@require_http_methods(["GET", "HEAD", "POST"])
def take(request: ActedRequest, key: UUID) -> HttpResponse:
    """Show what is owed; on a post take it and go to the receipt."""
    lines = queries.standing(key, Charge.objects.visible_to(request.actor, at=request.at))
    if not lines:
        raise ChargeUnknown
    if request.method != "POST":
        return _page(request, key, lines)
    form = TakingForm(request.POST)
    if not form.is_valid():
        return _page(request, key, lines, form=form, status=Invalid.status)
    typed = dict(form.cleaned_data)
    method = Method(typed.pop("method"))
    try:
        payment = services.take(key, method=method, actor=request.actor, at=request.at, **typed)
    except DomainError as refusal:
        for name, sentences in getattr(refusal, "errors", {}).items():
            form.add_error(name, sentences)
        return _page(request, key, lines, form=form, refusal=refusal)
    messages.success(request, _("Đã thu tiền, biên lai số %(number)s.") % {"number": payment})
    return redirect("payments:receipt", payment.uuid)


def _page(
    request: ActedRequest,
    key: UUID,
    lines: list[ChargeStanding],
    *,
    form: TakingForm | None = None,
    refusal: DomainError | None = None,
    status: int = 200,
) -> HttpResponse:
    first = next((line for line in lines if not line.is_settled), lines[0]).charge
    here = [line for line in lines if line.charge.agency_id == first.agency_id]
    total = sum(line.charge.amount for line in here if not line.is_settled)
    order = queries.transfer_order(first.agency_id, total, first.reference, on=day_of(request.at))
    initial = {"expected": total, "agency": first.agency_id}
    context = {
        "charge": first,
        "lines": here,
        "total": total,
        "order": order,
        "code": code_of(order),
        "form": form or TakingForm(initial=initial),
        "refusal": refusal,
        "may_take": request.actor.holds(
            PaymentPermission.TAKE, agency=first.agency_id, at=request.at
        ),
        "may_withdraw": holds_over(
            request.actor, PaymentPermission.WITHDRAW, agency=first.agency_id, at=request.at
        ),
        "back": subjects.page_of(key),
    }
    answered = refusal.status if refusal else status
    return render(request, "payments/taking.html", context, status=answered)


def code_of(order: TransferOrder | None) -> str:
    """The VietQR code of a transfer as SVG; empty when there is none."""
    return qr.svg(order.text, label=_("Mã VietQR để chuyển khoản")) if order else ""
