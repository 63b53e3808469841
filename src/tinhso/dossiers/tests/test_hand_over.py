"""Hand the result over (trả kết quả)."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest

from tinhso.dossiers.errors import StepClosed
from tinhso.dossiers.errors_of_results import ResultFileMissing, ResultFilePresent
from tinhso.dossiers.files import RESULT
from tinhso.dossiers.models import HandOver, Result, State, Token, WorkItem
from tinhso.dossiers.tests.factories import AT, step
from tinhso.dossiers.tests.stages import ACTS, DAY, refused, until
from tinhso.events.models import Event
from tinhso.files.services import Subject, store
from tinhso.files.tests.factories import PDF

if TYPE_CHECKING:
    from tinhso.dossiers.tests.factories import Desk


def test_the_dossier_is_closed_and_nothing_is_left_to_do(desk: Desk) -> None:
    act = ACTS["hand_over"](desk)
    done = act.run(receiver=" Hoa ", at=AT + DAY)
    assert (done.state, done.finished_at) == (State.HANDED_OVER, AT), (
        "the work ended with the result"
    )
    handed = HandOver.objects.get(dossier=done.pk)
    assert (handed.way, handed.receiver) == ("counter", "Hoa")
    assert not WorkItem.objects.filter(dossier=done.pk).exists()
    assert not Token.objects.filter(dossier=done.pk).exists()


@pytest.mark.slow
@pytest.mark.parametrize(("settled", "on_time"), [(AT, True), (AT + 9 * DAY, False)])
def test_it_was_on_time_when_the_work_was_not_when_somebody_came(
    desk: Desk, settled: object, on_time: bool
) -> None:
    dossier = until(desk, "ket_qua")
    act = ACTS["attach_result"](desk)
    act.keys = [step(dossier, "ket_qua"), act.keys[1]]
    act.run(dossier=dossier, at=settled)
    last = ACTS["hand_over"](desk)
    last.keys = [step(dossier, "tra_ket_qua")]
    last.run(dossier=dossier, at=AT + 30 * DAY)
    assert Event.objects.get(kind="dossiers.handed_over").payload["on_time"] is on_time


def test_what_goes_electronically_is_a_file(desk: Desk) -> None:
    act = ACTS["hand_over"](desk)
    with refused(ResultFileMissing) as caught:
        act.run(way="online")
    assert "“Giấy xác nhận tình trạng hôn nhân” số 12/UBND-XNTTHN" in str(caught.value)
    subject = Subject(RESULT, act.dossier.uuid)
    by: dict[str, Any] = {"actor": desk.clerk, "at": AT}
    file = store(BytesIO(PDF), filename="kq.pdf", purpose="result", subject=subject, **by).pk
    act.run(way="online", file=file)
    assert Result.objects.get(dossier=act.dossier).file_id == file
    assert HandOver.objects.get().way == "online"


def test_the_file_that_the_result_has_is_not_replaced(desk: Desk) -> None:
    act = ACTS["hand_over"](desk)
    subject = Subject(RESULT, act.dossier.uuid)
    by: dict[str, Any] = {"actor": desk.clerk, "at": AT}
    file = store(BytesIO(PDF), filename="kq.pdf", purpose="result", subject=subject, **by).pk
    Result.objects.update(file=file)
    with refused(ResultFilePresent):
        act.run(file=file)
    assert act.run(way="online").state == State.HANDED_OVER


def test_it_is_handed_over_once(desk: Desk) -> None:
    act = ACTS["hand_over"](desk)
    act.run()
    with refused(StepClosed):
        act.run()
