"""Add the result (kết quả giải quyết)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from tinhso.dossiers import services
from tinhso.dossiers.definitions import ResultKind, read_results
from tinhso.dossiers.errors import NotYourStep, ResultMissing, SignedAhead, StepClosed
from tinhso.dossiers.errors_of_results import (
    EndsBeforeSigned,
    ResultAgainstDecision,
    SignedBeforehand,
)
from tinhso.dossiers.models import Result, State, Step, WorkItem
from tinhso.dossiers.tests.factories import AT, MARRIAGE, definition_of, step
from tinhso.dossiers.tests.stages import ACTS, DAY, DOCUMENT, REFUSAL, Act, refused, rejected
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


def test_after_a_refusal_only_a_refusal_is_taken(desk: Desk) -> None:
    dossier = rejected(desk)
    act = Act("attach_result", dossier, desk.specialist, [step(dossier, "ket_qua"), DOCUMENT])
    with refused(ResultAgainstDecision) as caught:
        act.run()
    assert "từ chối giải quyết: chỉ nhập được Văn bản từ chối" in str(caught.value)
    act.keys = [act.keys[0], REFUSAL]
    act.run()
    assert Result.objects.get().refuses


def test_after_an_approval_no_refusal_is_taken(desk: Desk) -> None:
    act = ACTS["attach_result"](desk)
    key = act.keys[0]
    act.keys = [key, REFUSAL]
    with refused(ResultAgainstDecision):
        act.run()
    act.keys = [key, DOCUMENT]
    act.run()
    assert not Result.objects.get().refuses


@pytest.mark.slow
def test_what_counts_is_the_decision_after_the_reopening(desk: Desk) -> None:
    dossier = rejected(desk)
    services.attach_result(
        dossier.uuid, step(dossier, "ket_qua"), REFUSAL, actor=desk.specialist, at=AT
    )
    services.hand_over(
        dossier.uuid, step(dossier, "tra_ket_qua"), actor=desk.clerk, way="counter", at=AT
    )
    later = AT + DAY
    reopen = ACTS["reopen"](desk)
    again = reopen.run(dossier=dossier, at=later)
    again = services.forward(
        again.uuid, step(again, "tham_dinh"), actor=desk.specialist, outcome="agree", at=later
    )
    again = services.decide(
        again.uuid, step(again, "ky_duyet"), actor=desk.leader, approves=True, at=later
    )
    services.attach_result(
        again.uuid, step(again, "ket_qua"), DOCUMENT, actor=desk.specialist, at=later
    )
    assert list(Result.objects.filter(dossier=again.pk).order_by("at").values_list("refuses")) == [
        (True,),
        (False,),
    ]


@pytest.mark.usefixtures("desk")
def test_a_procedure_that_declares_no_refusal_has_the_general_one() -> None:
    content = {"results": [{"code": "giay", "name": "Giấy", "kind": "giay"}]}
    one = replace(definition_of(MARRIAGE), results=read_results(content))
    assert [kind.code for kind in one.results_after(False)] == ["tu-choi"]
    assert [kind.code for kind in one.results_after(True)] == ["giay"]
    assert [kind.code for kind in one.results_after(None)] == ["giay", "tu-choi"]


def test_a_version_from_before_named_refusals_by_leaving_out_the_kind() -> None:
    content = {
        "results": [{"code": "giay", "name": "Giấy", "kind": "giay"}, {"code": "x", "name": "X"}]
    }
    assert [kind.refuses for kind in read_results(content)] == [False, True]
    nameless = {"results": [{"code": "giay", "name": "Giấy"}]}
    assert [kind.refuses for kind in read_results(nameless)] == [False]


def test_it_is_not_signed_ahead_of_the_official_day(desk: Desk) -> None:
    act = ACTS["attach_result"](desk)
    act.keys = [act.keys[0], replace(DOCUMENT, signed_on=AT.date() + DAY)]
    with refused(SignedAhead):
        act.run()


def test_it_does_not_end_before_the_day_on_which_it_was_signed(desk: Desk) -> None:
    act = ACTS["attach_result"](desk)
    act.keys = [act.keys[0], replace(DOCUMENT, valid_until=DOCUMENT.signed_on - DAY)]
    with refused(EndsBeforeSigned):
        act.run()
    act.keys = [act.keys[0], replace(DOCUMENT, valid_until=DOCUMENT.signed_on)]
    act.run()


def test_a_day_before_it_was_handed_in_is_taken_with_a_reason_only(desk: Desk) -> None:
    act = ACTS["attach_result"](desk)
    early = replace(DOCUMENT, signed_on=AT.date() - DAY)
    act.keys = [act.keys[0], early]
    with refused(SignedBeforehand) as caught:
        act.run()
    assert "Ngày ký 13/09/2026 trước ngày nộp hồ sơ 14/09/2026" in str(caught.value)
    act.keys = [act.keys[0], replace(early, why_early="Ký gộp cả đợt")]
    act.run()
    assert Step.objects.get(pk=act.keys[0]).note == "Ký gộp cả đợt"
    payload = Event.objects.get(kind="dossiers.result_attached").payload
    assert (payload["signed_on"], payload["signed_early"]) == ("2026-09-13", True)


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


@pytest.mark.slow
def test_it_is_valid_as_long_as_the_procedure_says_unless_a_day_is_typed(desk: Desk) -> None:
    act = ACTS["attach_result"](desk)
    act.run()
    assert Result.objects.get().valid_until == date(2027, 3, 14), "six months from the signing"
    other = ACTS["attach_result"](desk)
    other.keys = [other.keys[0], replace(DOCUMENT, valid_until=date(2026, 12, 31))]
    other.run()
    assert Result.objects.latest("valid_until").valid_until == date(2027, 3, 14)
    assert Result.objects.earliest("valid_until").valid_until == date(2026, 12, 31)


@pytest.mark.parametrize(
    ("valid", "signed", "until"),
    [
        ("P6M", date(2026, 8, 31), date(2027, 2, 28)),
        ("P1Y", date(2028, 2, 29), date(2029, 2, 28)),
        ("P10D", date(2026, 12, 25), date(2027, 1, 4)),
        ("", date(2026, 1, 1), None),
    ],
)
def test_a_validity_ends_on_the_same_day_or_the_last(
    valid: str, signed: date, until: date | None
) -> None:
    assert ResultKind("x", "X", valid=valid).valid_until(signed) == until
