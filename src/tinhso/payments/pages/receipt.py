"""One receipt (biên lai): on the screen, and as paper."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tinhso.agencies.queries import name_of
from tinhso.events.naming import names_of
from tinhso.kernel.permissions import require
from tinhso.payments import subjects
from tinhso.payments.models import Payment
from tinhso.payments.permissions import PaymentPermission, holds_over
from tinhso.payments.printing import receipts
from tinhso.ui import verifying

if TYPE_CHECKING:
    from tinhso.kernel.requests import ActedRequest


def _found(request: ActedRequest, key: UUID) -> Payment:
    require(request.actor, PaymentPermission.READ, at=request.at)
    seen = Payment.objects.visible_to(request.actor, at=request.at)
    return seen.select_related("cancellation").get_or_refuse(key)


@require_safe
def show(request: ActedRequest, key: UUID) -> HttpResponse:
    """What was taken for what, by whom; that it was cancelled, if it was."""
    payment = _found(request, key)
    cancellation = getattr(payment, "cancellation", None)
    actors = [payment.actor, *([cancellation.actor] if cancellation else [])]
    names = names_of(actors)
    context = {
        "payment": payment,
        "lines": payment.lines.select_related("charge").order_by("pk"),
        "agency": name_of(payment.agency_id, payment.day),
        "taken_by": names[payment.actor],
        "cancellation": cancellation,
        "cancelled_by": names[cancellation.actor] if cancellation else "",
        "back": subjects.page_of(payment.subject),
        "may_cancel": cancellation is None
        and holds_over(
            request.actor, PaymentPermission.CANCEL, agency=payment.agency_id, at=request.at
        ),
    }
    return render(request, "payments/receipt.html", context)


@require_safe
def printed(request: ActedRequest, key: UUID) -> HttpResponse:
    """The paper, to be printed or saved."""
    payment = _found(request, key)
    body = receipts.printed(payment, address=partial(verifying.address_of, request))
    response = HttpResponse(body, content_type="application/pdf")
    name = f"bien-lai-{payment.year}-{payment.sequence:07d}.pdf"
    response["Content-Disposition"] = f'inline; filename="{name}"'
    return response
