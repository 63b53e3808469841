"""Tasks in a calendar (lịch nhiệm vụ): a month as a grid, on a phone as a list of its days."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tinhso.calendars.clock import day_of
from tinhso.kernel.days import FIRST_YEAR, LAST_YEAR, read_day, unreadable
from tinhso.kernel.permissions import require
from tinhso.tasks.permissions import TaskPermission
from tinhso.tasks.queries.months import month_of
from tinhso.tasks.queries.tasks import given_to_see, led_to_see
from tinhso.ui import formatting
from tinhso.ui.components import Tab

if TYPE_CHECKING:
    from django.http import HttpResponse

    from tinhso.kernel.requests import ActedRequest
    from tinhso.tasks.models.tasks import TaskQuerySet

GIVEN, LED = "giao", "chu-tri"
LISTS = {GIVEN: "tasks:board", LED: "tasks:inbox"}
MONDAY = date(2024, 1, 1)
DAY = timedelta(days=1)


@require_safe
def show(request: ActedRequest) -> HttpResponse:
    """One month of what the reader's agencies gave, or lead."""
    require(request.actor, TaskPermission.READ, at=request.at)
    today = day_of(request.at)
    first = first_in(request.GET.get("thang", ""), today)
    side, tasks = _side(request)
    days = month_of(tasks, first, today)
    context = {
        "days": days,
        "due": sum(day.tasks for day in days),
        "first": first,
        "title": formatting.month(first.year, first.month).capitalize(),
        "months": [_month(day) for day in (first - DAY, today, first + 31 * DAY)],
        "side": side,
        "tabs": _tabs(side, _month(first)),
        "list": reverse(LISTS[side]),
        "weekdays": [formatting.weekday(MONDAY + n * DAY) for n in range(7)],
    }
    return render(request, "tasks/month.html", context)


def _side(request: ActedRequest) -> tuple[str, TaskQuerySet]:
    """What the address asks for; where it asks for nothing, what one gave, else what one leads."""
    tasks = {
        GIVEN: given_to_see(request.actor, at=request.at),
        LED: led_to_see(request.actor, at=request.at),
    }
    side = request.GET.get("ben", "")
    if side not in tasks:
        side = GIVEN if tasks[GIVEN].exists() else LED
    return side, tasks[side]


def first_in(said: str, today: date) -> date:
    """The first day of the month that an address names (`2026-11`); of this month where it names none."""
    if not said.strip():
        return today.replace(day=1)
    found = read_day(f"{said.strip()}-01")
    if found is None or found.year == LAST_YEAR:
        raise unreadable("thang", said, (FIRST_YEAR, LAST_YEAR - 1))
    return found


def _month(day: date) -> str:
    return f"{day:%Y-%m}"


def _tabs(side: str, month: str) -> list[Tab]:
    labels = {GIVEN: _("Nhiệm vụ đã giao"), LED: _("Nhiệm vụ chủ trì")}
    return [
        Tab(label, f"?ben={each}&thang={month}", is_current=each == side)
        for each, label in labels.items()
    ]
