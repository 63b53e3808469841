"""Take a step that nobody holds (nhận xử lý)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tinhso.dossiers.errors import StepClosed, StepTaken
from tinhso.dossiers.models import Assignment, WorkItem
from tinhso.dossiers.tests.stages import ACTS, refused
from tinhso.events.models import Event

if TYPE_CHECKING:
    from tinhso.dossiers.tests.factories import Desk


def test_it_is_the_officers_own_from_now_on(desk: Desk) -> None:
    act = ACTS["take"](desk)
    act.run()
    assert WorkItem.objects.get(dossier=act.dossier.pk).person_id == desk.specialist.user
    assert Assignment.objects.get().person_id == desk.specialist.user
    assert Event.objects.get(kind="dossiers.taken").actor == desk.specialist.key


def test_what_a_colleague_holds_is_not_taken_and_the_colleague_is_named(desk: Desk) -> None:
    act = ACTS["take"](desk)
    act.run()
    with refused(StepTaken) as caught:
        act.run(desk.colleague)
    assert desk.specialist.name in str(caught.value)


def test_a_step_that_is_done_is_taken_by_nobody(desk: Desk) -> None:
    act = ACTS["take"](desk)
    forward = ACTS["forward"](desk)
    forward.run()
    act.keys = forward.keys
    with refused(StepClosed):
        act.run(dossier=forward.dossier)
