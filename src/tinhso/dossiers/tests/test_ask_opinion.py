"""Ask another agency for its opinion (lấy ý kiến)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tinhso.calendars.clock import local
from tinhso.dossiers import services
from tinhso.dossiers.errors import (
    AgencyNotOffering,
    ClockStopped,
    DecidedAlready,
    NotInThatState,
    ReasonMissing,
)
from tinhso.dossiers.models import OpinionRequest, Step, WorkItem
from tinhso.dossiers.tests.factories import AT, step
from tinhso.dossiers.tests.stages import ACTS, DOCUMENT, asked, decided, refused, until, waiting
from tinhso.events.models import Event

if TYPE_CHECKING:
    from tinhso.dossiers.tests.factories import Desk


def test_the_asked_agency_gets_work_with_a_time_of_its_own(desk: Desk) -> None:
    dossier = asked(desk)

    request = OpinionRequest.objects.get(dossier=dossier.pk)
    assert f"{local(request.due_at):%Y-%m-%d %H:%M}" == "2026-09-21 17:00", "five working days"
    item = WorkItem.objects.get(node="opinion")
    assert (item.agency_id, item.act, item.due_at) == (
        desk.health.pk,
        "give_opinion",
        request.due_at,
    )
    assert item.near_at is not None
    assert f"{local(item.near_at):%Y-%m-%d %H:%M}" == "2026-09-18 15:30", "four fifths of it"
    event = Event.objects.get(kind="dossiers.opinion_asked")
    assert event.payload == {
        "agency": desk.health.pk,
        "due_at": "2026-09-21T10:00:00+00:00",
        "step": str(item.pk),
    }


def test_the_work_goes_on_beside_it(desk: Desk) -> None:
    dossier = asked(desk)
    work = WorkItem.objects.get(dossier=dossier.pk, node="tham_dinh")
    assert work.due_at == dossier.due_at
    services.forward(dossier.uuid, work.pk, actor=desk.specialist, outcome="agree", at=AT)
    nodes = WorkItem.objects.filter(dossier=dossier.pk).values_list("node", flat=True)
    assert set(nodes) == {"ky_duyet", "opinion"}


def test_with_the_result_nobody_waits_for_it_any_longer(desk: Desk) -> None:
    dossier = decided(desk, asked(desk))
    services.attach_result(
        dossier.uuid, step(dossier, "ket_qua"), DOCUMENT, actor=desk.specialist, at=AT
    )
    assert Step.objects.get(node="opinion").outcome == "cancelled"
    assert WorkItem.objects.get(dossier=dossier.pk).node == "tra_ket_qua"


def test_no_agency_asks_itself(desk: Desk) -> None:
    act = ACTS["ask_opinion"](desk)
    with refused(AgencyNotOffering):
        act.run(agency=desk.commune.pk)


def test_it_asks_something(desk: Desk) -> None:
    act = ACTS["ask_opinion"](desk)
    with refused(ReasonMissing):
        act.run(question="\n")


def test_nobody_is_asked_while_the_applicant_is_awaited(desk: Desk) -> None:
    act = ACTS["ask_opinion"](desk)
    waiting(desk, act.dossier)
    with refused(ClockStopped):
        act.run()


def test_nobody_is_asked_once_the_result_is_there(desk: Desk) -> None:
    act = ACTS["ask_opinion"](desk)
    settled = until(desk, "tra_ket_qua")
    with refused(NotInThatState):
        act.run(dossier=settled)


@pytest.mark.parametrize("name", ["ask_opinion", "request_supplement"])
def test_after_the_decision_nothing_more_is_asked(desk: Desk, name: str) -> None:
    act = ACTS[name](desk)
    act.dossier = decided(desk, act.dossier)
    with refused(DecidedAlready):
        act.run()
