"""Book a time at a desk (đặt lịch hẹn): where, which day, which time; one's own, moved or cancelled."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tinhso.agencies.queries import name_of
from tinhso.calendars.clock import day_of
from tinhso.counter import services
from tinhso.counter.models import Appointment, AppointmentOffer, Errand
from tinhso.counter.pages.booking import CANCEL, read_time
from tinhso.counter.queries.appointments import offers, own, timetable
from tinhso.dossiers.models import Procedure
from tinhso.kernel.days import day_in
from tinhso.kernel.errors import DomainError
from tinhso.notifications.addresses import keys_of

if TYPE_CHECKING:
    from datetime import datetime

    from django.http import HttpResponse

    from tinhso.counter.queries.appointments import Timetable
    from tinhso.kernel.requests import ActedRequest


@dataclass(frozen=True)
class Asked:
    """What the address names: desk, day, procedure, and the appointment that is moved.

    `refused` is the day asked for on which the desk takes no appointments; no other is shown in its place.
    """

    agencies: list[tuple[int, str]]
    desk: Timetable | None
    days: list[date]
    day: date | None
    refused: date | None
    procedure: Procedure | None
    moved: Appointment | None

    @property
    def agency(self) -> int | None:
        """The desk."""
        return self.desk.offer.agency_id if self.desk else None


@require_http_methods(["GET", "HEAD", "POST"])
def book(request: ActedRequest) -> HttpResponse:
    """Desk, day, time; whoever books is signed in, anybody may look what is free."""
    asked = _asked(request)
    refusal: DomainError | None = None
    starts_at = read_time(request.POST.get("starts_at") or request.GET.get("gio", ""))
    if request.method == "POST":
        if not request.user.is_authenticated:
            return redirect_to_login(_again(request, starts_at))
        try:
            made = _book(request, asked, starts_at)
        except DomainError as error:
            refusal = error
        else:
            if made is not None:
                return redirect("portal:appointment", made.uuid)
    return _page(request, asked, refusal, starts_at)


def _again(request: ActedRequest, starts_at: datetime | None) -> str:
    """The address at which what was pressed is still chosen, for who signs in first."""
    kept = request.GET.copy()
    if starts_at is not None:
        kept["gio"] = starts_at.isoformat()
        kept["ngay"] = day_of(starts_at).isoformat()
    if request.POST.get("errand") in Errand.values:
        kept["viec"] = request.POST["errand"]
    return f"{request.path}?{kept.urlencode()}"


def _asked(request: ActedRequest) -> Asked:
    at = request.at
    agencies = offers(at)
    moved = _own(request, request.GET.get("doi", ""))
    named = str(moved.agency_id) if moved else request.GET.get("co-quan", "")
    keys = [key for key, _name in agencies]
    agency = next((key for key in keys if str(key) == named), keys[0] if len(keys) == 1 else None)
    offer = AppointmentOffer.objects.filter(agency=agency, is_open=True).first()
    desk = timetable(offer) if offer else None
    open_days = desk.days(at=at) if desk else []
    wanted = day_in(request.GET)
    day = wanted or next(iter(open_days), None)
    refused = None if day in open_days else day
    code = request.GET.get("thu-tuc", "")
    procedure = Procedure.objects.filter(code=code).first() if code else None
    return Asked(agencies, desk, open_days, None if refused else day, refused, procedure, moved)


def _own(request: ActedRequest, key: str) -> Appointment | None:
    """One's own appointment ahead of that key, if it is one."""
    try:
        named = UUID(key)
    except ValueError:
        return None
    mine = Appointment.objects.ahead().filter(owner__in=keys_of(request.actor))
    return mine.filter(uuid=named).first()


def _book(request: ActedRequest, asked: Asked, starts_at: datetime | None) -> Appointment | None:
    if starts_at is None or asked.agency is None:
        return None
    if asked.moved is not None:
        made = services.move(asked.moved.uuid, starts_at, actor=request.actor, at=request.at)
        messages.success(request, _("Đã dời lịch hẹn."))
        return made
    try:
        once, errand = UUID(request.POST.get("once", "")), Errand(request.POST.get("errand", ""))
    except ValueError:
        return None
    visit = services.Visit(once, errand, asked.procedure.pk if asked.procedure else None)
    made = services.book(asked.agency, starts_at, visit, actor=request.actor, at=request.at)
    messages.success(request, _("Đã đặt lịch hẹn."))
    return made


def _page(
    request: ActedRequest, asked: Asked, refusal: DomainError | None, chosen: datetime | None
) -> HttpResponse:
    free = asked.desk.slots(asked.day, at=request.at) if asked.desk and asked.day else []
    context = {
        "asked": asked,
        "slots": [slot for slot in free if slot.free],
        "errands": Errand.choices,
        "errand": request.POST.get("errand") or request.GET.get("viec"),
        "once": uuid4(),
        "own": own(request.actor),
        "refusal": refusal,
        "chosen": chosen,
        "lacks_time": request.method == "POST" and refusal is None,
    }
    status = refusal.status if refusal else 422 if context["lacks_time"] else 200
    return render(request, "portal/appointments.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def appointment(request: ActedRequest, key: UUID) -> HttpResponse:
    """One's own: the code, when and where, what to bring; cancelled here."""
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    mine = Appointment.objects.filter(owner__in=keys_of(request.actor))
    found = mine.get_or_refuse(key)
    refusal: DomainError | None = None
    if request.method == "POST" and request.POST.get("then") == CANCEL:
        try:
            services.cancel(key, actor=request.actor, at=request.at)
        except DomainError as error:
            refusal = error
        else:
            messages.success(request, _("Đã hủy lịch hẹn."))
            return redirect("portal:appointments")
    context = {
        "row": found,
        "agency": name_of(found.agency_id, day_of(found.starts_at)),
        "refusal": refusal,
    }
    status = refusal.status if refusal else 200
    return render(request, "portal/appointment.html", context, status=status)
