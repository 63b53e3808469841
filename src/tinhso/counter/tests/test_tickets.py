"""Numbers: gapless by desk and day, called once to one window, timed."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

import pytest
from django.db import connections

from tinhso.counter import services
from tinhso.counter.errors import DeskUnknown, NobodyWaits, TicketEnded, TicketOpen, TicketUnknown
from tinhso.counter.models import Errand, Outcome, Ticket, TicketCall, TicketDesk, TicketEnd
from tinhso.counter.naming import subjects_called
from tinhso.counter.queries.tickets import called, day_load
from tinhso.dossiers.tests.factories import AT, VISITOR, make_desk
from tinhso.events.models import Event
from tinhso.kernel.errors import NotAllowed

if TYPE_CHECKING:
    from pytest_django import DjangoAssertNumQueries

    from tinhso.dossiers.tests.factories import Desk

DAY = AT.date()


@pytest.fixture
def kiosk(desk: Desk) -> TicketDesk:
    """The commune gives numbers."""
    return services.open_desk(desk.commune.pk, actor=desk.head, at=AT)


def took(kiosk: TicketDesk, *, minute: int = 0, once: UUID | None = None) -> Ticket:
    at = AT + timedelta(minutes=minute)
    key = once or uuid4()
    return services.issue(kiosk.uuid, kiosk.key, Errand.SUBMIT, once=key, actor=VISITOR, at=at)


def test_numbers_of_a_day_follow_each_other_and_begin_anew(kiosk: TicketDesk) -> None:
    assert [took(kiosk).number for _ in range(3)] == [1, 2, 3]
    assert took(kiosk, minute=24 * 60).number == 1


def test_the_log_names_numbers_and_desks_by_one_question(
    kiosk: TicketDesk, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    ticket = took(kiosk)
    with django_assert_num_queries(1):
        named = subjects_called([ticket.uuid, kiosk.uuid, uuid4()])
    assert named == {
        ticket.uuid: f"Số 1, ngày {ticket.day:%d/%m/%Y}",
        kiosk.uuid: "Quầy lấy số",
    }


def test_a_button_pressed_twice_is_one_number(kiosk: TicketDesk) -> None:
    once = uuid4()
    assert took(kiosk, once=once) == took(kiosk, once=once)
    assert took(kiosk).number == 2


def test_the_button_of_another_desk_takes_no_number(desk: Desk, kiosk: TicketDesk) -> None:
    once = uuid4()
    took(kiosk, once=once)
    elsewhere = TicketDesk.objects.create(agency=desk.construction)
    with pytest.raises(TicketUnknown):
        took(elsewhere, once=once)
    assert Ticket.objects.get().desk == kiosk


def test_a_wrong_key_takes_no_number(kiosk: TicketDesk) -> None:
    with pytest.raises(DeskUnknown):
        services.issue(kiosk.uuid, "0" * 32, Errand.ASK, once=uuid4(), actor=VISITOR, at=AT)
    assert not Ticket.objects.exists()
    assert not Event.objects.filter(kind="counter.ticket_issued").exists()


def test_a_renewed_key_ends_the_old_address(desk: Desk, kiosk: TicketDesk) -> None:
    old = kiosk.key
    again = services.open_desk(desk.commune.pk, actor=desk.head, at=AT)
    assert again.key != old
    with pytest.raises(DeskUnknown):
        services.desk_of_kiosk(kiosk.uuid, old)
    with pytest.raises(NotAllowed):
        services.open_desk(desk.commune.pk, actor=desk.clerk, at=AT)


@pytest.mark.django_db(transaction=True)
@pytest.mark.slow
def test_twenty_at_once_get_twenty_numbers_without_a_gap() -> None:
    house = make_desk()
    kiosk = services.open_desk(house.commune.pk, actor=house.head, at=AT)

    def press(_: int) -> int:
        try:
            return took(kiosk).number
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(press, range(20))) == list(range(1, 21))


def test_the_longest_waiting_is_called_and_ended(desk: Desk, kiosk: TicketDesk) -> None:
    first, second = took(kiosk), took(kiosk)
    here = desk.commune.pk
    assert services.call_next(here, 1, actor=desk.clerk, at=AT) == first
    with pytest.raises(TicketOpen):
        services.call_next(here, 1, actor=desk.clerk, at=AT)
    assert services.call_next(here, 2, actor=desk.colleague, at=AT) == second
    with pytest.raises(NobodyWaits):
        services.call_next(here, 3, actor=desk.clerk, at=AT)
    services.call_again(first.uuid, actor=desk.clerk, at=AT)
    assert [call.ticket.number for call in called(kiosk, DAY)] == [1, 2]
    services.end(first.uuid, Outcome.SERVED, actor=desk.clerk, at=AT)
    with pytest.raises(TicketEnded):
        services.end(first.uuid, Outcome.NO_SHOW, actor=desk.clerk, at=AT)
    assert TicketEnd.objects.get().outcome == "served"


def test_an_officer_elsewhere_calls_nobody(desk: Desk, kiosk: TicketDesk) -> None:
    took(kiosk)
    with pytest.raises(NotAllowed):
        services.call_next(desk.commune.pk, 1, actor=desk.province_clerk, at=AT)
    ticket = services.call_next(desk.commune.pk, 1, actor=desk.clerk, at=AT)
    with pytest.raises(TicketUnknown):
        services.end(ticket.uuid, Outcome.SERVED, actor=desk.province_clerk, at=AT)
    assert TicketCall.objects.count() == 1
    assert not TicketEnd.objects.exists()


def test_waiting_and_serving_are_timed_by_window_hour_and_officer(
    desk: Desk, kiosk: TicketDesk
) -> None:
    took(kiosk)
    took(kiosk, minute=5)

    def at(minute: int) -> dict[str, Any]:
        return {"actor": desk.clerk, "at": AT + timedelta(minutes=minute)}

    first = services.call_next(desk.commune.pk, 1, **at(10))
    services.end(first.uuid, Outcome.SERVED, **at(16))
    second = services.call_next(desk.commune.pk, 1, **at(65))
    services.end(second.uuid, Outcome.NO_SHOW, **at(66))
    took(kiosk, minute=70)
    load = day_load(kiosk, DAY)
    hours = [
        (window, hour, row.served, row.missed, row.waiting_minutes, row.serving_minutes)
        for window, hour, row in load.by_hour
    ]
    assert hours == [(1, 8, 1, 0, 10.0, 6.0), (1, 9, 0, 1, 60.0, None)]
    assert [(key, row.served, row.missed) for key, row in load.by_officer] == [
        (desk.clerk.key, 1, 1)
    ]
    assert load.still_waiting == 1
