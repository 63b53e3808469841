"""Answer as the asked agency (cho ý kiến)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tinhso.dossiers import services
from tinhso.dossiers.errors import ClockStopped, ReasonMissing, StepClosed, StepWantsAnotherAct
from tinhso.dossiers.models import Alarm, Opinion, Step, WorkItem
from tinhso.dossiers.tests.factories import AT, BUILDING, received, step
from tinhso.dossiers.tests.stages import ACTS, refused, waiting

if TYPE_CHECKING:
    from tinhso.dossiers.tests.factories import Desk


@pytest.mark.parametrize(("agrees", "outcome"), [(True, "agree"), (False, "disagree")])
def test_the_answer_is_kept_and_the_step_is_done(desk: Desk, agrees: bool, outcome: str) -> None:
    act = ACTS["give_opinion"](desk)
    act.run(agrees=agrees)
    said = Opinion.objects.get(step=act.keys[0])
    assert (said.agrees, said.content, said.agency_id) == (agrees, "Thống nhất", desk.health.pk)
    assert Step.objects.get(pk=act.keys[0]).outcome == outcome
    assert not WorkItem.objects.filter(node="opinion").exists()


def test_an_opinion_that_the_workflow_asks_for_moves_it_and_stills_its_timer(desk: Desk) -> None:
    dossier = received(desk, BUILDING)
    assert Alarm.objects.filter(dossier=dossier.pk).exists()
    services.give_opinion(
        dossier.uuid,
        step(dossier, "y_kien_dat_dai"),
        actor=desk.land_officer,
        agrees=True,
        content="Phù hợp",
        at=AT,
    )
    assert not Alarm.objects.filter(dossier=dossier.pk).exists()
    assert WorkItem.objects.get(dossier=dossier.pk).node == "tham_dinh_thiet_ke"


def test_the_workflows_opinion_waits_with_the_clock(desk: Desk) -> None:
    dossier = waiting(desk, received(desk, BUILDING), actor=desk.builder)
    with refused(ClockStopped):
        services.give_opinion(
            dossier.uuid,
            step(dossier, "y_kien_dat_dai"),
            actor=desk.land_officer,
            agrees=True,
            content="Phù hợp",
            at=AT,
        )


def test_it_says_something(desk: Desk) -> None:
    act = ACTS["give_opinion"](desk)
    with refused(ReasonMissing):
        act.run(content=" ")


def test_it_is_given_once(desk: Desk) -> None:
    act = ACTS["give_opinion"](desk)
    act.run()
    with refused(StepClosed):
        act.run()


def test_only_where_it_was_asked_for(desk: Desk) -> None:
    act = ACTS["give_opinion"](desk)
    act.keys = [step(act.dossier, "tham_dinh")]
    with refused(StepWantsAnotherAct):
        act.run(desk.head)
