"""Trying a term (tính thử hạn): the due date with the lines that led to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tinhso.calendars import queries
from tinhso.calendars.clock import day_of, local
from tinhso.calendars.deadlines import Unit, due
from tinhso.calendars.errors import CalendarUnknown
from tinhso.calendars.explained import told
from tinhso.calendars.models import Calendar
from tinhso.calendars.pages.forms import TermForm

if TYPE_CHECKING:
    from tinhso.kernel.requests import ActedRequest


@require_safe
def due_date(request: ActedRequest) -> HttpResponse:
    """Work a due date out by the province's calendar, or by that of `lich=<code>`."""
    code = request.GET.get("lich", "")
    calendar = Calendar.objects.filter(code=code).first() if code else None
    if code and calendar is None:
        raise CalendarUnknown
    wall = local(request.at)
    first = {"day": wall.date(), "time": wall.time(), "amount": 10, "unit": Unit.WORKING_DAYS}
    form = TermForm(request.GET) if "amount" in request.GET else TermForm(initial=first)
    context: dict[str, object] = {"form": form, "calendar": calendar}
    if form.is_bound and form.is_valid():
        context |= _reckoned(form, calendar)
    return render(request, "calendars/trying.html", context, status=422 if form.errors else 200)


def _reckoned(form: TermForm, calendar: Calendar | None) -> dict[str, object]:
    """The due date, its lines, and the years of which the calendar knows no holiday yet."""
    working = queries.working_calendar(calendar.agency if calendar else None)
    answer = due(working, form.received_at(), form.term())
    said = told(map(str, answer.lines))
    return {
        "answer": answer,
        "bare_years": working.years_without_holidays(day_of(form.received_at()), day_of(answer.at)),
        "lines": [
            (line.is_counted, *text.split(": ", 1))
            for line, text in zip(answer.lines, said, strict=True)
        ],
    }
