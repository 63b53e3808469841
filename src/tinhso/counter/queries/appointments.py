"""Reads: which desks offer appointments, which times are free, who comes on a day."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from tinhso.agencies.queries import names_of
from tinhso.calendars.clock import day_of, instant
from tinhso.calendars.queries import working_calendar
from tinhso.counter.models import Appointment, AppointmentOffer
from tinhso.notifications.addresses import keys_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from django.db.models import QuerySet

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


def offers(at: datetime) -> list[tuple[int, str]]:
    """The desks that take appointments now, by name."""
    keys = set(AppointmentOffer.objects.filter(is_open=True).values_list("agency", flat=True))
    return sorted(names_of(keys, day_of(at)).items(), key=lambda pair: pair[1])


def starts_on(offer: AppointmentOffer, day: date) -> list[datetime]:
    """Every time that the desk offers on a day: its working hours by its own calendar, cut in equal lengths."""
    return [
        instant(day, minute)
        for opens, closes in working_calendar(offer.agency_id).shifts_on(day)
        for minute in range(opens, closes - offer.minutes + 1, offer.minutes)
    ]


def is_offered(offer: AppointmentOffer, starts_at: datetime, *, at: datetime) -> bool:
    """Whether that time can be booked at all at the instant: ahead, near enough, one of those of its day."""
    day = day_of(starts_at)
    last = day_of(at) + timedelta(days=offer.days_ahead)
    return offer.is_open and starts_at > at and day <= last and starts_at in starts_on(offer, day)


def slots(offer: AppointmentOffer, day: date, *, at: datetime) -> list[Slot]:
    """The times of a day that can still be booked or are full, in order; one question for what is taken."""
    starts = [start for start in starts_on(offer, day) if is_offered(offer, start, at=at)]
    standing = of_day(offer.agency_id, day).filter(cancelled_at=None)
    taken: Counter[datetime] = Counter(standing.values_list("starts_at", flat=True))
    return [Slot(start, offer.minutes, offer.capacity, taken[start]) for start in starts]


def days(offer: AppointmentOffer, *, at: datetime) -> list[date]:
    """The days on which something can be booked, from today."""
    today = day_of(at)
    span = [today + timedelta(days=index) for index in range(offer.days_ahead + 1)]
    return [day for day in span if any(start > at for start in starts_on(offer, day))]


def of_day(agency: int, day: date) -> QuerySet[Appointment]:
    """The appointments of a desk and day, in order of time."""
    begin, end = instant(day, 0), instant(day, A_DAY)
    found = Appointment.objects.filter(agency=agency, starts_at__gte=begin, starts_at__lt=end)
    return found.order_by("starts_at", "seat")


def own(actor: Actor) -> Sequence[Appointment]:
    """One's own, the latest first; a dozen."""
    found = Appointment.objects.filter(owner__in=keys_of(actor)).select_related("procedure")
    return list(found.order_by("-starts_at")[:12])
