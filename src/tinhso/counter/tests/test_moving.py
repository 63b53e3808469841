"""At a reform appointments go to the desk of whoever follows, or are cancelled; nothing is left or offered."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from django.test import Client

from tinhso.agencies import reform_documents
from tinhso.agencies import services as reforms
from tinhso.agencies.errors import WorkUnassigned
from tinhso.agencies.models import Agency, AgencyKind
from tinhso.agencies.permissions import AgencyPermission
from tinhso.agencies.previews import preview
from tinhso.agencies.tests.factories import OfficerAt, make_agency
from tinhso.agencies.work_in_hand import WorkTransfer, providers
from tinhso.calendars.clock import instant
from tinhso.counter import services
from tinhso.counter.errors import DeskEnded, TimeNotOffered
from tinhso.counter.models import Appointment, AppointmentOffer, Errand, Ticket
from tinhso.counter.queries.appointments import offers, timetable
from tinhso.counter.tests.test_appointments import (
    DAY,
    NINE,
    TUESDAY,
    booked,
    citizen,
    visit,
)
from tinhso.counter.tests.test_appointments import offers as offered_by
from tinhso.dossiers.tests.factories import AT, SYSTEM, VISITOR
from tinhso.events.models import Event
from tinhso.notifications.models import Notification
from tinhso.notifications.services import notify

if TYPE_CHECKING:
    from datetime import date

    from tinhso.agencies.models import Reform
    from tinhso.dossiers.tests.factories import Desk

MONDAY_AT_TWO = instant(DAY, 14 * 60)
REFORM = """
code: sap-xep-xa
name: Sắp xếp xã
on: 2026-09-15
legal_basis: Nghị quyết thử nghiệm
begin:
  - {{key: x/new, kind: commune, name: Xã Mới, parent: {province}, agency_code: H99.77}}
  - {{key: x/other, kind: commune, name: Xã Khác, parent: {province}, agency_code: H99.78}}
end: [{commune}]
follow:
  - {{from: {commune}, to: x/new, kind: merge}}
"""


def king(desk: Desk) -> OfficerAt:
    return OfficerAt(frozenset(AgencyPermission), frozenset({desk.province.pk}))


def prepared(desk: Desk, more: str = "") -> Reform:
    text = REFORM.format(province=desk.province.key, commune=desk.commune.key)
    text += more.format(commune=desk.commune.key)
    document = reform_documents.from_yaml(text.encode())
    return reforms.prepare_reform(document, actor=king(desk), at=AT)


def moved(here: Agency, there: Agency, *, on: date = DAY, at: datetime = AT) -> int:
    transfers = [WorkTransfer(here.pk, there.pk)]
    return providers["appointments"].move(transfers, on=on, actor=SYSTEM, at=at)


@pytest.fixture
def follower(desk: Desk) -> Agency:
    return make_agency("Xã Mới", kind=AgencyKind.COMMUNE, parent=desk.province)


@pytest.mark.slow
def test_a_reform_leaves_no_appointment_behind(desk: Desk) -> None:
    offer, lan = offered_by(desk), citizen()
    before = booked(desk, MONDAY_AT_TWO)
    after = services.book(desk.commune.pk, NINE, visit(), actor=lan, at=AT)
    reforms.carry_out_reform(prepared(desk).uuid, actor=king(desk), at=AT)
    new = Agency.objects.get(key="x/new")
    after.refresh_from_db()
    before.refresh_from_db()
    assert (after.agency_id, after.starts_at, after.state) == (new.pk, NINE, "ahead")
    assert before.agency_id == desk.commune.pk, "on its last day the desk still meets who comes"
    event = Event.objects.get(kind="counter.appointment_transferred")
    assert (event.subject, event.agency) == (after.uuid, new.pk)
    notify([event], at=AT)
    told = Notification.objects.get(recipient=after.owner, rule="counter.transferred")
    assert "xã Mới" in told.body
    assert timetable(offer).days(at=AT) == [DAY]
    with pytest.raises(TimeNotOffered):
        booked(desk, NINE)
    assert Appointment.objects.count() == 2


def test_where_several_follow_a_receiver_must_be_named(desk: Desk) -> None:
    offered_by(desk)
    made = booked(desk)
    reform = prepared(desk, "  - {{from: {commune}, to: x/other, kind: split}}\n")
    left = {str(line.what): line.count for line in preview(reform).unassigned}
    assert left["Lịch hẹn"] == 1, "the preview says that somebody must take it"
    with pytest.raises(WorkUnassigned):
        reforms.carry_out_reform(reform.uuid, actor=king(desk), at=AT)
    made.refresh_from_db()
    assert made.agency_id == desk.commune.pk


def test_what_was_offered_closes_with_the_desk(desk: Desk, follower: Agency) -> None:
    offered_by(desk)
    assert moved(desk.commune, follower) == 0
    assert not AppointmentOffer.objects.get().is_open
    assert offers(AT) == []
    assert Event.objects.filter(kind="counter.appointments_offered").latest("pk").payload == {
        "minutes": 30,
        "capacity": 2,
        "days_ahead": 7,
        "is_open": False,
    }
    moved(desk.commune, follower)
    assert Event.objects.filter(kind="counter.appointments_offered").count() == 2


def test_two_desks_become_one_and_each_keeps_a_place(desk: Desk, follower: Agency) -> None:
    offered_by(desk)
    first, second = booked(desk), booked(desk)
    assert providers["appointments"].count([desk.commune.pk]) == {(desk.commune.pk, ""): 2}
    Appointment.objects.filter(pk=second.pk).update(agency=follower, seat=1)
    assert moved(desk.commune, follower) == 1
    first.refresh_from_db()
    assert (first.agency_id, first.seat) == (follower.pk, 2)
    assert providers["appointments"].count([desk.commune.pk]) == {}


def test_where_the_successor_is_full_it_is_cancelled_and_told(desk: Desk, follower: Agency) -> None:
    offered_by(desk)
    AppointmentOffer.objects.create(
        agency=follower, minutes=60, capacity=1, days_ahead=7, is_open=True
    )
    lan = citizen()
    kept = services.book(desk.commune.pk, NINE, visit(), actor=lan, at=AT)
    late = services.book(desk.commune.pk, NINE, visit(), actor=lan, at=AT)
    assert moved(desk.commune, follower) == 2
    kept.refresh_from_db()
    late.refresh_from_db()
    assert (kept.state, kept.agency_id) == ("ahead", follower.pk)
    assert (late.state, late.agency_id) == ("cancelled", desk.commune.pk)
    event = Event.objects.get(kind="counter.appointment_cancelled", subject=late.uuid)
    notify([event], at=AT)
    assert "Sắp xếp cơ quan" in Notification.objects.get(rule="counter.cancelled").body


def test_when_the_successor_does_not_work_it_is_cancelled(desk: Desk, follower: Agency) -> None:
    offered_by(desk)
    made = booked(desk)
    night = instant(TUESDAY, 20 * 60)
    Appointment.objects.update(starts_at=night)
    moved(desk.commune, follower)
    made.refresh_from_db()
    assert made.state == "cancelled"


def test_whose_time_is_over_missed_it_where_it_was(desk: Desk, follower: Agency) -> None:
    offered_by(desk)
    made = booked(desk)
    moved(desk.commune, follower, at=NINE + timedelta(minutes=16))
    made.refresh_from_db()
    assert (made.state, made.agency_id) == ("missed", desk.commune.pk)
    assert providers["appointments"].count([desk.commune.pk]) == {}


def test_the_field_of_an_agency_takes_no_appointment_along(desk: Desk, follower: Agency) -> None:
    offered_by(desk)
    booked(desk)
    transfers = [WorkTransfer(desk.commune.pk, follower.pk, "justice")]
    assert providers["appointments"].move(transfers, on=DAY, actor=SYSTEM, at=AT) == 0
    assert Appointment.objects.get().agency_id == desk.commune.pk
    assert AppointmentOffer.objects.get().is_open


def test_the_kiosk_of_an_ended_agency_gives_no_numbers_and_says_who_follows(desk: Desk) -> None:
    offered_by(desk)
    kiosk = services.open_desk(desk.commune.pk, actor=desk.head, at=AT)
    made = booked(desk, NINE)
    reforms.carry_out_reform(prepared(desk).uuid, actor=king(desk), at=AT)
    here, on_the_day = (kiosk.uuid, kiosk.key), AT + timedelta(days=1)
    services.issue(*here, Errand.ASK, once=uuid4(), actor=VISITOR, at=AT)
    with pytest.raises(DeskEnded) as refusal:
        services.issue(*here, Errand.ASK, once=uuid4(), actor=VISITOR, at=on_the_day)
    assert "xã Mới" in str(refusal.value)
    with pytest.raises(DeskEnded):
        services.arrive(*here, made.code, actor=VISITOR, at=on_the_day)
    assert Ticket.objects.count() == 1, "that of its last day"
    answer = Client().get(f"/lay-so/{kiosk.uuid}/{kiosk.key}/")
    assert answer.status_code == 409
    shown = answer.content.decode().partition("<main")[2]
    assert "xã Mới" in shown
    assert "<form method" not in shown
