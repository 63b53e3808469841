"""Appointments: in the desk's own hours, never one too many, first at their time, missed when nobody came."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, connections, transaction

from tinhso.accounts.actors import CitizenActor, actor_for
from tinhso.accounts.models import User
from tinhso.accounts.tests.factories import make_user
from tinhso.agencies.tests.factories import make_agency
from tinhso.calendars.clock import instant
from tinhso.counter import services
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
from tinhso.counter.models import Appointment, AppointmentOffer, Errand, Ticket, TicketDesk
from tinhso.counter.queries.appointments import offers as open_desks
from tinhso.counter.queries.appointments import timetable
from tinhso.counter.services import Visit
from tinhso.dossiers.tests.factories import AT, SYSTEM, VISITOR, make_desk
from tinhso.events.models import Event
from tinhso.kernel.errors import NotAllowed

if TYPE_CHECKING:
    from tinhso.accounts.actors import OfficerActor
    from tinhso.dossiers.tests.factories import Desk

DAY = AT.date()
TUESDAY = DAY + timedelta(days=1)
NINE = instant(TUESDAY, 9 * 60)


def citizen(name: str = "Lan") -> CitizenActor | OfficerActor:
    return actor_for(make_user(name, kind=User.Kind.CITIZEN))


def visit(**more: Any) -> Visit:
    return replace(Visit(uuid4(), Errand.SUBMIT), **more)


@pytest.fixture
def offered(desk: Desk) -> AppointmentOffer:
    """Half an hour each, two people at once, a week ahead."""
    return offers(desk)


def offers(desk: Desk, *, capacity: int = 2, minutes: int = 30) -> AppointmentOffer:
    return services.offer(
        desk.commune.pk,
        minutes=minutes,
        capacity=capacity,
        days_ahead=7,
        is_open=True,
        actor=desk.head,
        at=AT,
    )


def booked(desk: Desk, starts_at: datetime = NINE, *, at: datetime = AT) -> Appointment:
    return services.book_for(
        desk.commune.pk, starts_at, visit(name="Lan Một"), actor=desk.clerk, at=at
    )


def test_a_desk_that_takes_appointments_gives_numbers(offered: AppointmentOffer) -> None:
    """Whoever comes types their code at its kiosk."""
    assert TicketDesk.objects.filter(agency=offered.agency_id).count() == 1


def test_times_are_the_hours_of_the_desks_calendar(offered: AppointmentOffer) -> None:
    times = timetable(offered).slots(TUESDAY, at=AT)
    assert times[0].starts_at == instant(TUESDAY, 7 * 60 + 30)
    assert times[-1].ends_at <= instant(TUESDAY, 17 * 60)
    assert {slot.free for slot in times} == {2}
    assert timetable(offered).slots(DAY + timedelta(days=5), at=AT) == [], (
        "nobody works on a Saturday"
    )
    assert all(slot.starts_at > AT for slot in timetable(offered).slots(DAY, at=AT))
    assert len(timetable(offered).days(at=AT)) == 6, "today, the rest of the week, and Monday"


def test_a_time_holds_as_many_as_the_desk_says(desk: Desk, offered: AppointmentOffer) -> None:
    assert [booked(desk).seat, booked(desk).seat] == [1, 2]
    with pytest.raises(TimeTaken):
        booked(desk)
    assert Appointment.objects.count() == 2
    assert Event.objects.filter(kind="counter.appointment_booked").count() == 2
    assert (
        next(s for s in timetable(offered).slots(TUESDAY, at=AT) if s.starts_at == NINE).free == 0
    )


@pytest.mark.parametrize(
    "starts_at",
    [
        AT - timedelta(hours=1),
        NINE + timedelta(minutes=1),
        instant(TUESDAY, 12 * 60),
        instant(DAY + timedelta(days=5), 9 * 60),
        instant(DAY + timedelta(days=8), 9 * 60),
    ],
    ids=["past", "between", "noon", "saturday", "too far"],
)
def test_a_time_that_is_not_offered_is_refused(
    desk: Desk, offered: AppointmentOffer, starts_at: datetime
) -> None:
    del offered
    with pytest.raises(TimeNotOffered):
        booked(desk, starts_at)
    assert not Appointment.objects.exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.slow
def test_twelve_at_once_for_three_places_are_three() -> None:
    house = make_desk()
    offers(house, capacity=3)
    people = [citizen(f"Lan {number}") for number in range(12)]

    def press(who: CitizenActor) -> bool:
        try:
            services.book(house.commune.pk, NINE, visit(), actor=who, at=AT)
        except TimeTaken:
            return False
        finally:
            connections.close_all()
        return True

    with ThreadPoolExecutor(6) as pool:
        assert sum(pool.map(press, people)) == 3
    assert sorted(Appointment.objects.values_list("seat", flat=True)) == [1, 2, 3]


def test_the_database_itself_gives_a_seat_once(desk: Desk, offered: AppointmentOffer) -> None:
    del offered
    first = booked(desk)
    with pytest.raises(IntegrityError), transaction.atomic():
        Appointment.objects.create(
            uuid=uuid4(),
            code="X",
            agency=desk.commune,
            errand="ask",
            starts_at=NINE,
            minutes=30,
            seat=first.seat,
            booked_at=AT,
            actor=SYSTEM.key,
        )


def test_a_longer_appointment_takes_a_place_of_each_time_it_reaches_into(desk: Desk) -> None:
    offers(desk, capacity=1)
    long = booked(desk, NINE)
    offer = offers(desk, capacity=1, minutes=15)
    quarter = timedelta(minutes=15)
    for starts_at in (NINE, NINE + quarter):
        with pytest.raises(TimeTaken):
            booked(desk, starts_at)
    assert Appointment.objects.get() == long
    free = {slot.starts_at: slot.free for slot in timetable(offer).slots(TUESDAY, at=AT)}
    around = [NINE - quarter, NINE, NINE + quarter, NINE + 2 * quarter]
    assert [free[start] for start in around] == [1, 0, 0, 1]
    moved = services.move(long.uuid, NINE + quarter, actor=desk.clerk, at=AT)
    assert (moved.seat, moved.minutes) == (1, 15), "its own place is no hindrance to itself"
    assert booked(desk, NINE).seat == 1


def test_short_appointments_take_a_place_of_the_long_time_around_them(desk: Desk) -> None:
    offers(desk, capacity=2, minutes=15)
    booked(desk, NINE)
    booked(desk, NINE + timedelta(minutes=15))
    offers(desk, capacity=2)
    assert booked(desk, NINE).seat == 2, "one after the other they hold one place"
    with pytest.raises(TimeTaken):
        booked(desk, NINE)


def test_the_key_of_anothers_booking_is_refused(desk: Desk, offered: AppointmentOffer) -> None:
    del offered
    once, here = visit(name="Lan"), desk.commune.pk
    services.book(here, NINE, once, actor=citizen(), at=AT)
    with pytest.raises(BookingUsed):
        services.book(here, NINE, once, actor=citizen("Hùng"), at=AT)
    elsewhere = AppointmentOffer.objects.get()
    elsewhere.pk, elsewhere.uuid, elsewhere.agency = None, uuid4(), desk.construction
    elsewhere.save()
    with pytest.raises(BookingUsed):
        services.book_for(desk.construction.pk, NINE, once, actor=desk.province_clerk, at=AT)
    assert Appointment.objects.get().agency_id == here
    assert Event.objects.filter(kind="counter.appointment_booked").count() == 1


def test_desks_stand_in_the_order_of_their_names(desk: Desk) -> None:
    for name in ("Sở Ý tế", "Sở Âm nhạc", "Sở Đất", "Sở Du lịch"):
        AppointmentOffer.objects.create(
            agency=make_agency(name, parent=desk.province),
            minutes=15,
            capacity=1,
            days_ahead=7,
            is_open=True,
        )
    gone = make_agency("Sở Cũ", parent=desk.province, until=DAY)
    AppointmentOffer.objects.create(agency=gone, minutes=15, capacity=1, days_ahead=7, is_open=True)
    names = [name for _key, name in open_desks(AT)]
    assert names == ["Sở Âm nhạc", "Sở Du lịch", "Sở Đất", "Sở Ý tế"]
    with pytest.raises(TimeNotOffered):
        services.book(gone.pk, NINE, visit(), actor=citizen(), at=AT)
    assert not Appointment.objects.exists()


def test_a_citizen_books_once_and_not_without_end(desk: Desk, offered: AppointmentOffer) -> None:
    del offered
    lan, once, here = citizen(), visit(), desk.commune.pk
    first = services.book(here, NINE, once, actor=lan, at=AT)
    assert services.book(here, NINE, once, actor=lan, at=AT) == first
    for hour in 10, 14:
        services.book(here, instant(TUESDAY, hour * 60), visit(), actor=lan, at=AT)
    with pytest.raises(AppointmentsMany):
        services.book(here, instant(TUESDAY, 15 * 60), visit(), actor=lan, at=AT)
    with pytest.raises(NobodyToMeet):
        services.book(here, NINE, visit(), actor=VISITOR, at=AT)
    assert Appointment.objects.count() == 3


def test_it_is_ones_own_and_the_desks(desk: Desk, offered: AppointmentOffer) -> None:
    del offered
    lan, other = citizen(), citizen("Hùng")
    mine = services.book(desk.commune.pk, NINE, visit(), actor=lan, at=AT)
    for stranger in (other, desk.province_clerk, VISITOR):
        with pytest.raises(AppointmentUnknown):
            services.cancel(mine.uuid, actor=stranger, reason="Thử", at=AT)
    later = instant(TUESDAY, 10 * 60)
    assert services.move(mine.uuid, later, actor=lan, at=AT).starts_at == later
    with pytest.raises(ReasonMissing):
        services.cancel(mine.uuid, actor=desk.clerk, at=AT)
    services.cancel(mine.uuid, actor=desk.clerk, reason="Quầy nghỉ", at=AT)
    with pytest.raises(AppointmentOver):
        services.move(mine.uuid, NINE, actor=lan, at=AT)
    assert list(Appointment.objects.standing()) == []
    kinds = Event.objects.filter(subject=mine.uuid).order_by("pk").values_list("kind", flat=True)
    assert [kind.partition("_")[2] for kind in kinds] == ["booked", "moved", "cancelled"]


def test_a_cancelled_place_is_free_again(desk: Desk, offered: AppointmentOffer) -> None:
    del offered
    first, _second = booked(desk), booked(desk)
    services.cancel(first.uuid, actor=desk.clerk, reason="Bận", at=AT)
    assert booked(desk).seat == 1


def test_who_has_no_right_offers_and_books_nothing(desk: Desk, offered: AppointmentOffer) -> None:
    with pytest.raises(NotAllowed):
        services.offer(
            desk.commune.pk,
            minutes=30,
            capacity=9,
            days_ahead=7,
            is_open=True,
            actor=desk.clerk,
            at=AT,
        )
    with pytest.raises(NotAllowed):
        services.book_for(
            desk.commune.pk, NINE, visit(name="Lan"), actor=desk.province_clerk, at=AT
        )
    with pytest.raises(OfferInvalid):
        services.offer(
            desk.commune.pk,
            minutes=1,
            capacity=9,
            days_ahead=7,
            is_open=True,
            actor=desk.head,
            at=AT,
        )
    offered.refresh_from_db()
    assert (offered.capacity, Appointment.objects.count()) == (2, 0)


@pytest.fixture
def kiosk(desk: Desk) -> TicketDesk:
    return services.open_desk(desk.commune.pk, actor=desk.head, at=AT)


def arrived(kiosk: TicketDesk, code: str, at: datetime) -> Ticket:
    return services.arrive(kiosk.uuid, kiosk.key, code, actor=VISITOR, at=at)


def walked_in(kiosk: TicketDesk, at: datetime) -> Ticket:
    return services.issue(kiosk.uuid, kiosk.key, Errand.ASK, once=uuid4(), actor=VISITOR, at=at)


def test_at_its_time_it_goes_first_and_not_before(
    desk: Desk, offered: AppointmentOffer, kiosk: TicketDesk
) -> None:
    del offered
    early = NINE - timedelta(minutes=20)
    first, second = walked_in(kiosk, early), walked_in(kiosk, early)
    ticket = arrived(kiosk, str(booked(desk)).lower(), early)
    assert (ticket.number, ticket.promised_at) == (3, NINE)
    here = desk.commune.pk
    assert services.call_next(here, 1, actor=desk.clerk, at=early) == first
    assert services.call_next(here, 2, actor=desk.clerk, at=NINE) == ticket
    assert services.call_next(here, 3, actor=desk.clerk, at=NINE) == second


def test_where_nobody_else_waits_it_is_called_early(
    desk: Desk, offered: AppointmentOffer, kiosk: TicketDesk
) -> None:
    del offered
    early = NINE - timedelta(hours=1)
    ticket = arrived(kiosk, booked(desk).code, early)
    assert services.call_next(desk.commune.pk, 1, actor=desk.clerk, at=early) == ticket


def test_a_code_typed_twice_is_one_number(
    desk: Desk, offered: AppointmentOffer, kiosk: TicketDesk
) -> None:
    del offered
    code = booked(desk).code
    assert arrived(kiosk, code, NINE) == arrived(kiosk, code, NINE)
    assert Ticket.objects.count() == 1


def test_another_day_late_cancelled_or_unknown_gets_no_number(
    desk: Desk, offered: AppointmentOffer, kiosk: TicketDesk
) -> None:
    del offered
    mine, gone = booked(desk), booked(desk)
    services.cancel(gone.uuid, actor=desk.clerk, reason="Bận", at=AT)
    for code, at, refusal in (
        (mine.code, AT, AppointmentNotToday),
        (mine.code, NINE + timedelta(minutes=16), AppointmentMissed),
        (gone.code, NINE, AppointmentOver),
        ("ABCDE-12345", NINE, AppointmentUnknown),
        ("", NINE, AppointmentUnknown),
    ):
        with pytest.raises(refusal):
            arrived(kiosk, code, at)
    assert not Ticket.objects.exists()


def test_nobody_came_is_marked_once(
    desk: Desk, offered: AppointmentOffer, kiosk: TicketDesk
) -> None:
    del offered
    missed, kept = booked(desk), booked(desk)
    arrived(kiosk, kept.code, NINE)
    after = NINE + timedelta(minutes=16)
    assert services.mark_missed(actor=SYSTEM, at=NINE + timedelta(minutes=15), limit=9) == 0
    assert services.mark_missed(actor=SYSTEM, at=after, limit=9) == 1
    assert services.mark_missed(actor=SYSTEM, at=after, limit=9) == 0
    states = {row.pk: row.state for row in Appointment.objects.all()}
    assert states == {missed.pk: "missed", kept.pk: "arrived"}


def test_the_day_before_it_is_reminded_of_once(desk: Desk, offered: AppointmentOffer) -> None:
    del offered
    booked(desk)
    friday = booked(desk, instant(DAY + timedelta(days=4), 9 * 60))
    assert services.remind(actor=SYSTEM, at=AT, limit=9) == 0, "booked for the next day just now"
    eve = friday.starts_at - timedelta(hours=23)
    assert services.remind(actor=SYSTEM, at=eve, limit=9) == 1
    assert services.remind(actor=SYSTEM, at=eve, limit=9) == 0
    assert Event.objects.get(kind="counter.appointment_reminded").subject == friday.uuid


def test_names_go_after_a_month(desk: Desk, offered: AppointmentOffer) -> None:
    del offered
    made = booked(desk)
    assert services.forget_names(at=NINE + timedelta(days=29)) == 0
    assert services.forget_names(at=NINE + timedelta(days=31)) == 1
    made.refresh_from_db()
    assert (made.name, made.phone) == ("", "")


def test_names_to_forget_are_found_by_their_index(desk: Desk, offered: AppointmentOffer) -> None:
    del offered
    booked(desk)
    old = Appointment.objects.filter(starts_at__lt=AT).exclude(name="", phone="")
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        assert "counter_appointment_named" in old.explain()
