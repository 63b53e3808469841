"""Appointments at a reform: at the same time to the desk of whoever follows, or cancelled where it cannot meet."""

from __future__ import annotations

from collections import Counter
from itertools import count as ordinals
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tinhso.agencies.models import AgencyPeriod
from tinhso.agencies.work_in_hand import WorkInHand
from tinhso.calendars.clock import day_of, instant
from tinhso.calendars.queries import working_calendar
from tinhso.counter import events
from tinhso.counter.models import GRACE, Appointment, AppointmentOffer
from tinhso.counter.queries.appointments import of_day, seats
from tinhso.counter.services.appointments import tell
from tinhso.events.services import record

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from datetime import date, datetime

    from tinhso.agencies.work_in_hand import WorkTransfer
    from tinhso.kernel.actors import Actor


def count(agencies: Collection[int]) -> Mapping[tuple[int, str], int]:
    """Appointments ahead at each agency, of no field; where it has an end, those that come after it."""
    ahead = Appointment.objects.ahead().filter(agency__in=agencies)
    rows = list(ahead.values_list("agency", "starts_at"))
    periods = AgencyPeriod.objects.filter(agency__in={agency for agency, _starts_at in rows})
    # PostgreSQL sorts what has no end last.
    ends = dict(periods.order_by("agency", "until").values_list("agency", "until"))
    return Counter(
        (agency, "")
        for agency, starts_at in rows
        if (end := ends.get(agency)) is None or day_of(starts_at) >= end
    )


@transaction.atomic
def move(transfers: Sequence[WorkTransfer], /, *, on: date, actor: Actor, at: datetime) -> int:
    """Move appointments ahead (chuyển lịch hẹn) from the day of the reform on, and close what was offered; how many.

    Who booked is told where to come now, or that it is cancelled: where the successor does not work at that time, or
    has no place left. Part of the act of the reform, which has required its right.
    """
    rest = [transfer for transfer in transfers if not transfer.field]
    busy = _busy({transfer.predecessor for transfer in rest})
    moved = 0
    for transfer in rest:
        if transfer.predecessor in busy:
            moved += _move(transfer.predecessor, transfer.successor, on=on, actor=actor, at=at)
            busy.add(transfer.successor)
    return moved


def _busy(agencies: Collection[int]) -> set[int]:
    """Those of the agencies that take appointments or have any: few of the hundreds that a reform ends."""
    offering = AppointmentOffer.objects.filter(agency__in=agencies, is_open=True)
    meeting = Appointment.objects.ahead().filter(agency__in=agencies)
    return {*offering.values_list("agency", flat=True), *meeting.values_list("agency", flat=True)}


def _move(here: int, there: int, *, on: date, actor: Actor, at: datetime) -> int:
    both = AppointmentOffer.objects.select_for_update().filter(agency__in=(here, there))
    offers = {row.agency_id: row for row in both.order_by("pk")}
    if here in offers and on <= day_of(at):
        _close(offers[here], actor=actor, at=at)
    from_then = Appointment.objects.ahead().filter(agency=here, starts_at__gte=instant(on, 0))
    rows = list(from_then.select_for_update(of=("self",)).order_by("starts_at", "pk"))
    for row in rows:
        if row.starts_at + GRACE < at:
            row.missed_at = at
            row.save(update_fields=["missed_at"])
            tell(events.APPOINTMENT_MISSED, row, actor, at)
        else:
            _carry(row, there, offers.get(there), on=on, actor=actor, at=at)
    return len(rows)


def _close(offered: AppointmentOffer, *, actor: Actor, at: datetime) -> None:
    """Offer nothing more; before its last day the desk still does, for the days that are left."""
    if not offered.is_open:
        return
    offered.is_open = False
    offered.save(update_fields=["is_open"])
    said = {name: getattr(offered, name) for name in ("minutes", "capacity", "days_ahead")}
    record(
        events.APPOINTMENTS_OFFERED,
        subject=offered.uuid,
        actor=actor,
        at=at,
        agency=offered.agency_id,
        payload={**said, "is_open": False},
    )


def _carry(
    row: Appointment,
    there: int,
    offered: AppointmentOffer | None,
    *,
    on: date,
    actor: Actor,
    at: datetime,
) -> None:
    here, seat = row.agency_id, _seat(row, there, offered)
    if seat is None:
        row.cancelled_at = at
        row.reason = f"Sắp xếp cơ quan từ ngày {on:%d/%m/%Y}: nơi tiếp nhận không gặp được giờ này"
        row.save(update_fields=["cancelled_at", "reason"])
        tell(events.APPOINTMENT_CANCELLED, row, actor, at)
        return
    row.agency_id, row.seat = there, seat
    row.save(update_fields=["agency", "seat"])
    tell(events.APPOINTMENT_TRANSFERRED, row, actor, at, **{"from": here, "to": there})


def _seat(row: Appointment, there: int, offered: AppointmentOffer | None) -> int | None:
    """A place of its time at the other desk; as many as come where that desk has not said how many it meets."""
    day = day_of(row.starts_at)
    shifts = working_calendar(there).shifts_on(day)
    if not any(
        instant(day, opens) <= row.starts_at and row.ends_at <= instant(day, closes)
        for opens, closes in shifts
    ):
        return None
    taken = seats(of_day(there, day).standing(), row.starts_at, row.minutes)
    if offered is not None and len(taken) >= offered.capacity:
        return None
    return next(seat for seat in ordinals(1) if seat not in taken)


MEETINGS = WorkInHand(code="appointments", name=_("Lịch hẹn"), count=count, move=move)
