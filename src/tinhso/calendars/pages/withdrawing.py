"""Withdrawing an entry (rút ngày khỏi lịch)."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tinhso.calendars import services
from tinhso.calendars.errors import DayAlreadyWithdrawn, DayUnknown
from tinhso.calendars.models import SpecialDay
from tinhso.calendars.pages.forms import WithdrawalForm
from tinhso.calendars.permissions import CalendarPermission
from tinhso.kernel.errors import Conflict
from tinhso.kernel.permissions import require
from tinhso.ui import formatting

if TYPE_CHECKING:
    from tinhso.kernel.requests import ActedRequest


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: ActedRequest, key: UUID) -> HttpResponse:
    """Ask for the reason, then withdraw."""
    entry = SpecialDay.objects.select_related("calendar").filter(uuid=key).first()
    if entry is None:
        raise DayUnknown
    require(request.actor, CalendarPermission.EDIT, agency=entry.calendar.agency, at=request.at)
    form = WithdrawalForm(request.POST or None, initial={"version": entry.calendar.version})
    refusal = None
    if form.is_valid():
        try:
            return _withdrawn(request, entry, form)
        except DayAlreadyWithdrawn:
            raise
        except Conflict as stale:
            refusal = stale
    status = refusal.status if refusal else 422 if form.errors else 200
    context = {"entry": entry, "form": form, "refusal": refusal}
    return render(request, "calendars/withdrawing.html", context, status=status)


def _withdrawn(request: ActedRequest, entry: SpecialDay, form: WithdrawalForm) -> HttpResponse:
    services.withdraw_day(
        entry.uuid,
        reason=form.cleaned_data["reason"],
        actor=request.actor,
        at=request.at,
        expected_version=form.cleaned_data["version"],
    )
    messages.success(
        request, _("Đã rút ngày %(day)s khỏi lịch.") % {"day": formatting.day(entry.day)}
    )
    return redirect(f"{reverse('calendars:year', args=[entry.calendar.code])}?nam={entry.day.year}")
