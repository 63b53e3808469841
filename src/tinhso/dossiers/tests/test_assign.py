"""Give a step to an officer (phân công), or take it back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tinhso.accounts.models import User
from tinhso.dossiers.errors import OfficerNotThere, StepClosed, StepNotFound
from tinhso.dossiers.models import Assignment, Step, WorkItem
from tinhso.dossiers.tests.factories import received, step
from tinhso.dossiers.tests.stages import ACTS, refused, waiting
from tinhso.events.models import Event

if TYPE_CHECKING:
    from tinhso.dossiers.tests.factories import Desk


def test_the_step_and_the_worklist_name_the_officer(desk: Desk) -> None:
    act = ACTS["assign"](desk)
    act.run()
    item = WorkItem.objects.get(dossier=act.dossier.pk)
    assert item.person_id == Step.objects.get(pk=item.pk).person_id == desk.specialist.user
    assert Assignment.objects.get(step=item.pk).actor == desk.head.key
    assert Event.objects.get(kind="dossiers.assigned").payload["person"] == desk.specialist.key


def test_it_is_taken_from_an_officer(desk: Desk) -> None:
    act = ACTS["assign"](desk)
    act.run()
    act.run(person=None)
    assert WorkItem.objects.get(dossier=act.dossier.pk).person_id is None
    assert Assignment.objects.count() == 2
    assert "person" not in Event.objects.filter(kind="dossiers.assigned").latest("id").payload


def test_nobody_is_given_work_where_they_hold_no_right(desk: Desk) -> None:
    act = ACTS["assign"](desk)
    for actor in (desk.outsider, desk.builder):
        with refused(OfficerNotThere):
            act.run(person=User.objects.get(pk=actor.user))


def test_it_is_assigned_also_while_the_applicant_is_awaited(desk: Desk) -> None:
    act = ACTS["assign"](desk)
    waiting(desk, act.dossier)
    act.run()
    item = WorkItem.objects.get(dossier=act.dossier.pk)
    assert (item.person_id, item.is_paused) == (desk.specialist.user, True)


def test_a_step_that_is_done_is_assigned_to_nobody(desk: Desk) -> None:
    act = ACTS["assign"](desk)
    ACTS["forward"](desk)
    forward = ACTS["forward"](desk)
    forward.run()
    act.keys = forward.keys
    with refused(StepClosed):
        act.run(dossier=forward.dossier)


def test_the_step_must_be_of_this_dossier(desk: Desk) -> None:
    act = ACTS["assign"](desk)
    act.keys = [step(received(desk), "tham_dinh")]
    with refused(StepNotFound):
        act.run()
