"""Add the result (kết quả giải quyết)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tinhso.dossiers import services
from tinhso.dossiers.errors import NotYourStep, ResultMissing, SignedAhead, StepClosed
from tinhso.dossiers.models import Result, State, WorkItem
from tinhso.dossiers.tests.factories import AT
from tinhso.dossiers.tests.stages import ACTS, DAY, DOCUMENT, refused
from tinhso.events.models import Event

if TYPE_CHECKING:
    from tinhso.dossiers.tests.factories import Desk


def test_with_it_the_work_of_the_administration_ends(desk: Desk) -> None:
    act = ACTS["attach_result"](desk)
    done = act.run(at=AT + DAY)
    assert (done.state, done.finished_at) == (State.DECIDED, AT + DAY)
    result = Result.objects.get(dossier=done.pk)
    assert (result.document_number, result.signed_on) == ("12/UBND-XNTTHN", AT.date())
    item = WorkItem.objects.get(dossier=done.pk)
    assert (item.node, item.agency_id, item.due_at) == ("tra_ket_qua", desk.commune.pk, None)
    payload = Event.objects.get(kind="dossiers.result_attached").payload
    assert (payload["result"], payload["code"]) == (str(result.pk), "giay-xac-nhan")


def test_it_is_of_a_kind_that_the_procedure_ends_in_and_has_a_title(desk: Desk) -> None:
    act = ACTS["attach_result"](desk)
    key = act.keys[0]
    for wrong in (replace(DOCUMENT, code="giay-phep"), replace(DOCUMENT, title=" ")):
        act.keys = [key, wrong]
        with refused(ResultMissing):
            act.run()


def test_it_is_not_signed_ahead_of_the_official_day(desk: Desk) -> None:
    act = ACTS["attach_result"](desk)
    act.keys = [act.keys[0], replace(DOCUMENT, signed_on=AT.date() + DAY)]
    with refused(SignedAhead):
        act.run()


def test_it_is_added_by_who_holds_the_step(desk: Desk) -> None:
    act = ACTS["attach_result"](desk)
    services.take(act.dossier.uuid, act.keys[0], actor=desk.head, at=AT)
    with refused(NotYourStep):
        act.run()


def test_it_is_added_once(desk: Desk) -> None:
    act = ACTS["attach_result"](desk)
    act.run()
    with refused(StepClosed):
        act.run()
