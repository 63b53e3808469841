"""A calendar of a year: what is worked, what is not and why; days are entered here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from tinhso.calendars import queries, services
from tinhso.calendars.clock import day_of
from tinhso.calendars.deadlines import MINUTES_IN_AN_HOUR
from tinhso.calendars.errors import CalendarMissing, CalendarUnknown
from tinhso.calendars.models import Calendar
from tinhso.calendars.pages.forms import YEARS, DayForm
from tinhso.calendars.permissions import CalendarPermission
from tinhso.calendars.working_time import WEEKDAYS
from tinhso.kernel.days import unreadable
from tinhso.kernel.errors import Conflict, DomainError, Invalid
from tinhso.kernel.identifiers import read_number
from tinhso.kernel.permissions import require
from tinhso.ui import formatting
from tinhso.ui.formatting import number

if TYPE_CHECKING:
    from tinhso.calendars.working_time import WorkingCalendar
    from tinhso.kernel.requests import ActedRequest


@require_safe
def province(request: ActedRequest) -> HttpResponse:
    """The calendar of the province."""
    calendar = Calendar.objects.filter(agency=None).first()
    if calendar is None:
        raise CalendarMissing
    return _page(request, calendar)


@require_safe
def show(request: ActedRequest, code: str) -> HttpResponse:
    """The calendar of one agency, or of the province by its code."""
    return _page(request, _calendar(code))


@require_POST
def enter(request: ActedRequest, code: str) -> HttpResponse:
    """Enter a day; on a refusal the page comes back with what was typed."""
    calendar = _calendar(code)
    require(request.actor, CalendarPermission.EDIT, agency=calendar.agency, at=request.at)
    form = DayForm(request.POST)
    if not form.is_valid():
        return _page(request, calendar, form=form, status=Invalid.status)
    try:
        entry = services.enter_day(
            calendar.uuid,
            facts=form.facts(),
            actor=request.actor,
            at=request.at,
            expected_version=form.cleaned_data["version"],
        )
    except (Conflict, Invalid) as refusal:
        return _page(request, _calendar(code), form=form, refusal=refusal)
    messages.success(
        request, _("Đã thêm ngày %(day)s vào lịch.") % {"day": formatting.day(entry.day)}
    )
    return redirect(f"{reverse('calendars:year', args=[code])}?nam={entry.day.year}")


def _calendar(code: str) -> Calendar:
    calendar = Calendar.objects.filter(code=code).first()
    if calendar is None:
        raise CalendarUnknown
    return calendar


def _page(
    request: ActedRequest,
    calendar: Calendar,
    *,
    form: DayForm | None = None,
    refusal: DomainError | None = None,
    status: int = 200,
) -> HttpResponse:
    year = _year_asked(request)
    working = queries.working_calendar(calendar.agency)
    if form is None:
        form = DayForm(initial={"version": calendar.version})
    context = {
        "calendar": calendar,
        "calendars": Calendar.objects.order_by("agency", "name"),
        "year": year,
        "months": queries.year_view(calendar, year),
        "entries": queries.entries_of(calendar, year),
        "hours": _hours_in_words(working),
        "working_version": working.version,
        "may_edit": request.actor.holds(
            CalendarPermission.EDIT, at=request.at, agency=calendar.agency
        ),
        "form": form,
        "refusal": refusal,
        "today": day_of(request.at),
    }
    return render(
        request,
        "calendars/year.html",
        context,
        status=refusal.status if refusal else status,
    )


def _year_asked(request: ActedRequest) -> int:
    asked = request.GET.get("nam", "")
    year = read_number(asked)
    if year is not None and YEARS[0] <= year <= YEARS[1]:
        return year
    if asked.strip():
        raise unreadable("nam", asked, YEARS)
    return day_of(request.at).year


def _hours_in_words(working: WorkingCalendar) -> list[dict[str, Any]]:
    """Each week of hours with its first day, newest first."""
    return [
        {
            "valid_from": entry.valid_from,
            "days": [
                (
                    weekday,
                    ", ".join(f"{_clock(opens)}–{_clock(closes)}" for opens, closes in shifts),
                    _hours(sum(closes - opens for opens, closes in shifts)),
                )
                for weekday, shifts in zip(WEEKDAYS, entry.week, strict=True)
            ],
        }
        for entry in reversed(working.hours)
    ]


def _hours(minutes: int) -> str:
    hours = minutes / MINUTES_IN_AN_HOUR
    return ngettext("%(n)s giờ", "%(n)s giờ", int(hours)) % {"n": number(hours)}


def _clock(minute: int) -> str:
    return f"{minute // 60:02d}:{minute % 60:02d}"
