"""Take a closed day back (mở lại sổ đã khóa)."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tinhso.counter import services
from tinhso.counter.models import DayClosing
from tinhso.counter.pages.forms import ReasonForm
from tinhso.counter.permissions import CounterPermission
from tinhso.kernel.errors import DomainError, Invalid
from tinhso.kernel.permissions import require

if TYPE_CHECKING:
    from django.http import HttpResponse

    from tinhso.kernel.requests import ActedRequest


@require_http_methods(["GET", "HEAD", "POST"])
def reopen(request: ActedRequest, key: UUID) -> HttpResponse:
    """The reason; then the day's sheet, open again."""
    require(request.actor, CounterPermission.REOPEN_DAY, at=request.at)
    closing = DayClosing.objects.visible_to(request.actor, at=request.at).get_or_refuse(key)
    back = f"{reverse('counter:day')}?co-quan={closing.agency_id}&ngay={closing.day.isoformat()}"
    form = ReasonForm(request.POST if request.method == "POST" else None)
    refusal: DomainError | None = None
    if form.is_valid():
        try:
            services.reopen_day(key, actor=request.actor, at=request.at, **form.cleaned_data)
        except DomainError as error:
            refusal = error
        else:
            messages.success(request, _("Đã mở lại sổ."))
            return redirect(back)
    context = {"closing": closing, "form": form, "refusal": refusal, "back": back}
    status = refusal.status if refusal else Invalid.status if form.is_bound else 200
    return render(request, "counter/reopening.html", context, status=status)
