"""Reads: what the system counted on a day, how the day stands, which days nobody closed."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db.models import Count
from django.db.models.functions import TruncDate
from django.utils.translation import gettext as _

from tinhso.accounts.queries import agency_choices
from tinhso.calendars.clock import OFFICIAL_ZONE, day_of, instant, local
from tinhso.calendars.queries import working_calendar
from tinhso.counter.models import ClosingLine, DayClosing
from tinhso.counter.permissions import CounterPermission
from tinhso.dossiers.models import ON_PAPER, Dossier, State

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import datetime

    from django.db.models import QuerySet

    from tinhso.kernel.actors import Actor

LOOKED_BACK = timedelta(days=30)
"""How far back days are asked for that nobody closed."""


def _brought(first: date, last: date) -> QuerySet[Dossier]:
    """Dossiers received on those days that came on paper, without the receipts that were a mistake."""
    begin, end = instant(first, 0), instant(last + timedelta(days=1), 0)
    return Dossier.objects.filter(
        received_at__gte=begin, received_at__lt=end, channel__in=ON_PAPER, batch=None
    ).exclude(state=State.CANCELLED)


def system_counts(agency: int, day: date) -> Mapping[int, int]:
    """By procedure, how many dossiers on paper the desk received on the day as the system has it."""
    rows = _brought(day, day).filter(receiving_agency=agency)
    return dict(rows.values_list("procedure__procedure").annotate(Count("pk")))


def closing_of(agency: int, day: date) -> DayClosing | None:
    """The closing that stands for the day."""
    return DayClosing.objects.standing().filter(agency=agency, day=day).first()


def closed_in_words(agency: int, at: datetime) -> str:
    """That the book of the desk's day is closed, so that what it takes in now is missing there; else nothing."""
    closing = closing_of(agency, day_of(at))
    if closing is None:
        return ""
    said = _(
        "Sổ hôm nay của quầy đã khóa lúc %(time)s. Hồ sơ giấy nhận từ lúc này làm lệch sổ: sau khi"
        " nhận, báo người phụ trách mở lại sổ để đối chiếu lại."
    )
    return said % {"time": f"{local(closing.at):%H:%M}"}


def hours_end(agency: int, day: date, at: datetime) -> datetime | None:
    """When work at the desk ends that day, while it is still ahead; None afterwards, and on a day without work."""
    calendar = working_calendar(agency)
    if not calendar.is_working_day(day):
        return None
    end = calendar.closing_on(day)
    return end if at < end else None


def changed_since(closings: Collection[DayClosing]) -> set[int]:
    """The keys of those of which the system has other counts of some procedure now than when they were closed."""
    if not closings:
        return set()
    days = [closing.day for closing in closings]
    brought = _brought(min(days), max(days)).filter(
        receiving_agency__in={closing.agency_id for closing in closings}
    )
    now: dict[tuple[int, date], Counter[int]] = defaultdict(Counter)
    counted = brought.annotate(day=TruncDate("received_at", tzinfo=OFFICIAL_ZONE))
    told = counted.values_list("receiving_agency", "day", "procedure__procedure")
    for agency, day, procedure, number in told.annotate(Count("pk")):
        now[agency, day][procedure] = number
    then: dict[int, Counter[int]] = defaultdict(Counter)
    lines = ClosingLine.objects.filter(closing__in=[closing.pk for closing in closings])
    for key, procedure, system in lines.values_list("closing", "procedure", "system"):
        then[key][procedure] = system
    return {row.pk for row in closings if then[row.pk] != now[row.agency_id, row.day]}


@dataclass(frozen=True)
class LateDay:
    """A working day of a desk that nobody closed in time, or that changed after it was closed.

    `system` is what the system counts now, `closed` what it counted when the day was closed (None: not closed).
    """

    agency: int
    agency_name: str
    day: date
    system: int
    closed: int | None
    working_days: int


def late_days(actor: Actor, *, at: datetime) -> list[LateDay]:
    """Days of the last thirty that wait for their closing or do not add up any more, oldest first.

    A desk is an agency that received something in that time; it is asked for every working day since. Today is late
    only when it was closed and changed since.
    """
    today = day_of(at)
    first = today - LOOKED_BACK
    names = dict(agency_choices(actor.scope(CounterPermission.READ_DAY, at=at), at=at))
    counts: dict[int, Counter[date]] = defaultdict(Counter)
    brought = _brought(first, today).filter(receiving_agency__in=names)
    for agency, received_at in brought.values_list("receiving_agency", "received_at"):
        if received_at is not None:
            counts[agency][day_of(received_at)] += 1
    closings = DayClosing.objects.standing().filter(agency__in=counts, day__gte=first)
    closed = {(row.agency_id, row.day): row for row in closings}
    changed = changed_since(closed.values())
    found = []
    for agency, by_day in counts.items():
        for day, since in _asked(agency, min(by_day), today):
            row = closed.get((agency, day))
            if row.pk in changed if row else day < today:
                then = row.system if row else None
                found.append(LateDay(agency, names[agency], day, by_day[day], then, since))
    return sorted(found, key=lambda late: (late.day, late.agency_name))


def _asked(agency: int, first: date, today: date) -> list[tuple[date, int]]:
    """The working days from the first until yesterday, and today, each with the working days passed since."""
    calendar = working_calendar(agency)
    span = [first + timedelta(days=index) for index in range((today - first).days)]
    days = [day for day in span if calendar.is_working_day(day)]
    return [*((day, len(days) - index) for index, day in enumerate(days)), (today, 0)]
