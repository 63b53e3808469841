"""A citizen books a time, moves it, cancels it, and is told; nobody else's is seen."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tinhso.accounts.models import User
from tinhso.accounts.tests.factories import make_user
from tinhso.calendars import clock
from tinhso.calendars.clock import day_of
from tinhso.counter import services
from tinhso.counter.models import Appointment, AppointmentOffer
from tinhso.counter.queries.appointments import timetable
from tinhso.dossiers.tests.conftest import desk
from tinhso.dossiers.tests.factories import MARRIAGE
from tinhso.events.models import Event
from tinhso.notifications.models import Notification
from tinhso.notifications.services import notify

if TYPE_CHECKING:
    from tinhso.dossiers.tests.factories import Desk

__all__ = ["desk"]
BOOK = "/dat-hen/"


@pytest.fixture
def offered(desk: Desk) -> AppointmentOffer:
    return services.offer(
        desk.commune.pk,
        minutes=30,
        capacity=1,
        days_ahead=14,
        is_open=True,
        actor=desk.head,
        at=clock.now(),
    )


def citizen(name: str = "Lan") -> Client:
    client = Client()
    client.force_login(make_user(name, kind=User.Kind.CITIZEN))
    return client


def press(offer: AppointmentOffer, index: int = 0) -> dict[str, str]:
    at = clock.now()
    day = timetable(offer).days(at=at)[-1]
    starts_at = timetable(offer).slots(day, at=at)[index].starts_at.isoformat()
    return {"once": str(uuid4()), "errand": "submit", "starts_at": starts_at}


def test_where_no_desk_offers_the_page_says_so(desk: Desk) -> None:
    del desk
    assert "Chưa quầy nào nhận" in Client().get(BOOK).content.decode()


def test_anybody_looks_and_who_books_signs_in(desk: Desk, offered: AppointmentOffer) -> None:
    del desk
    visitor = Client()
    assert "Giờ còn chỗ" in visitor.get(BOOK).content.decode()
    pressed = {**press(offered), "errand": "ask"}
    answer = visitor.post(BOOK, pressed)
    assert answer.status_code == 302
    assert answer["Location"].startswith("/dang-nhap")
    back = parse_qs(urlsplit(answer["Location"]).query)["next"][0]
    page = citizen().get(back).content.decode()
    chosen = re.search(r'value="([^"]+)" checked', page)
    assert chosen is not None
    assert datetime.fromisoformat(chosen[1]) == datetime.fromisoformat(pressed["starts_at"])
    assert '<option value="ask" selected' in page
    assert not Appointment.objects.exists()


def test_a_day_that_takes_no_appointments_is_not_answered_by_another(
    desk: Desk, offered: AppointmentOffer
) -> None:
    beyond = day_of(clock.now()) + timedelta(days=offered.days_ahead + 1)
    address = f"{BOOK}?co-quan={desk.commune.pk}&ngay={beyond.isoformat()}"
    page = Client().get(address).content.decode()
    assert "chưa nhận lịch hẹn vào" in page
    assert f"{beyond:%d/%m/%Y}" in page
    assert 'name="starts_at"' not in page


def test_it_is_booked_moved_cancelled_and_told(desk: Desk, offered: AppointmentOffer) -> None:
    del desk
    lan = citizen()
    answer = lan.post(f"{BOOK}?thu-tuc={MARRIAGE}", press(offered))
    made = Appointment.objects.get()
    place = reverse("portal:appointment", args=[made.uuid])
    assert answer["Location"] == place
    assert made.procedure is not None
    assert str(made) in lan.get(place).content.decode()
    assert lan.get(f"{BOOK}?doi={made.uuid}").status_code == 200
    moved = lan.post(f"{BOOK}?doi={made.uuid}", press(offered, 1))
    assert moved["Location"] == place
    assert lan.post(place, {"then": "cancel"}).status_code == 302
    assert lan.post(place, {"then": "cancel"}).status_code == 409
    assert Appointment.objects.get().state == "cancelled"
    notify(list(Event.objects.filter(kind__startswith="counter.appointment_")), at=clock.now())
    told = Notification.objects.filter(recipient=made.owner).values_list("rule", flat=True)
    assert sorted(told) == ["counter.booked", "counter.cancelled", "counter.moved"]
    assert Notification.objects.filter(link=place).count() == 3


def test_somebody_elses_is_not_there(desk: Desk, offered: AppointmentOffer) -> None:
    del desk
    citizen().post(BOOK, press(offered))
    made = Appointment.objects.get()
    place = reverse("portal:appointment", args=[made.uuid])
    other = citizen("Hùng")
    assert other.get(place).status_code == 404
    assert other.post(place, {"then": "cancel"}).status_code == 404
    assert Client().get(place).status_code == 302
    assert other.post(BOOK, press(offered)).status_code == 409, "its only place is taken"
    assert Appointment.objects.filter(owner=made.owner).get().state == "ahead"


@pytest.mark.parametrize(
    "change",
    [
        {"starts_at": "x"},
        {"starts_at": "0001-01-01T00:00:00+14:00"},
        {"starts_at": "9999-12-31T23:59:59-12:00"},
        {"once": "x"},
        {"errand": "x"},
    ],
)
def test_a_press_that_is_none_books_nothing(
    desk: Desk, offered: AppointmentOffer, change: dict[str, str]
) -> None:
    del desk
    assert citizen().post(BOOK, {**press(offered), **change}).status_code == 422
    assert not Appointment.objects.exists()


def test_anothers_key_is_refused_in_words(desk: Desk, offered: AppointmentOffer) -> None:
    del desk
    pressed = press(offered)
    citizen().post(BOOK, pressed)
    later = press(offered, 1) | {"once": pressed["once"]}
    answer = citizen("Hùng").post(BOOK, later)
    assert answer.status_code == 409
    assert "đã dùng cho một lịch hẹn khác" in answer.content.decode()
    assert Appointment.objects.count() == 1


def test_times_are_asked_for_once(desk: Desk, offered: AppointmentOffer) -> None:
    del desk
    pressed, visitor, lan = press(offered), Client(), citizen()
    visitor.get(BOOK)
    with CaptureQueriesContext(connection) as shown:
        assert visitor.get(BOOK).status_code == 200
    citizen("Hùng").post(BOOK, pressed)
    with CaptureQueriesContext(connection) as refused:
        assert lan.post(BOOK, {**pressed, "once": str(uuid4())}).status_code == 409
    assert len(shown) <= 6, "a fortnight of days is no more questions than one"
    assert len(refused) <= 21
