"""Reads: which desks offer appointments, which times are free, who comes on a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from tinhso.agencies.models import Agency, AgencyPeriod
from tinhso.agencies.queries import names_of
from tinhso.calendars.clock import day_of, instant
from tinhso.calendars.queries import working_calendar
from tinhso.counter.models import Appointment, AppointmentOffer
from tinhso.kernel.folding import alphabetical
from tinhso.notifications.addresses import keys_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date, datetime

    from tinhso.calendars.working_time import WorkingCalendar
    from tinhso.counter.models.appointments import AppointmentQuerySet
    from tinhso.kernel.actors import Actor

A_DAY = 24 * 60


@dataclass(frozen=True)
class Slot:
    """A time that a desk offers (khung giờ): how many places it has, and how many are taken."""

    starts_at: datetime
    minutes: int
    capacity: int
    taken: int

    @property
    def ends_at(self) -> datetime:
        """When the next one begins."""
        return self.starts_at + timedelta(minutes=self.minutes)

    @property
    def free(self) -> int:
        """Places left."""
        return max(self.capacity - self.taken, 0)


@dataclass(frozen=True)
class Timetable:
    """What a desk offers over the days it works and exists; its calendar and its periods are asked for once."""

    offer: AppointmentOffer
    calendar: WorkingCalendar
    periods: Sequence[AgencyPeriod]

    def starts_on(self, day: date, *, at: datetime) -> list[datetime]:
        """The times of a day that can be booked at all at the instant: ahead, near enough, in the desk's own hours."""
        last = day_of(at) + timedelta(days=self.offer.days_ahead)
        lives = any(period.holds_on(day) for period in self.periods)
        if not (self.offer.is_open and lives and day_of(at) <= day <= last):
            return []
        minutes = self.offer.minutes
        starts = [
            instant(day, minute)
            for opens, closes in self.calendar.shifts_on(day)
            for minute in range(opens, closes - minutes + 1, minutes)
        ]
        return [start for start in starts if start > at]

    def has(self, starts_at: datetime, *, at: datetime) -> bool:
        """Whether that time is one of those of its day."""
        return starts_at in self.starts_on(day_of(starts_at), at=at)

    def slots(self, day: date, *, at: datetime) -> list[Slot]:
        """The times of a day that can still be booked or are full, in order; one question for what is taken."""
        starts = self.starts_on(day, at=at)
        if not starts:
            return []
        there = list(of_day(self.offer.agency_id, day).standing())
        minutes, places = self.offer.minutes, self.offer.capacity
        return [Slot(start, minutes, places, len(seats(there, start, minutes))) for start in starts]

    def days(self, *, at: datetime) -> list[date]:
        """The days on which something can be booked, from today."""
        today = day_of(at)
        span = [today + timedelta(days=index) for index in range(self.offer.days_ahead + 1)]
        return [day for day in span if self.starts_on(day, at=at)]


def timetable(offer: AppointmentOffer) -> Timetable:
    """When the desk can be met, to ask about many days and times."""
    periods = AgencyPeriod.objects.filter(agency=offer.agency_id)
    return Timetable(offer, working_calendar(offer.agency_id), list(periods))


def offers(at: datetime) -> list[tuple[int, str]]:
    """The desks that exist and take appointments now, by name."""
    today = day_of(at)
    living = Agency.objects.alive(today).values("pk")
    open_now = AppointmentOffer.objects.filter(is_open=True, agency__in=living)
    names = names_of(open_now.values_list("agency", flat=True), today)
    return sorted(names.items(), key=lambda pair: alphabetical(pair[1]))


def seats(standing: Iterable[Appointment], starts_at: datetime, minutes: int) -> set[int]:
    """The places that appointments hold at any moment of a stretch: those of another length that reach into it too."""
    ends_at = starts_at + timedelta(minutes=minutes)
    return {row.seat for row in standing if row.starts_at < ends_at and starts_at < row.ends_at}


def of_day(agency: int, day: date) -> AppointmentQuerySet:
    """The appointments of a desk and day, in order of time."""
    begin, end = instant(day, 0), instant(day, A_DAY)
    found = Appointment.objects.filter(agency=agency, starts_at__gte=begin, starts_at__lt=end)
    return found.order_by("starts_at", "seat")


def own(actor: Actor) -> Sequence[Appointment]:
    """One's own, the latest first; a dozen."""
    found = Appointment.objects.filter(owner__in=keys_of(actor)).select_related("procedure")
    return list(found.order_by("-starts_at")[:12])
