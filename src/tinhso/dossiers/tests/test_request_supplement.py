"""Ask for what is missing (yêu cầu bổ sung)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from tinhso.dossiers.errors import NotInThatState, ReasonMissing, SupplementAskedBefore
from tinhso.dossiers.models import State, SupplementRequest, Suspension, WorkItem
from tinhso.dossiers.tests.factories import AT, MARRIAGE, definition_of, revise, submitted
from tinhso.dossiers.tests.stages import ACTS, DAY, refused, supplemented, until, waiting

if TYPE_CHECKING:
    from tinhso.dossiers.tests.factories import Desk


def test_the_clock_stops_and_all_work_waits(desk: Desk) -> None:
    dossier = waiting(desk)

    assert dossier.state == State.AWAITING_SUPPLEMENT
    asked = SupplementRequest.objects.get(dossier=dossier.pk)
    assert (asked.items, asked.reason, asked.phase) == (
        ["Bản sao giấy cũ"],
        "Thiếu giấy tờ",
        "appraisal",
    )
    assert asked.answer_by == date(2026, 10, 14)
    assert Suspension.objects.get(dossier=dossier.pk).request_id == asked.pk
    item = WorkItem.objects.get(dossier=dossier.pk)
    assert (item.is_paused, item.due_at) == (True, dossier.due_at)


def test_at_the_desk_there_is_no_clock_to_stop(desk: Desk) -> None:
    dossier = waiting(desk, submitted(desk), actor=desk.clerk)
    assert SupplementRequest.objects.get(dossier=dossier.pk).phase == "reception"
    assert not Suspension.objects.exists()
    assert WorkItem.objects.get(dossier=dossier.pk).is_paused


def test_it_is_asked_for_as_often_as_the_procedure_allows(desk: Desk) -> None:
    dossier = supplemented(waiting(desk), actor=desk.clerk, at=AT + DAY)
    with refused(SupplementAskedBefore):
        waiting(desk, dossier, at=AT + 2 * DAY)


@pytest.mark.parametrize("changes", [{"items": []}, {"items": ["", " "]}, {"reason": " "}])
def test_it_says_what_is_missing_and_why(desk: Desk, changes: dict[str, Any]) -> None:
    act = ACTS["request_supplement"](desk)
    with refused(ReasonMissing):
        act.run(**changes)


def test_it_is_not_asked_twice_at_once(desk: Desk) -> None:
    dossier = waiting(desk)
    with refused(NotInThatState):
        waiting(desk, dossier)


def test_nothing_is_asked_for_once_the_result_is_there(desk: Desk) -> None:
    dossier = until(desk, "tra_ket_qua")
    with refused(NotInThatState):
        waiting(desk, dossier)


def test_where_the_clock_goes_on_so_does_the_work(desk: Desk) -> None:
    before = definition_of(MARRIAGE).version
    revise(MARRIAGE, supplement={"limit": 2, "answer_days": 10, "after": "continue"})
    act = ACTS["forward"](desk)
    dossier = waiting(desk, act.dossier)

    assert dossier.state == State.AWAITING_SUPPLEMENT
    assert not Suspension.objects.exists()
    assert not WorkItem.objects.get(dossier=dossier.pk).is_paused
    dossier = act.run()
    assert dossier.state == State.AWAITING_SUPPLEMENT
    assert WorkItem.objects.get(dossier=dossier.pk).node == "ky_duyet"
    answered = supplemented(dossier, actor=desk.clerk, at=AT + timedelta(days=1))
    assert (answered.state, answered.due_at) == (State.IN_PROCESS, dossier.due_at)
    assert definition_of(MARRIAGE).version == before + 1
