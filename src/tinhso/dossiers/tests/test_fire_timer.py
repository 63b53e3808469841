"""Timers of the workflow (hẹn giờ): silence counts as agreement after twelve days."""

from __future__ import annotations

import logging
from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from django.db import transaction

from tinhso.agencies.models import Competence
from tinhso.calendars.clock import day_of, instant
from tinhso.dossiers import jobs, services
from tinhso.dossiers.models import Alarm, Step, WorkItem
from tinhso.dossiers.queries.showing import history_of
from tinhso.dossiers.services import timing
from tinhso.dossiers.tests.factories import AT, BUILDING, SYSTEM, received, step
from tinhso.dossiers.tests.stages import DAY, supplemented, waiting
from tinhso.events.models import Event
from tinhso.kernel.loops import registry

if TYPE_CHECKING:
    from tinhso.dossiers.models import Dossier
    from tinhso.dossiers.tests.factories import Desk

SILENT = instant(day_of(AT), 13 * 24 * 60)
"""The end of the twelfth day."""


def fired() -> int:
    return Event.objects.filter(kind="dossiers.timer_fired").count()


def set_off(dossier: Dossier, *, day: int) -> bool:
    alarm = Alarm.objects.filter(dossier=dossier.pk).values_list("pk", flat=True).first()
    return services.fire_timer(alarm or uuid4(), actor=SYSTEM, at=AT + day * DAY)


def test_after_twelve_days_of_silence_the_asked_agency_has_agreed(desk: Desk) -> None:
    dossier = received(desk, BUILDING)
    key = step(dossier, "tham_dinh_thiet_ke")
    services.forward(dossier.uuid, key, actor=desk.builder, outcome="agree", at=AT)

    assert timing.fire_due(actor=SYSTEM, at=SILENT, limit=10) is False, "no more is waiting"
    silent = Step.objects.get(dossier=dossier.pk, node="y_kien_dat_dai")
    assert (silent.outcome, silent.closed_by, silent.closed_at) == ("timed_out", SYSTEM.key, SILENT)
    assert WorkItem.objects.get(dossier=dossier.pk).node == "quyet_dinh"
    event = Event.objects.get(kind="dossiers.timer_fired")
    assert (event.payload, event.agency) == ({"node": "het_han_y_kien"}, desk.construction.pk)
    told = {str(line.what): line for line in history_of(dossier) if line.at == SILENT}
    assert [what for what in told if "Hết hạn chờ" in what]


def test_it_does_not_go_off_a_minute_too_early(desk: Desk) -> None:
    received(desk, BUILDING)
    timing.fire_due(actor=SYSTEM, at=SILENT - timedelta(minutes=1), limit=10)
    assert not fired()


def test_an_answer_on_the_last_day_comes_before_the_silence(desk: Desk) -> None:
    dossier = received(desk, BUILDING)
    evening = SILENT - timedelta(minutes=1)
    timing.fire_due(actor=SYSTEM, at=evening, limit=10)
    key = step(dossier, "y_kien_dat_dai")
    services.give_opinion(
        dossier.uuid, key, actor=desk.land_officer, agrees=False, content="Không", at=evening
    )
    timing.fire_due(actor=SYSTEM, at=SILENT + 5 * DAY, limit=10)
    assert Step.objects.get(pk=key).outcome == "disagree"
    assert not fired()


def test_and_so_it_does_when_the_clock_stood_still_in_between(desk: Desk) -> None:
    dossier = waiting(desk, received(desk, BUILDING), actor=desk.builder, at=AT + DAY)
    supplemented(dossier, actor=SYSTEM, at=AT + 6 * DAY + timedelta(hours=17), code=BUILDING)
    last = SILENT + 6 * DAY - timedelta(minutes=1)
    timing.fire_due(actor=SYSTEM, at=last, limit=10)
    assert not fired()
    timing.fire_due(actor=SYSTEM, at=last + timedelta(minutes=1), limit=10)
    assert fired() == 1


def paused_shortly(desk: Desk, dossier: Dossier, times: int) -> None:
    for hour in range(times):
        at = AT + DAY + timedelta(hours=hour)
        services.suspend(dossier.uuid, actor=desk.builder_leader, reason="Chờ tòa án", at=at)
        services.resume(dossier.uuid, actor=desk.builder_leader, at=at + timedelta(minutes=1))


@pytest.mark.slow
def test_many_short_pauses_are_no_longer_than_their_sum(desk: Desk) -> None:
    dossier = received(desk, BUILDING)
    paused_shortly(desk, dossier, 5)
    assert dossier.alarms.get().fires_at == SILENT


@pytest.mark.slow
def test_an_alarm_that_tells_only_its_rounded_end_is_moved_on_from_there(desk: Desk) -> None:
    dossier = received(desk, BUILDING)
    dossier.alarms.update(counted_to=None)
    paused_shortly(desk, dossier, 5)
    assert dossier.alarms.get().fires_at == SILENT + DAY


def test_it_goes_off_once(desk: Desk) -> None:
    dossier = received(desk, BUILDING)
    alarm = dossier.alarms.get().pk
    assert services.fire_timer(alarm, actor=SYSTEM, at=SILENT)
    assert not services.fire_timer(alarm, actor=SYSTEM, at=SILENT)
    timing.fire_due(actor=SYSTEM, at=SILENT, limit=10)
    assert fired() == 1


def test_killed_in_between_it_goes_off_once(desk: Desk) -> None:
    dossier = received(desk, BUILDING)
    with transaction.atomic():
        assert set_off(dossier, day=13)
        transaction.set_rollback(True)
    assert not fired()
    timing.fire_due(actor=SYSTEM, at=SILENT, limit=10)
    assert fired() == 1


def test_it_waits_while_the_clock_stands_still(desk: Desk) -> None:
    dossier = waiting(desk, received(desk, BUILDING), actor=desk.builder, at=AT + DAY)
    assert timing.due_alarms(at=AT + 30 * DAY, limit=10) == []
    assert not set_off(dossier, day=30)
    assert not fired()


def test_afterwards_it_goes_off_as_much_later(desk: Desk) -> None:
    dossier = waiting(desk, received(desk, BUILDING), actor=desk.builder, at=AT + DAY)
    supplemented(dossier, actor=SYSTEM, at=AT + 6 * DAY, code=BUILDING)
    assert not set_off(dossier, day=17)
    assert set_off(dossier, day=18)


def test_a_dossier_that_refuses_holds_nobody_up(
    desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    received(desk, BUILDING)
    caplog.set_level(logging.WARNING)
    Competence.objects.all().delete()
    assert timing.fire_due(actor=SYSTEM, at=SILENT, limit=1) is False
    assert "dossiers.competence_unknown" in caplog.text
    assert Alarm.objects.exists()
    assert not fired()


def test_the_loops_are_registered_and_run(desk: Desk) -> None:
    received(desk, BUILDING, at=AT - 200 * DAY)
    assert {"dossiers.timers", "dossiers.drafts"} <= set(registry)
    assert jobs.fire_timers() is False
    assert jobs.sweep_drafts() is False
    assert fired() == 1
