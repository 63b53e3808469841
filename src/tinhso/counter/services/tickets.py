"""Give numbers, call them to a window, end them there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection, transaction
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _

from tinhso.agencies.models import Agency
from tinhso.agencies.queries import name_of, names_of, successors
from tinhso.calendars.clock import day_of
from tinhso.counter import events
from tinhso.counter.errors import (
    DeskEnded,
    DeskUnknown,
    NobodyWaits,
    TicketEnded,
    TicketOpen,
    TicketUnknown,
)
from tinhso.counter.models import Errand, Outcome, Ticket, TicketCall, TicketDesk, TicketEnd
from tinhso.counter.permissions import CounterPermission
from tinhso.counter.queries.tickets import at_window, in_turn
from tinhso.events.services import record
from tinhso.kernel.permissions import require

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date, datetime
    from uuid import UUID

    from tinhso.events.kinds import EventKind
    from tinhso.kernel.actors import Actor


@transaction.atomic
def open_desk(agency: int, *, actor: Actor, at: datetime) -> TicketDesk:
    """Let a desk give numbers (mở quầy lấy số); done again, its kiosk gets a new address and the old one ends."""
    require(actor, CounterPermission.OPEN_DESK, agency=agency, at=at)
    desk, is_new = TicketDesk.objects.select_for_update().get_or_create(agency_id=agency)
    if not is_new:
        desk.generation += 1
        desk.save(update_fields=["generation"])
    record(
        events.DESK_OPENED,
        subject=desk.uuid,
        actor=actor,
        at=at,
        agency=agency,
        payload={"generation": desk.generation},
    )
    return desk


def desk_of_kiosk(desk: UUID, key: str) -> TicketDesk:
    """The desk whose kiosk has this address; `DeskUnknown` for any other key."""
    return _desk_of(desk, key, lambda found: found.key)


def desk_of_station(desk: UUID, key: str) -> TicketDesk:
    """The desk whose machine for filing on line has this address; `DeskUnknown` for any other key."""
    return _desk_of(desk, key, lambda found: found.station_key)


def _desk_of(desk: UUID, key: str, machine: Callable[[TicketDesk], str]) -> TicketDesk:
    found = TicketDesk.objects.filter(uuid=desk).first()
    if found is None or not constant_time_compare(machine(found), key):
        raise DeskUnknown
    return found


def require_standing(desk: TicketDesk, *, on: date) -> None:
    """Refuse with `DeskEnded`, which names who follows, when the agency of the desk lives no longer on that day."""
    if Agency.objects.alive(on).filter(pk=desk.agency_id).exists():
        return
    followed = names_of([agency.pk for agency in successors(desk.agency_id, on)], on)
    onward = _("Mời bạn đến: {names}.").format(names=", ".join(sorted(followed.values())))
    nobody = _("Hỏi quầy hướng dẫn để biết nơi tiếp nhận.")
    raise DeskEnded(agency=name_of(desk.agency_id, on), onward=onward if followed else nobody)


@transaction.atomic
def issue(
    desk: UUID, kiosk_key: str, errand: Errand, *, once: UUID, actor: Actor, at: datetime
) -> Ticket:
    """Give the next number of the day (lấy số). `once` names the ticket: sent twice, it is the same ticket.

    The right to it is the key of the kiosk: whoever stands before it has no account.
    """
    found = desk_of_kiosk(desk, kiosk_key)
    require_standing(found, on=day_of(at))
    return give(found, errand, once=once, actor=actor, at=at)


def give(
    desk: TicketDesk,
    errand: Errand,
    *,
    once: UUID,
    actor: Actor,
    at: datetime,
    promised_at: datetime | None = None,
) -> Ticket:
    """The next number of the desk's day, inside the caller's act; `promised_at` is the time of an appointment."""
    before = Ticket.objects.filter(uuid=once).first()
    if before is not None:
        if before.desk_id != desk.pk:
            raise TicketUnknown
        return before
    day = day_of(at)
    ticket = Ticket.objects.create(
        uuid=once,
        desk=desk,
        day=day,
        number=_next_number(desk, day),
        errand=errand.value,
        at=at,
        promised_at=promised_at,
    )
    _tell(events.TICKET_ISSUED, ticket, actor, at, errand=ticket.errand)
    return ticket


def _next_number(desk: TicketDesk, day: date) -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO counter_ticketsequence (desk_id, day, last) VALUES (%s, %s, 1)"
            " ON CONFLICT (desk_id, day) DO UPDATE SET last = counter_ticketsequence.last + 1"
            " RETURNING last",
            [desk.pk, day],
        )
        (last,) = cursor.fetchone()
    return int(last)


@transaction.atomic
def call_next(agency: int, window: int, *, actor: Actor, at: datetime) -> Ticket:
    """Call the number whose turn it is to a window (gọi số tiếp theo); the one before must be ended."""
    require(actor, CounterPermission.SERVE, agency=agency, at=at)
    desk = TicketDesk.objects.select_for_update(no_key=True).filter(agency=agency).first()
    if desk is None:
        raise DeskUnknown
    here = at_window(desk, window, day_of(at))
    if here is not None:
        raise TicketOpen(number=here.number)
    ticket = in_turn(desk, at=at).first()
    if ticket is None:
        raise NobodyWaits
    TicketCall.objects.create(ticket=ticket, window=window, at=at, actor=actor.key)
    _tell(events.TICKET_CALLED, ticket, actor, at, window=window)
    return ticket


@transaction.atomic
def call_again(key: UUID, *, actor: Actor, at: datetime) -> TicketCall:
    """Call the same number once more to its window (gọi lại)."""
    ticket = _held(key, actor=actor, at=at)
    window = ticket.calls.latest("pk").window
    call = TicketCall.objects.create(ticket=ticket, window=window, at=at, actor=actor.key)
    _tell(events.TICKET_CALLED, ticket, actor, at, window=window)
    return call


@transaction.atomic
def end(key: UUID, outcome: Outcome, *, actor: Actor, at: datetime) -> TicketEnd:
    """The visit is over, or nobody came (kết thúc lượt, vắng mặt)."""
    ticket = _held(key, actor=actor, at=at)
    made = TicketEnd.objects.create(ticket=ticket, outcome=outcome.value, at=at, actor=actor.key)
    _tell(events.TICKET_ENDED, ticket, actor, at, outcome=outcome.value)
    return made


def _held(key: UUID, *, actor: Actor, at: datetime) -> Ticket:
    """The called ticket, locked; refuses one that is not called, elsewhere, or over."""
    scope = actor.scope(CounterPermission.SERVE, at=at)
    tickets = Ticket.objects.select_related("desk").select_for_update(of=("self",))
    ticket = tickets.filter(uuid=key).first()
    if ticket is None or ticket.desk.agency_id not in scope or not ticket.calls.exists():
        raise TicketUnknown
    require(actor, CounterPermission.SERVE, agency=ticket.desk.agency_id, at=at)
    if TicketEnd.objects.filter(ticket=ticket).exists():
        raise TicketEnded(number=ticket.number)
    return ticket


def _tell(kind: EventKind, ticket: Ticket, actor: Actor, at: datetime, **more: object) -> None:
    record(
        kind,
        subject=ticket.uuid,
        actor=actor,
        at=at,
        agency=ticket.desk.agency_id,
        payload={"number": ticket.number, **more},
    )
