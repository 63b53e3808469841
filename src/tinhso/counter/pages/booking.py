"""The desk books for somebody (đặt lịch giúp), moves and cancels."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tinhso.calendars.clock import day_of
from tinhso.counter import services
from tinhso.counter.models import Appointment, AppointmentOffer
from tinhso.counter.pages.asked import AskedDay, asked_day
from tinhso.counter.pages.forms import BookingForm
from tinhso.counter.permissions import CounterPermission
from tinhso.counter.queries.appointments import timetable
from tinhso.kernel.days import FIRST_YEAR, LAST_YEAR
from tinhso.kernel.errors import DomainError, Invalid
from tinhso.notifications.addresses import keys_of

if TYPE_CHECKING:
    from django.http import HttpResponse

    from tinhso.counter.queries.appointments import Slot
    from tinhso.kernel.requests import ActedRequest

CANCEL = "cancel"


def read_time(text: str) -> datetime | None:
    """The time that a page sends back, or None when it is none of these times."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found if found.tzinfo and FIRST_YEAR <= found.year <= LAST_YEAR else None


@require_http_methods(["GET", "HEAD", "POST"])
def book(request: ActedRequest) -> HttpResponse:
    """Who comes, for what, and a free time of the day."""
    asked = asked_day(request, CounterPermission.KEEP_APPOINTMENTS)
    sent = request.POST if request.method == "POST" else None
    form = BookingForm(sent, initial={"once": uuid4()})
    starts_at = read_time(request.POST.get("starts_at", ""))
    if not (form.is_valid() and starts_at):
        return _page(request, asked, form, starts_at, None)
    visit = services.Visit(**form.cleaned_data)
    try:
        services.book_for(asked.agency, starts_at, visit, actor=request.actor, at=request.at)
    except DomainError as refusal:
        return _page(request, asked, form, starts_at, refusal)
    return _back(request, asked.agency, starts_at, _("Đã đặt lịch hẹn."))


def _page(
    request: ActedRequest,
    asked: AskedDay,
    form: BookingForm,
    chosen: datetime | None,
    refusal: DomainError | None,
) -> HttpResponse:
    context = {
        "asked": asked,
        "form": form,
        "slots": _free(asked, at=request.at),
        "refusal": refusal,
        "chosen": chosen,
        "lacks_time": form.is_bound and chosen is None,
    }
    status = refusal.status if refusal else Invalid.status if form.is_bound else 200
    return render(request, "counter/booking.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: ActedRequest, key: UUID) -> HttpResponse:
    """Move an appointment, or cancel it with the reason."""
    asked = asked_day(request, CounterPermission.KEEP_APPOINTMENTS)
    visible = Appointment.objects.visible_to(request.actor, keys_of(request.actor), at=request.at)
    found = visible.get_or_refuse(key)
    day = asked.day if "ngay" in request.GET else day_of(found.starts_at)
    asked = AskedDay(asked.agencies, found.agency_id, day)
    if request.method != "POST":
        return _shown(request, asked, found, None)
    try:
        _change(request, found)
    except DomainError as refusal:
        return _shown(request, asked, found, refusal)
    found.refresh_from_db()
    return _back(request, found.agency_id, found.starts_at, _("Đã lưu lịch hẹn."))


def _shown(
    request: ActedRequest, asked: AskedDay, found: Appointment, refusal: DomainError | None
) -> HttpResponse:
    services.note_read([found], actor=request.actor, at=request.at, agency=found.agency_id)
    context = {
        "asked": asked,
        "appointment": found,
        "slots": _free(asked, at=request.at),
        "refusal": refusal,
        "reason": request.POST.get("reason", ""),
    }
    status = refusal.status if refusal else 200
    return render(request, "counter/appointment.html", context, status=status)


def _change(request: ActedRequest, found: Appointment) -> None:
    if request.POST.get("then") == CANCEL:
        reason = request.POST.get("reason", "")
        services.cancel(found.uuid, reason=reason, actor=request.actor, at=request.at)
        return
    starts_at = read_time(request.POST.get("starts_at", "")) or found.starts_at
    services.move(found.uuid, starts_at, actor=request.actor, at=request.at)


def _free(asked: AskedDay, *, at: datetime) -> list[Slot]:
    offer = AppointmentOffer.objects.filter(agency=asked.agency).first()
    return [slot for slot in timetable(offer).slots(asked.day, at=at) if slot.free] if offer else []


def _back(request: ActedRequest, agency: int, starts_at: datetime, said: str) -> HttpResponse:
    messages.success(request, said)
    day = day_of(starts_at).isoformat()
    return redirect(f"{reverse('counter:appointments')}?co-quan={agency}&ngay={day}")
