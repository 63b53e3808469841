"""One dossier from submission to result, and what stands in the tables after it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tinhso.calendars.clock import local
from tinhso.dossiers import services
from tinhso.dossiers.errors import NotInThatState
from tinhso.dossiers.models import State, Token, WorkItem
from tinhso.dossiers.plans.working import ResultDocument
from tinhso.dossiers.tests.factories import AT, Desk, received, step, submitted
from tinhso.events.models import Event

DOCUMENT = ResultDocument(
    code="giay-xac-nhan",
    title="Giấy xác nhận tình trạng hôn nhân",
    document_number="12/UBND-XNTTHN",
    signer="Hoa, Chủ tịch UBND xã",
    signed_on=AT.date(),
)


def test_a_dossier_goes_from_submission_to_result(desk: Desk) -> None:
    dossier = submitted(desk)
    assert dossier.state == State.SUBMITTED
    assert dossier.number is None
    assert dossier.reference

    dossier = services.receive(dossier.uuid, actor=desk.clerk, at=AT)
    assert dossier.number == "H99.41-260914-0001"
    assert dossier.due_at is not None
    assert f"{local(dossier.due_at):%Y-%m-%d %H:%M}" == "2026-09-17 17:00"

    dossier = services.forward(
        dossier.uuid, step(dossier, "tham_dinh"), actor=desk.specialist, outcome="agree", at=AT
    )
    dossier = services.decide(
        dossier.uuid, step(dossier, "ky_duyet"), actor=desk.leader, approves=True, at=AT
    )
    dossier = services.attach_result(
        dossier.uuid, step(dossier, "ket_qua"), DOCUMENT, actor=desk.specialist, at=AT
    )
    assert dossier.state == State.DECIDED
    dossier = services.hand_over(
        dossier.uuid, step(dossier, "tra_ket_qua"), actor=desk.clerk, way="counter", at=AT
    )

    assert dossier.state == State.HANDED_OVER
    assert not WorkItem.objects.filter(dossier=dossier.pk).exists()
    assert not Token.objects.filter(dossier=dossier.pk).exists()
    kinds = list(
        Event.objects.filter(subject=dossier.uuid).order_by("id").values_list("kind", flat=True)
    )
    assert kinds == [
        "dossiers.submitted",
        "dossiers.received",
        "dossiers.forwarded",
        "dossiers.decided",
        "dossiers.result_attached",
        "dossiers.handed_over",
    ]


def test_numbers_of_a_day_follow_one_another(desk: Desk) -> None:
    numbers = [received(desk).number for _ in range(3)]
    numbers.append(received(desk, at=AT + timedelta(days=1)).number)

    assert numbers == [
        "H99.41-260914-0001",
        "H99.41-260914-0002",
        "H99.41-260914-0003",
        "H99.41-260915-0001",
    ]


@pytest.mark.parametrize("times", [1, 2])
def test_a_dossier_is_received_only_once(desk: Desk, times: int) -> None:
    dossier = received(desk)
    for _ in range(times):
        with pytest.raises(NotInThatState):
            services.receive(dossier.uuid, actor=desk.clerk, at=AT)
    assert Event.objects.filter(kind="dossiers.received").count() == 1
