"""Finish a step of appraisal (chuyển bước)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tinhso.dossiers import services
from tinhso.dossiers.errors import ClockStopped, NotYourStep, StepClosed, StepWantsAnotherAct
from tinhso.dossiers.models import Step, WorkItem
from tinhso.dossiers.tests.factories import AT, SYSTEM, WELL, officer, received, step
from tinhso.dossiers.tests.stages import ACTS, refused, until, waiting
from tinhso.dossiers.workflow.errors import OutcomeUnknown
from tinhso.events.models import Event
from tinhso.kernel.permissions import PermissionMissing

if TYPE_CHECKING:
    from tinhso.dossiers.tests.factories import Desk


def test_the_step_says_who_and_how_and_the_next_one_opens(desk: Desk) -> None:
    act = ACTS["forward"](desk)
    done = act.run(note=" Đủ điều kiện ")
    closed = Step.objects.get(pk=act.keys[0])
    assert (closed.outcome, closed.note, closed.closed_by, closed.closed_at) == (
        "agree",
        "Đủ điều kiện",
        desk.specialist.key,
        AT,
    )
    item = WorkItem.objects.get(dossier=done.pk)
    assert (item.node, item.act, item.due_at) == ("ky_duyet", "decide", done.due_at)
    assert Event.objects.get(kind="dossiers.forwarded").payload == {
        "step": str(closed.pk),
        "node": "tham_dinh",
        "outcome": "agree",
    }


def test_the_gateway_asks_the_answers(desk: Desk) -> None:
    dossier = received(desk, WELL)
    key = step(dossier, "tham_dinh_ho_so")
    services.forward(dossier.uuid, key, actor=SYSTEM, outcome="agree", at=AT)
    assert WorkItem.objects.get(dossier=dossier.pk).node == "kiem_tra_hien_truong", "250 m3 a day"


def test_a_proposal_to_reject_goes_straight_to_the_decision(desk: Desk) -> None:
    dossier = received(desk, WELL)
    key = step(dossier, "tham_dinh_ho_so")
    services.forward(dossier.uuid, key, actor=SYSTEM, outcome="propose_rejection", at=AT)
    assert WorkItem.objects.get(dossier=dossier.pk).node == "quyet_dinh"


def test_an_outcome_that_the_act_does_not_know_is_refused(desk: Desk) -> None:
    act = ACTS["forward"](desk)
    with refused(OutcomeUnknown):
        act.run(outcome="approve")


def test_what_a_colleague_holds_is_finished_by_nobody_else(desk: Desk) -> None:
    act = ACTS["forward"](desk)
    services.take(act.dossier.uuid, act.keys[0], actor=desk.specialist, at=AT)
    with refused(NotYourStep):
        act.run(officer("Sáu", "specialist", desk.commune))


def test_the_desk_does_not_finish_what_the_specialist_appraises(desk: Desk) -> None:
    act = ACTS["forward"](desk)
    with refused(PermissionMissing):
        act.run(desk.clerk)


def test_who_may_assign_it_may_finish_it_too(desk: Desk) -> None:
    act = ACTS["forward"](desk)
    services.take(act.dossier.uuid, act.keys[0], actor=desk.specialist, at=AT)
    act.run(desk.head)
    assert Step.objects.get(pk=act.keys[0]).closed_by == desk.head.key


def test_nothing_moves_while_the_applicant_is_awaited(desk: Desk) -> None:
    act = ACTS["forward"](desk)
    waiting(desk, act.dossier)
    with refused(ClockStopped):
        act.run()


def test_it_is_done_once(desk: Desk) -> None:
    act = ACTS["forward"](desk)
    act.run()
    with refused(StepClosed):
        act.run()


def test_a_decision_is_not_forwarded(desk: Desk) -> None:
    dossier = until(desk, "ky_duyet")
    with refused(StepWantsAnotherAct):
        services.forward(
            dossier.uuid, step(dossier, "ky_duyet"), actor=desk.leader, outcome="agree", at=AT
        )
