"""The outgoing mail, for operators: what waits, what could not be sent and why."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from tinhso.kernel.permissions import require
from tinhso.notifications import queries, services
from tinhso.notifications.models import Mail, RuleFailure
from tinhso.notifications.permissions import NotificationPermission

if TYPE_CHECKING:
    from tinhso.kernel.requests import ActedRequest

A_PAGE = 50
FAILURES_SHOWN = 20


@require_safe
def show(request: ActedRequest) -> HttpResponse:
    """Counts, the mails given up, the rules that failed.

    Addresses stay hidden but for their domain.
    """
    require(request.actor, NotificationPermission.OPERATE, at=request.at)
    given_up = Mail.objects.given_up().select_related("notification").order_by("-given_up_at")
    context = {
        "state": queries.outbox_state(),
        "page": Paginator(given_up, A_PAGE).get_page(request.GET.get("trang")),
        "failures": RuleFailure.objects.order_by("-at")[:FAILURES_SHOWN],
        "is_mail_on": settings.MAIL_IS_ON,
    }
    return render(request, "notifications/outbox.html", context)


@require_POST
def retry(request: ActedRequest, key: UUID) -> HttpResponse:
    """Try one anew."""
    services.retry(key, actor=request.actor, at=request.at)
    messages.success(request, _("Thư sẽ được gửi lại ngay."))
    return redirect("notifications:outbox")
