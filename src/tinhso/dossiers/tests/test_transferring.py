"""Open dossiers follow their agency at a reform, and each says so in its own history."""

from __future__ import annotations

from datetime import timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from tinhso.agencies.models import AgencyKind, AgencyPeriod, Succession
from tinhso.agencies.tests.factories import make_agency
from tinhso.agencies.work_in_hand import WorkTransfer
from tinhso.calendars.clock import day_of
from tinhso.dossiers import services
from tinhso.dossiers.events import MOVED
from tinhso.dossiers.models import Dossier, Step, Transfer, WorkItem
from tinhso.dossiers.services import transferring, worklist
from tinhso.dossiers.tests.factories import AT, SYSTEM, Desk, received
from tinhso.dossiers.tests.stages import FIVE_DAYS, concluded
from tinhso.events.models import Event

pytestmark = pytest.mark.django_db
THEN = AT + timedelta(days=1)
MOST_QUERIES = 25


def moved(*transfers: WorkTransfer) -> int:
    return transferring.move(transfers, on=day_of(THEN), actor=SYSTEM, at=THEN)


def test_each_moved_dossier_has_its_own_event(desk: Desk) -> None:
    dossiers = [received(desk), received(desk)]
    here, there = desk.commune.pk, desk.health.pk
    assert moved(WorkTransfer(here, there)) == 2
    recorded = Event.objects.filter(kind=MOVED.code).order_by("id")
    assert [event.subject for event in recorded] == [dossier.uuid for dossier in dossiers]
    assert {event.agency for event in recorded} == {there}
    assert [event.payload for event in recorded] == [{"from": here, "to": there}] * 2
    assert set(Dossier.objects.values_list("competent_agency", flat=True)) == {there}
    assert not Step.objects.filter(agency=here, closed_at=None).exists()
    assert not WorkItem.objects.filter(agency=here).exists()


def test_the_event_names_the_field_that_moved(desk: Desk) -> None:
    dossier = received(desk)
    field = dossier.procedure.field
    moved(WorkTransfer(desk.commune.pk, desk.health.pk, field))
    event = Event.objects.get(kind=MOVED.code)
    assert (event.subject, event.payload["field"]) == (dossier.uuid, field)


def test_nothing_to_move_is_no_event(desk: Desk) -> None:
    assert moved(WorkTransfer(desk.land.pk, desk.health.pk)) == 0
    assert not Event.objects.filter(kind=MOVED.code).exists()


def test_the_number_stays(desk: Desk) -> None:
    dossier = received(desk)
    moved(WorkTransfer(desk.commune.pk, desk.health.pk))
    assert Dossier.objects.get(pk=dossier.pk).number == dossier.number


def test_a_complaint_about_a_concluded_dossier_moves_and_the_dossier_stays(desk: Desk) -> None:
    dossier = concluded(desk)
    services.complain(dossier.uuid, actor=SYSTEM, content="Chậm", at=AT)
    here, there = desk.commune.pk, desk.health.pk
    assert sum(transferring.count([here]).values()) == 1
    assert moved(WorkTransfer(here, there)) == 1
    assert Step.objects.get(node="complaint").agency_id == there
    assert WorkItem.objects.get().agency_id == there
    assert Dossier.objects.get(pk=dossier.pk).competent_agency_id == here
    assert not worklist.check()


@pytest.mark.slow
def test_after_the_reform_complaints_and_reopenings_are_the_successors(desk: Desk) -> None:
    one, other = concluded(desk), concluded(desk)
    old, new = desk.commune, make_agency("Xã Mới", kind=AgencyKind.COMMUNE, parent=desk.province)
    AgencyPeriod.objects.filter(agency=old).update(until=day_of(THEN))
    Succession.objects.create(
        predecessor=old, successor=new, kind="rename", on=day_of(THEN), legal_basis="Thử"
    )

    services.complain(one.uuid, actor=SYSTEM, content="Chậm", at=THEN)
    assert Step.objects.get(dossier=one.pk, node="complaint").agency_id == new.pk
    done = services.reopen(
        other.uuid,
        actor=SYSTEM,
        decision_number="7/QĐ",
        decided_on=day_of(THEN),
        reason="Khiếu nại đúng",
        term=FIVE_DAYS,
        at=THEN,
    )
    assert {done.competent_agency_id, done.receiving_agency_id, done.returning_agency_id} == {
        new.pk
    }
    assert WorkItem.objects.get(dossier=done.pk).agency_id == new.pk


def test_a_province_of_transfers_takes_as_many_questions_as_one(
    desk: Desk, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    """Two communes with work, and sixty without: as few questions as for one."""
    other = make_agency("Xã Hai", kind=AgencyKind.COMMUNE, parent=desk.province)
    asked_both = received(desk)
    Dossier.objects.filter(pk=asked_both.pk).update(helping_agency=other)
    far = received(desk)
    places = ("competent_agency", "receiving_agency", "returning_agency")
    Dossier.objects.filter(pk=far.pk).update(**dict.fromkeys(places, other))
    for model in (Step, WorkItem):
        model.objects.filter(dossier=far.pk).update(agency=other)
    empty = [make_agency(f"Xã {number}", kind=AgencyKind.COMMUNE) for number in range(60)]
    new = make_agency("Xã Mới", kind=AgencyKind.COMMUNE, parent=desk.province).pk
    transfers = [WorkTransfer(agency.pk, new) for agency in (desk.commune, other, *empty)]
    with django_assert_max_num_queries(MOST_QUERIES):
        assert moved(*transfers) == 3, "one of them moves from two places"
    assert set(Dossier.objects.values_list("competent_agency", "receiving_agency")) == {(new, new)}
    assert Dossier.objects.get(pk=asked_both.pk).version == asked_both.version + 2
    assert Event.objects.filter(kind=MOVED.code).count() == Transfer.objects.count() == 3
    assert set(WorkItem.objects.values_list("agency", flat=True)) == {new}
    assert not worklist.check()


def test_work_that_was_just_taken_over_is_passed_on(desk: Desk) -> None:
    received(desk)
    one, two = desk.health.pk, desk.land.pk
    assert moved(WorkTransfer(desk.commune.pk, one), WorkTransfer(one, two)) == 2
    assert Dossier.objects.get().competent_agency_id == two
    assert WorkItem.objects.get().agency_id == two
