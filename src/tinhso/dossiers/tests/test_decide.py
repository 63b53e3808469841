"""Decide (quyết định giải quyết)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tinhso.dossiers.errors import ClockStopped, ReasonMissing, StepClosed, StepWantsAnotherAct
from tinhso.dossiers.models import Decision, State, Step, WorkItem
from tinhso.dossiers.tests.factories import step
from tinhso.dossiers.tests.stages import ACTS, refused, until, waiting
from tinhso.events.models import Event
from tinhso.kernel.permissions import PermissionMissing

if TYPE_CHECKING:
    from tinhso.dossiers.tests.factories import Desk


def test_the_decision_is_a_row_and_the_result_is_next(desk: Desk) -> None:
    act = ACTS["decide"](desk)
    done = act.run()
    decision = Decision.objects.get(dossier=done.pk)
    assert (decision.approves, decision.actor) == (True, desk.leader.key)
    assert done.state == State.IN_PROCESS
    assert WorkItem.objects.get(dossier=done.pk).node == "ket_qua"
    assert Event.objects.get(kind="dossiers.decided").payload["approves"] is True


def test_a_rejection_gives_its_reason(desk: Desk) -> None:
    act = ACTS["decide"](desk)
    with refused(ReasonMissing):
        act.run(approves=False)
    act.run(approves=False, reason="Không đủ điều kiện")
    assert Decision.objects.get().reason == "Không đủ điều kiện"
    assert Step.objects.get(pk=act.keys[0]).outcome == "reject"


def test_a_specialist_does_not_decide(desk: Desk) -> None:
    act = ACTS["decide"](desk)
    with refused(PermissionMissing):
        act.run(desk.specialist)


def test_nothing_is_decided_while_the_applicant_is_awaited(desk: Desk) -> None:
    act = ACTS["decide"](desk)
    waiting(desk, act.dossier)
    with refused(ClockStopped):
        act.run()


def test_it_is_decided_once(desk: Desk) -> None:
    act = ACTS["decide"](desk)
    act.run()
    with refused(StepClosed):
        act.run()


def test_an_appraisal_is_not_decided(desk: Desk) -> None:
    dossier = until(desk, "tham_dinh")
    act = ACTS["decide"](desk)
    act.keys = [step(dossier, "tham_dinh")]
    with refused(StepWantsAnotherAct):
        act.run(dossier=dossier)
