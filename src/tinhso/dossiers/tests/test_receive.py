"""Receive (tiếp nhận hồ sơ)."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction

from tinhso.calendars.clock import day_of, instant, local
from tinhso.dossiers import services
from tinhso.dossiers.errors import NotInThatState
from tinhso.dossiers.models import NumberCounter, Receipt, State, Step, WorkItem
from tinhso.dossiers.tests.factories import AT, BUILDING, received, submitted
from tinhso.dossiers.tests.stages import refused, waiting
from tinhso.events.models import Event

if TYPE_CHECKING:
    from tinhso.dossiers.tests.factories import Desk


def test_it_gets_its_number_and_its_appointed_time_with_an_explanation(desk: Desk) -> None:
    dossier = received(desk)

    assert (dossier.state, dossier.received_at) == (State.IN_PROCESS, AT)
    assert dossier.number == "H99.41-260914-0001"
    receipt = Receipt.objects.get(dossier=dossier.pk)
    assert (receipt.agency_id, receipt.due_at) == (desk.commune.pk, dossier.due_at)
    assert receipt.explanation[0].endswith("ngày nhận, không tính")
    event = Event.objects.get(kind="dossiers.received")
    assert event.payload == {
        "number": "H99.41-260914-0001",
        "due_at": "2026-09-17T10:00:00+00:00",
    }


def test_the_work_begins_at_the_first_step_due_with_the_dossier(desk: Desk) -> None:
    dossier = received(desk)
    item = WorkItem.objects.get(dossier=dossier.pk)
    assert (item.node, item.act, item.role) == ("tham_dinh", "forward", "specialist")
    assert (item.due_at, item.is_paused) == (dossier.due_at, False)
    assert item.near_at is not None
    assert f"{local(item.near_at):%Y-%m-%d %H:%M}" == "2026-09-17 00:00", "the last working day"
    desk_step = Step.objects.get(dossier=dossier.pk, node="receipt")
    assert (desk_step.outcome, desk_step.closed_by) == ("received", desk.clerk.key)


def test_work_side_by_side_begins_at_every_agency(desk: Desk) -> None:
    dossier = received(desk, BUILDING)
    lies = dict(WorkItem.objects.filter(dossier=dossier.pk).values_list("node", "agency"))
    assert lies == {
        "tham_dinh_thiet_ke": desk.construction.pk,
        "y_kien_dat_dai": desk.land.pk,
    }
    last_day = day_of(AT) + timedelta(days=12)
    assert dossier.alarms.get().fires_at == instant(last_day, 24 * 60)


def test_the_number_is_of_the_official_day_not_of_utc(desk: Desk) -> None:
    midnight = AT.replace(hour=17)
    assert received(desk, at=midnight - timedelta(minutes=1)).number == "H99.41-260914-0001"
    assert received(desk, at=midnight).number == "H99.41-260915-0001"


def test_it_is_received_only_once(desk: Desk) -> None:
    dossier = received(desk)
    with refused(NotInThatState):
        services.receive(dossier.uuid, actor=desk.clerk, at=AT)


def test_it_is_not_received_while_the_applicant_completes_it(desk: Desk) -> None:
    dossier = waiting(desk, submitted(desk), actor=desk.clerk)
    with refused(NotInThatState):
        services.receive(dossier.uuid, actor=desk.clerk, at=AT)


def test_a_receipt_that_fails_takes_no_number_with_it(desk: Desk) -> None:
    dossier = submitted(desk)
    with transaction.atomic():
        services.receive(dossier.uuid, actor=desk.clerk, at=AT)
        transaction.set_rollback(True)
    assert not NumberCounter.objects.exists()
    assert services.receive(dossier.uuid, actor=desk.clerk, at=AT).number == "H99.41-260914-0001"
