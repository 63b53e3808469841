"""Offer times, book one, move it, cancel it, come, fail to come."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from django.db import IntegrityError, transaction

from tinhso.calendars.clock import day_of
from tinhso.counter import events
from tinhso.counter.errors import (
    AppointmentMissed,
    AppointmentNotToday,
    AppointmentOver,
    AppointmentsMany,
    AppointmentUnknown,
    BookingUsed,
    NobodyToMeet,
    OfferInvalid,
    ReasonMissing,
    TimeNotOffered,
    TimeTaken,
)
from tinhso.counter.models import (
    GRACE,
    Appointment,
    AppointmentOffer,
    Errand,
    Outcome,
    TicketDesk,
)
from tinhso.counter.permissions import CounterPermission
from tinhso.counter.queries.appointments import of_day, seats, timetable
from tinhso.counter.services.tickets import desk_of_kiosk, give, open_desk, require_standing
from tinhso.events.services import prepare, record, record_all
from tinhso.kernel.identifiers import new_reference, read_reference
from tinhso.kernel.permissions import require
from tinhso.notifications.addresses import keys_of
from tinhso.ui import formatting

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime
    from uuid import UUID

    from tinhso.counter.models import Ticket
    from tinhso.events.kinds import EventKind
    from tinhso.kernel.actors import Actor

MOST_AHEAD = 3
"""Appointments ahead that one account may hold."""
MOST_MINUTES, MOST_PEOPLE, MOST_DAYS = 120, 50, 60
LEAST_MINUTES = 5
REMINDED_BEFORE = timedelta(hours=24)
NAMED_FOR = timedelta(days=30)
"""How long the name and phone of who came stay."""


@dataclass(frozen=True)
class Visit:
    """What somebody comes for, and who they are where the desk books for them; `once` names the appointment."""

    once: UUID
    errand: Errand
    procedure: int | None = None
    name: str = ""
    phone: str = ""


@transaction.atomic
def offer(
    agency: int,
    *,
    minutes: int,
    capacity: int,
    days_ahead: int,
    is_open: bool,
    actor: Actor,
    at: datetime,
) -> AppointmentOffer:
    """Say which appointments a desk takes (mở khung giờ hẹn); those that stand are kept whatever is offered now.

    A desk that takes them gives numbers, too: whoever comes types the code of the appointment at its kiosk.
    """
    require(actor, CounterPermission.OFFER_APPOINTMENTS, agency=agency, at=at)
    if not (
        LEAST_MINUTES <= minutes <= MOST_MINUTES
        and 1 <= capacity <= MOST_PEOPLE
        and 1 <= days_ahead <= MOST_DAYS
    ):
        raise OfferInvalid
    said = {
        "minutes": minutes,
        "capacity": capacity,
        "days_ahead": days_ahead,
        "is_open": is_open,
    }
    made, _is_new = AppointmentOffer.objects.update_or_create(agency_id=agency, defaults=said)
    if is_open and not TicketDesk.objects.filter(agency=agency).exists():
        open_desk(agency, actor=actor, at=at)
    kind = events.APPOINTMENTS_OFFERED
    record(kind, subject=made.uuid, actor=actor, at=at, agency=agency, payload=said)
    return made


def note_read(shown: Iterable[Appointment], *, actor: Actor, at: datetime, agency: int) -> None:
    """Write down whose name and phone were shown to an officer: one event an appointment, so that each finds its own.

    Nothing is written of who has no name here.
    """
    told: dict[str, Any] = {"actor": actor, "at": at, "agency": agency}
    record_all(
        [
            prepare(events.APPOINTMENT_READ, subject=row.uuid, **told)
            for row in shown
            if row.name or row.phone
        ]
    )


@transaction.atomic
def book(
    agency: int, starts_at: datetime, visit: Visit, *, actor: Actor, at: datetime
) -> Appointment:
    """Book a time for oneself (đặt lịch hẹn); sent twice under the same key it is one appointment."""
    owner = _account(actor)
    offered = _locked_offer(agency)
    before = Appointment.objects.filter(uuid=visit.once, owner=owner).first()
    if before is not None:
        return before
    if Appointment.objects.ahead().filter(owner=owner).count() >= MOST_AHEAD:
        raise AppointmentsMany(limit=MOST_AHEAD)
    return _book(offered, starts_at, visit, owner=owner, name=actor.label, actor=actor, at=at)


@transaction.atomic
def book_for(
    agency: int, starts_at: datetime, visit: Visit, *, actor: Actor, at: datetime
) -> Appointment:
    """Book a time at the desk for somebody who called or came (đặt giúp); their name is needed."""
    require(actor, CounterPermission.KEEP_APPOINTMENTS, agency=agency, at=at)
    offered = _locked_offer(agency)
    before = Appointment.objects.filter(uuid=visit.once, agency=agency).first()
    if before is not None:
        return before
    if not visit.name.strip():
        raise ReasonMissing
    return _book(offered, starts_at, visit, owner="", name=visit.name, actor=actor, at=at)


@transaction.atomic
def move(key: UUID, starts_at: datetime, *, actor: Actor, at: datetime) -> Appointment:
    """Move one's appointment, or the desk somebody's, to another time of the same desk (dời lịch)."""
    # The offer first, as everybody who books or reforms locks it: whoever moves at once with a reform waits for it.
    where = Appointment.objects.filter(uuid=key).values("agency")
    offered = AppointmentOffer.objects.select_for_update().filter(agency__in=where).first()
    found = _held(key, actor=actor, at=at)
    if found.starts_at == starts_at:
        return found
    if offered is None or offered.agency_id != found.agency_id:
        raise TimeNotOffered
    before = found.starts_at
    found.seat = _free_seat(offered, starts_at, at=at, besides=found)
    found.starts_at, found.minutes = starts_at, offered.minutes
    found.reminded_at = _reminded(starts_at, at)
    found.save(update_fields=["seat", "starts_at", "minutes", "reminded_at"])
    tell(events.APPOINTMENT_MOVED, found, actor, at, before=before)
    return found


@transaction.atomic
def cancel(key: UUID, *, actor: Actor, at: datetime, reason: str = "") -> Appointment:
    """Cancel it (hủy lịch hẹn); the desk gives the reason, one's own needs none."""
    found = _held(key, actor=actor, at=at)
    if found.owner not in keys_of(actor) and not reason.strip():
        raise ReasonMissing
    found.cancelled_at, found.reason = at, reason.strip()[:300]
    found.save(update_fields=["cancelled_at", "reason"])
    tell(events.APPOINTMENT_CANCELLED, found, actor, at)
    return found


@transaction.atomic
def arrive(desk: UUID, kiosk_key: str, code: str, *, actor: Actor, at: datetime) -> Ticket:
    """The appointment becomes a number (đến theo lịch hẹn), which goes first from its time on.

    Called while nobody was there, that number is dead: whoever comes still in time gets another.
    """
    here = desk_of_kiosk(desk, kiosk_key)
    require_standing(here, on=day_of(at))
    found = (
        Appointment.objects.select_for_update(of=("self",))
        .select_related("ticket__end")
        .filter(agency=here.agency_id, code=read_reference(code) or "")
        .first()
    )
    if found is None:
        raise AppointmentUnknown
    when = formatting.moment(found.starts_at)
    if day_of(found.starts_at) != day_of(at):
        raise AppointmentNotToday(when=when)
    ended = getattr(found.ticket, "end", None)
    if found.ticket is not None and ended is None:
        return found.ticket
    if found.cancelled_at or (ended and ended.outcome == Outcome.SERVED):
        raise AppointmentOver
    if at > found.starts_at + GRACE:
        raise AppointmentMissed(when=when)
    once, errand = uuid4() if ended else found.uuid, Errand(found.errand)
    ticket = give(here, errand, once=once, promised_at=found.starts_at, actor=actor, at=at)
    found.ticket = ticket
    found.save(update_fields=["ticket"])
    tell(events.APPOINTMENT_KEPT, found, actor, at, number=ticket.number)
    return ticket


def remind(*, actor: Actor, at: datetime, limit: int) -> int:
    """Remind of the appointments of the next day, each once; how many. Whoever booked within it is not."""
    due = Appointment.objects.ahead().filter(
        reminded_at=None, starts_at__gt=at, starts_at__lte=at + REMINDED_BEFORE
    )
    return _each(due, events.APPOINTMENT_REMINDED, "reminded_at", actor=actor, at=at, limit=limit)


def mark_missed(*, actor: Actor, at: datetime, limit: int) -> int:
    """Mark those to which nobody came in time (vắng mặt); how many."""
    gone = Appointment.objects.ahead().filter(starts_at__lt=at - GRACE)
    return _each(gone, events.APPOINTMENT_MISSED, "missed_at", actor=actor, at=at, limit=limit)


def forget_names(*, at: datetime) -> int:
    """Take name and phone off appointments of a month ago; how many."""
    old = Appointment.objects.filter(starts_at__lt=at - NAMED_FOR).exclude(name="", phone="")
    return old.update(name="", phone="")


@transaction.atomic
def _each(
    found: Any, kind: EventKind, column: str, *, actor: Actor, at: datetime, limit: int
) -> int:
    rows = list(found.select_for_update(skip_locked=True).order_by("starts_at", "pk")[:limit])
    for row in rows:
        setattr(row, column, at)
        tell(kind, row, actor, at)
    Appointment.objects.bulk_update(rows, [column])
    return len(rows)


def _account(actor: Actor) -> str:
    """The key of the account; a visitor and a system have none."""
    key = next((key for key in keys_of(actor) if key.startswith("user:")), "")
    if not key:
        raise NobodyToMeet
    return key


def _locked_offer(agency: int) -> AppointmentOffer:
    """What the desk offers, locked: its bookings come one after the other."""
    found = AppointmentOffer.objects.select_for_update().filter(agency=agency).first()
    if found is None:
        raise TimeNotOffered
    return found


def _free_seat(
    offered: AppointmentOffer,
    starts_at: datetime,
    *,
    at: datetime,
    besides: Appointment | None = None,
) -> int:
    """The first place free all the time, `besides` the one that moves; refuses a time that is not offered, or full."""
    if not timetable(offered).has(starts_at, at=at):
        raise TimeNotOffered
    there = of_day(offered.agency_id, day_of(starts_at)).standing()
    taken = seats((row for row in there if row != besides), starts_at, offered.minutes)
    free = next((seat for seat in range(1, offered.capacity + 1) if seat not in taken), None)
    if free is None or len(taken) >= offered.capacity:
        raise TimeTaken
    return free


def _book(
    offered: AppointmentOffer,
    starts_at: datetime,
    visit: Visit,
    *,
    owner: str,
    name: str,
    actor: Actor,
    at: datetime,
) -> Appointment:
    made = Appointment(
        uuid=visit.once,
        code=new_reference(),
        agency_id=offered.agency_id,
        errand=visit.errand.value,
        procedure_id=visit.procedure,
        starts_at=starts_at,
        minutes=offered.minutes,
        seat=_free_seat(offered, starts_at, at=at),
        owner=owner,
        name=name.strip()[:200],
        phone=visit.phone.strip()[:20],
        booked_at=at,
        actor=actor.key,
        reminded_at=_reminded(starts_at, at),
    )
    try:
        with transaction.atomic():
            made.save(force_insert=True)
    except IntegrityError:
        if Appointment.objects.filter(uuid=visit.once).exists():
            raise BookingUsed from None
        raise
    tell(events.APPOINTMENT_BOOKED, made, actor, at, errand=made.errand)
    return made


def _reminded(starts_at: datetime, at: datetime) -> datetime | None:
    """Whoever books for the next day knows it."""
    return at if starts_at - at <= REMINDED_BEFORE else None


def _held(key: UUID, *, actor: Actor, at: datetime) -> Appointment:
    """The appointment ahead, locked; refuses another's, and one that is over."""
    visible = Appointment.objects.visible_to(actor, keys_of(actor), at=at)
    found = visible.select_for_update(of=("self",)).filter(uuid=key).first()
    if found is None:
        raise AppointmentUnknown
    if found.state != "ahead" or found.starts_at + GRACE < at:
        raise AppointmentOver
    return found


def tell(
    kind: EventKind, appointment: Appointment, actor: Actor, at: datetime, **more: object
) -> None:
    """Record what became of an appointment."""
    record(
        kind,
        subject=appointment.uuid,
        actor=actor,
        at=at,
        agency=appointment.agency_id,
        payload={"starts_at": appointment.starts_at, **more},
    )
