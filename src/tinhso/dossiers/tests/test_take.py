"""Take a step that nobody holds (nhận xử lý)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tinhso.dossiers import services
from tinhso.dossiers.errors import StepClosed, StepTaken
from tinhso.dossiers.models import Assignment, WorkItem
from tinhso.dossiers.tests.factories import AT, step
from tinhso.dossiers.tests.stages import ACTS, refused, until
from tinhso.events.models import Event
from tinhso.kernel.permissions import PermissionMissing

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
        act.run(desk.head)
    assert desk.specialist.name in str(caught.value)


def test_a_step_that_is_done_is_taken_by_nobody(desk: Desk) -> None:
    act = ACTS["take"](desk)
    forward = ACTS["forward"](desk)
    forward.run()
    act.keys = forward.keys
    with refused(StepClosed):
        act.run(dossier=forward.dossier)


def test_nobody_takes_a_step_that_they_may_not_do(desk: Desk) -> None:
    dossier = until(desk, "ky_duyet")
    with refused(PermissionMissing):
        services.take(dossier.uuid, step(dossier, "ky_duyet"), actor=desk.specialist, at=AT)
