"""Appointments over the API: the times of a desk, booked for somebody once, looked at, cancelled."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest

from tinhso.calendars import clock
from tinhso.counter import services
from tinhso.counter.models import Appointment
from tinhso.counter.permissions import CounterPermission as Right
from tinhso.dossiers.tests.api.calling import Caller, content, make_caller

if TYPE_CHECKING:
    from tinhso.dossiers.tests.factories import Desk

PATH = "/api/v1/appointments"


@pytest.fixture
def cuc(desk: Desk) -> Caller:
    """A partner that keeps appointments at the commune, which offers some."""
    services.offer(
        desk.commune.pk,
        minutes=30,
        capacity=2,
        days_ahead=14,
        is_open=True,
        actor=desk.head,
        at=clock.now(),
    )
    return make_caller(desk.province, [Right.KEEP_APPOINTMENTS])


def first_time(cuc: Caller) -> dict[str, Any]:
    for days in range(1, 10):
        day = clock.day_of(clock.now() + timedelta(days=days)).isoformat()
        answer = cuc.get(f"{PATH}/times", {"agency": "H99.41", "day": day})
        assert answer.status_code == 200, answer.content
        times: list[dict[str, Any]] = content(answer)["times"]
        if times:
            return times[0]
    raise AssertionError("the desk works on some day")


def booking(cuc: Caller, **changes: Any) -> dict[str, Any]:
    body = {
        "key": str(uuid4()),
        "agency": "H99.41",
        "starts_at": first_time(cuc)["starts_at"],
        "errand": "submit",
        "name": "Lan Một",
        "phone": "0000000001",
    }
    return {**body, **changes}


def test_it_is_booked_once_and_cancelled(cuc: Caller) -> None:
    body = booking(cuc)
    made = cuc.post(PATH, body)
    assert made.status_code == 201, made.content
    assert made["Location"] == f"{PATH}/{content(made)['key']}"
    assert cuc.post(PATH, body).status_code == 200
    assert Appointment.objects.count() == 1
    assert "Lan" not in made.content.decode(), "who comes is for the desk alone"
    assert first_time(cuc)["free"] == 1

    place = f"{PATH}/{body['key']}"
    assert content(cuc.get(place))["state"] == "ahead"
    assert cuc.post(f"{place}/cancel", {"reason": " "}).status_code == 422
    assert content(cuc.post(f"{place}/cancel", {"reason": "Bận"}))["state"] == "cancelled"
    again = cuc.post(f"{place}/cancel", {"reason": "Bận"})
    assert (again.status_code, content(again)["code"]) == (409, "counter.appointment_over")


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"starts_at": "2026-01-01T03:00:00+07:00"}, 409),
        ({"starts_at": "9999-12-31T23:59:59-14:00"}, 409),
        ({"starts_at": "2026-01-01T03:00:00"}, 422),
        ({"procedure": "9.999999"}, 404),
        ({"agency": "H99.98"}, 422),
        ({"name": ""}, 422),
    ],
)
def test_what_cannot_be_booked_leaves_nothing(
    cuc: Caller, changes: dict[str, Any], status: int
) -> None:
    answer = cuc.post(PATH, booking(cuc, **changes))
    assert answer.status_code == status, answer.content
    assert not Appointment.objects.exists()


def test_elsewhere_nothing_is_there(desk: Desk, cuc: Caller) -> None:
    body = booking(cuc)
    cuc.post(PATH, body)
    other = make_caller(desk.construction, [Right.KEEP_APPOINTMENTS], secret="ts_so")
    assert other.get(f"{PATH}/{body['key']}").status_code == 404
    assert other.post(f"{PATH}/{body['key']}/cancel", {"reason": "Bận"}).status_code == 404
    assert other.post(PATH, {**body, "key": str(uuid4())}).status_code == 403
    without = make_caller(desk.province, [], secret="ts_khong")
    assert (
        without.get(f"{PATH}/times", {"agency": "H99.41", "day": "2026-01-01"}).status_code == 403
    )
    assert Appointment.objects.get().state == "ahead"
