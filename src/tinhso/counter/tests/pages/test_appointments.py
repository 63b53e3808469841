"""Appointments at the desk and at the kiosk, as HTTP sees them; the citizen's pages are in portal."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

import pytest
from django.test import Client
from django.urls import reverse

from tinhso.calendars import clock
from tinhso.calendars.clock import day_of
from tinhso.calendars.queries import working_calendar
from tinhso.counter import services
from tinhso.counter.models import Appointment, AppointmentOffer, Errand, Ticket
from tinhso.counter.queries.appointments import timetable
from tinhso.dossiers.tests.pages.test_officer_pages import signed_in
from tinhso.events.models import Event

if TYPE_CHECKING:
    from tinhso.counter.queries.appointments import Slot
    from tinhso.dossiers.tests.factories import Desk

OFFER = {"minutes": "30", "capacity": "1", "days_ahead": "14", "is_open": "on"}


@pytest.fixture
def offered(desk: Desk) -> AppointmentOffer:
    """The head says what is offered."""
    head = signed_in(desk, "head")
    assert head.get(reverse("counter:offering")).status_code == 200
    assert head.post(reverse("counter:offering"), OFFER).status_code == 302
    return AppointmentOffer.objects.get()


def tomorrow(offer: AppointmentOffer) -> Slot:
    """The first free time of the next working day."""
    at = clock.now()
    day = working_calendar().next_working_day(day_of(at))
    return timetable(offer).slots(day, at=at)[0]


def test_an_offer_that_makes_no_sense_is_refused(desk: Desk) -> None:
    answer = signed_in(desk, "head").post(reverse("counter:offering"), {**OFFER, "minutes": "1"})
    assert answer.status_code == 422
    assert not AppointmentOffer.objects.exists()
    assert signed_in(desk, "clerk").get(reverse("counter:offering")).status_code == 403


@pytest.mark.slow
def test_the_desk_books_moves_and_cancels(desk: Desk, offered: AppointmentOffer) -> None:
    clerk, slot = signed_in(desk, "clerk"), tomorrow(offered)
    day = day_of(slot.starts_at).isoformat()
    here = f"{reverse('counter:booking')}?ngay={day}"
    assert "còn 1" in clerk.get(here).content.decode()
    filled = {
        "once": str(uuid4()),
        "name": "Lan Một",
        "phone": "0000000001",
        "errand": "submit",
        "starts_at": slot.starts_at.isoformat(),
    }
    assert clerk.post(here, {**filled, "starts_at": ""}).status_code == 422
    assert clerk.post(here, filled).status_code == 302
    assert clerk.post(here, filled).status_code == 302, "the same button twice"
    made = Appointment.objects.get()
    other = {**filled, "once": str(uuid4())}
    assert clerk.post(here, other).status_code == 409, "the only place is taken"
    listed = clerk.get(f"{reverse('counter:appointments')}?ngay={day}").content.decode()
    assert "Lan Một" in listed
    reads = Event.objects.filter(kind="counter.appointment_read")
    assert reads.get().subject == made.uuid, "who reads a name is logged"
    place = reverse("counter:appointment", args=[made.uuid])
    later = (slot.starts_at + timedelta(minutes=30)).isoformat()
    assert clerk.get(place).status_code == 200
    assert reads.count() == 2
    second = {**filled, "once": str(uuid4()), "name": "Minh Hai", "starts_at": later}
    assert clerk.post(here, second).status_code == 302
    clerk.get(f"{reverse('counter:appointments')}?ngay={day}")
    told = Counter(reads.values_list("subject", flat=True))
    assert told == {made.uuid: 3, UUID(second["once"]): 1}, "each finds who read of it"
    later = (slot.starts_at + timedelta(minutes=60)).isoformat()
    assert clerk.post(place, {"starts_at": later}).status_code == 302
    assert clerk.post(place, {"then": "cancel", "reason": ""}).status_code == 422
    assert clerk.post(place, {"then": "cancel", "reason": "Quầy nghỉ"}).status_code == 302
    assert clerk.post(place, {"then": "cancel", "reason": "Quầy nghỉ"}).status_code == 409
    assert Appointment.objects.get(pk=made.pk).state == "cancelled"
    assert signed_in(desk, "province_clerk").get(place).status_code == 404
    assert signed_in(desk, "specialist").get(place).status_code == 403


def test_the_kiosk_takes_the_code_and_prints_the_ticket(
    desk: Desk, offered: AppointmentOffer
) -> None:
    kiosk = services.open_desk(desk.commune.pk, actor=desk.head, at=clock.now())
    visitor, place = Client(), reverse("counter:kiosk", args=[kiosk.uuid, kiosk.key])
    assert "Mã hẹn" in visitor.get(place).content.decode()
    refused = visitor.post(place, {"code": "ABCDE-12345"})
    assert refused.status_code == 404
    assert "ABCDE-12345" not in refused.content.decode().replace("ví dụ ABCDE-12345", "")
    assert refused["Refresh"] == f"60; url={place}", "the next visitor reads no other's refusal"
    slot = tomorrow(offered)
    made = services.book_for(
        desk.commune.pk,
        slot.starts_at,
        services.Visit(uuid4(), Errand.SUBMIT, name="Lan"),
        actor=desk.clerk,
        at=clock.now(),
    )
    assert visitor.post(place, {"code": made.code}).status_code == 409, "it is for tomorrow"
    assert not Ticket.objects.exists()
    Appointment.objects.update(starts_at=clock.now())
    answer = visitor.post(place, {"code": str(made)})
    assert answer.status_code == 302
    assert "Lịch hẹn" in visitor.get(answer["Location"]).content.decode()
    ticket = Ticket.objects.get()
    slip = visitor.get(reverse("counter:ticket", args=[kiosk.uuid, kiosk.key, ticket.uuid]))
    assert str(ticket.number) in slip.content.decode()
    assert slip["Refresh"].endswith(place)
    wrong = reverse("counter:ticket", args=[kiosk.uuid, kiosk.key, uuid4()])
    assert visitor.get(wrong).status_code == 404


def test_a_day_off_offers_nothing(desk: Desk, offered: AppointmentOffer) -> None:
    del desk
    at = clock.now()
    calendar = working_calendar()
    assert all(calendar.is_working_day(day) for day in timetable(offered).days(at=at))


@pytest.mark.parametrize("starts_at", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00"])
def test_a_time_of_no_calendar_is_none(
    desk: Desk, offered: AppointmentOffer, starts_at: str
) -> None:
    del offered
    filled = {"once": str(uuid4()), "name": "Lan", "errand": "submit", "starts_at": starts_at}
    assert signed_in(desk, "clerk").post(reverse("counter:booking"), filled).status_code == 422
    assert not Appointment.objects.exists()
