"""Desks of the demo: all take appointments and give numbers; at one some people wait, and its evenings are closed."""

from __future__ import annotations

import random
from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

from tinhso.calendars.clock import day_of, instant
from tinhso.calendars.queries import working_calendar
from tinhso.counter.models import Errand, TicketDesk
from tinhso.counter.queries.days import LOOKED_BACK, system_counts
from tinhso.counter.services import appointments, close_day, tickets
from tinhso.counter.services.days import Counted
from tinhso.kernel.actors import SystemActor

if TYPE_CHECKING:
    from datetime import datetime

    from tinhso.site.province.matters import Era
    from tinhso.site.province.people import Staff

ACTOR = SystemActor("demo")
MINUTES, CAPACITY, DAYS_AHEAD = 30, 3, 14
WAITING = (Errand.SUBMIT, Errand.COLLECT, Errand.SUBMIT, Errand.ASK)
BETWEEN = timedelta(minutes=4)
SEED = 17
ONE_MORE = "Một bộ giấy nộp nhầm quầy, đã trả lại người nộp"
"""Why an evening's papers were one more than the system had."""


def open_desks(era: Era, at: datetime) -> None:
    """People wait at the commune of the printed accounts, since a while before `at` or before it closed today."""
    for place in sorted(set(era.desks.values())):
        appointments.offer(
            place,
            minutes=MINUTES,
            capacity=CAPACITY,
            days_ahead=DAYS_AHEAD,
            is_open=True,
            actor=ACTOR,
            at=at,
        )
    last = last_open(at)
    if last is None:
        return
    desk = TicketDesk.objects.get(agency=era.desks[era.middle])
    for turn, errand in enumerate(WAITING):
        came = last - BETWEEN * (len(WAITING) - turn)
        tickets.give(desk, errand, once=uuid4(), actor=ACTOR, at=came)


def last_open(at: datetime) -> datetime | None:
    """The last moment today at which people could come; None before they do, and on days off."""
    calendar, day = working_calendar(), day_of(at)
    shifts = calendar.shifts_on(day)
    if not shifts or at < instant(day, shifts[0][0]) + BETWEEN * len(WAITING):
        return None
    return min(at, calendar.closing_on(day))


def close_evenings(staff: Staff, era: Era, at: datetime) -> None:
    """At the desk of the printed accounts each evening of a month but the last is closed, one with a difference."""
    place, today = era.desks[era.middle], day_of(at)
    actor = staff.at(place, "one-stop-officer", random.Random(SEED))  # noqa: S311  (no secret)
    calendar = working_calendar(place)
    span = (today - timedelta(days=back) for back in range(LOOKED_BACK.days, 0, -1))
    *days, _still_open = [day for day in span if calendar.is_working_day(day)]
    papers = {day: system_counts(place, day) for day in days}
    differs = max((day for day in days if papers[day]), default=None)
    for day in days:
        counted = {key: Counted(count) for key, count in papers[day].items()}
        if day == differs:
            key = min(counted)
            counted[key] = Counted(counted[key].paper + 1, ONE_MORE)
        close_day(place, day, counted, actor=actor, at=calendar.closing_on(day))
