"""Extend, suspend, pay, withdraw, cancel a receipt, reopen: what they do, and what they refuse."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tinhso.calendars.deadlines import Term, Unit, due
from tinhso.calendars.queries import working_calendar
from tinhso.dossiers import services
from tinhso.dossiers.errors import (
    CancellationTooLate,
    ClockStopped,
    DecidedAlready,
    DecisionAhead,
    ExtendedBefore,
    ExtensionTooLate,
    NotInThatState,
    ReasonMissing,
    WorkBegun,
)
from tinhso.dossiers.models import (
    Alarm,
    Dossier,
    Extension,
    ReceiptCancellation,
    State,
    Step,
    Suspension,
    Token,
    WorkItem,
)
from tinhso.dossiers.plans.moving import near
from tinhso.dossiers.queries.telling import apology_refused, extension_of, told_of
from tinhso.dossiers.services import worklist
from tinhso.dossiers.tests.factories import AT, SYSTEM, received, step, submitted
from tinhso.dossiers.tests.playing import undone
from tinhso.dossiers.tests.stages import (
    ACTS,
    DAY,
    DOCUMENT,
    FIVE_DAYS,
    HOUR,
    concluded,
    refused,
    until,
    waiting,
)
from tinhso.kernel.actors import AnonymousVisitor

if TYPE_CHECKING:
    from datetime import datetime

    from tinhso.dossiers.tests.factories import Desk

TWO_DAYS = Term(2, Unit.WORKING_DAYS)


def test_the_time_is_extended_from_the_old_one(desk: Desk) -> None:
    act = ACTS["extend"](desk)
    before = act.dossier.due_at
    assert before is not None
    done = act.run(term=TWO_DAYS)
    assert done.due_at == due(working_calendar(), before, TWO_DAYS).at
    assert done.state == State.IN_PROCESS
    assert WorkItem.objects.get(dossier=done.pk).due_at == done.due_at
    row = Extension.objects.get()
    assert (row.due_before, row.due_after) == (before, done.due_at)
    assert row.explanation


def test_it_extends_only_once(desk: Desk) -> None:
    act = ACTS["extend"](desk)
    act.run()
    with refused(ExtendedBefore):
        act.run()


def test_the_apology_comes_at_the_latest_the_day_before(desk: Desk) -> None:
    act = ACTS["extend"](desk)
    assert act.dossier.due_at is not None
    with refused(ExtensionTooLate):
        act.run(at=act.dossier.due_at - HOUR)
    act.run(at=act.dossier.due_at - DAY)


def test_whoever_is_late_without_an_apology_is_marked(desk: Desk) -> None:
    late = received(desk)
    act = ACTS["extend"](desk)
    excused = act.run()
    assert excused.due_at is not None
    after = excused.due_at + HOUR
    assert apology_refused(late, after) is None
    assert apology_refused(late, AT)
    assert apology_refused(excused, after) is None, "it missed the later day, too"
    assert apology_refused(excused, excused.due_at)


@pytest.mark.parametrize("name", ["extend", "suspend", "require_payment", "cancel_receipt"])
def test_it_gives_its_reason(desk: Desk, name: str) -> None:
    act = ACTS[name](desk)
    with refused(ReasonMissing):
        act.run(reason=" ")


@pytest.mark.parametrize("name", ["extend", "suspend", "require_payment", "ask_transfer"])
def test_while_the_applicant_is_awaited_it_waits(desk: Desk, name: str) -> None:
    act = ACTS[name](desk)
    waiting(desk, act.dossier)
    with refused(ClockStopped):
        act.run()


@pytest.mark.parametrize(
    ("stop", "go_on"), [("suspend", "resume"), ("require_payment", "confirm_payment")]
)
def test_the_clock_stands_still_in_between(desk: Desk, stop: str, go_on: str) -> None:
    stopping = ACTS[stop](desk)
    before = stopping.dossier.due_at
    still = stopping.run()
    assert WorkItem.objects.get(dossier=still.pk).is_paused
    with refused(ClockStopped):
        services.forward(
            still.uuid, step(still, "tham_dinh"), actor=desk.specialist, outcome="agree", at=AT
        )
    going_on = ACTS[go_on](desk)
    done = going_on.run(dossier=still, at=AT + DAY)
    assert done.state == State.IN_PROCESS
    assert before is not None
    assert done.due_at == before + DAY
    assert not WorkItem.objects.get(dossier=done.pk).is_paused


@settings(
    max_examples=10,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(hours=st.integers(0, 400))
@pytest.mark.slow
def test_the_appointed_time_moves_by_the_working_time_that_it_stood_still(
    desk: Desk, hours: int
) -> None:
    with undone():
        act = ACTS["suspend"](desk)
        before, at = act.dossier.due_at, AT + timedelta(hours=hours)
        act.run()
        done = services.resume(act.dossier.uuid, actor=desk.leader, at=at)
        calendar = working_calendar()
        assert before is not None
        assert done.due_at is not None
        moved = calendar.working_minutes(before, done.due_at)
        assert moved == calendar.working_minutes(AT, at)


def test_a_duty_is_more_than_nothing(desk: Desk) -> None:
    act = ACTS["require_payment"](desk)
    with refused(ReasonMissing):
        act.run(amount=0)
    assert not Suspension.objects.exists()


def test_the_applicant_takes_the_dossier_back_without_a_reason(desk: Desk) -> None:
    dossier = waiting(desk)
    own = AnonymousVisitor(party=dossier.applicant_id)
    done = services.withdraw(dossier.uuid, actor=own, at=AT + DAY)
    assert (done.state, done.finished_at) == (State.WITHDRAWN, AT + DAY)
    for gone in (Token, Alarm, WorkItem):
        assert not gone._default_manager.filter(dossier=done.pk).exists()
    assert not Step.objects.filter(dossier=done.pk, closed_at=None).exists()


def test_before_receipt_it_is_taken_back_too(desk: Desk) -> None:
    dossier = submitted(desk)
    own = AnonymousVisitor(party=dossier.applicant_id)
    assert services.withdraw(dossier.uuid, actor=own, at=AT).number is None


def test_the_desk_says_why_it_withdraws_for_somebody(desk: Desk) -> None:
    act = ACTS["withdraw"](desk)
    with refused(ReasonMissing):
        act.run(reason="")


@pytest.mark.parametrize("node", ["ket_qua", "tra_ket_qua"])
def test_what_is_decided_is_not_taken_back(desk: Desk, node: str) -> None:
    dossier = until(desk, node)
    own = AnonymousVisitor(party=dossier.applicant_id)
    with refused(DecidedAlready if node == "ket_qua" else NotInThatState):
        services.withdraw(dossier.uuid, actor=own, at=AT)


def test_a_cancelled_receipt_keeps_its_number_and_the_next_gets_another(desk: Desk) -> None:
    act = ACTS["cancel_receipt"](desk)
    done = act.run()
    assert (done.state, done.number) == (State.CANCELLED, act.dossier.number)
    assert ReceiptCancellation.objects.get().reason == "Nhầm thủ tục"
    assert received(desk).number != done.number
    with refused(NotInThatState):
        act.run()


def test_a_receipt_is_cancelled_soon_or_never(desk: Desk) -> None:
    act = ACTS["cancel_receipt"](desk)
    with refused(CancellationTooLate):
        act.run(at=AT + 2 * DAY)


def test_a_receipt_stands_once_work_has_begun(desk: Desk) -> None:
    dossier = until(desk, "ky_duyet")
    with refused(WorkBegun):
        services.cancel_receipt(dossier.uuid, actor=desk.clerk, reason="Nhầm", at=AT)


def test_a_reopened_dossier_is_worked_on_from_the_beginning(desk: Desk) -> None:
    act = ACTS["reopen"](desk)
    done = act.run(at=AT + DAY)
    assert (done.state, done.finished_at) == (State.IN_PROCESS, None)
    assert done.due_at == due(working_calendar(), AT + DAY, FIVE_DAYS).at
    assert done.number == act.dossier.number
    assert WorkItem.objects.get(dossier=done.pk).node == "tham_dinh"
    services.withdraw(done.uuid, actor=AnonymousVisitor(party=done.applicant_id), at=AT + 2 * DAY)


@pytest.mark.slow
def test_only_what_is_concluded_is_reopened(desk: Desk) -> None:
    act, other = ACTS["reopen"](desk), received(desk)
    with refused(NotInThatState):
        act.run(dossier=other)


def test_a_decision_is_not_of_tomorrow(desk: Desk) -> None:
    act = ACTS["reopen"](desk)
    with refused(DecisionAhead):
        act.run(decided_on=(AT + DAY).date())


@pytest.mark.slow
def test_a_reopened_dossier_is_concluded_again(desk: Desk) -> None:
    dossier = concluded(desk)
    at = AT + DAY
    dossier = ACTS["reopen"](desk).run(dossier=dossier, at=at)
    dossier = services.forward(
        dossier.uuid,
        step(dossier, "tham_dinh"),
        actor=desk.specialist,
        outcome="agree",
        at=at + HOUR,
    )
    assert Dossier.objects.get(pk=dossier.pk).state == State.IN_PROCESS
    assert Step.objects.get(dossier=dossier.pk, closed_at=None).node == "ky_duyet"


@pytest.mark.parametrize(
    "name", ["refuse", "stop", "withdraw", "cancel_receipt", "attach_result", "hand_over"]
)
def test_a_complaint_waits_for_its_answer_also_when_the_dossier_ends(desk: Desk, name: str) -> None:
    act = ACTS[name](desk)
    services.complain(act.dossier.uuid, actor=SYSTEM, content="Chậm quá", at=AT)
    act.run()
    assert Step.objects.get(dossier=act.dossier.pk, node="complaint").closed_at is None
    assert WorkItem.objects.filter(dossier=act.dossier.pk, node="complaint").exists()


@pytest.mark.slow
def test_after_a_reopening_it_may_be_extended_anew(desk: Desk) -> None:
    dossier = received(desk)
    services.extend(dossier.uuid, actor=desk.leader, reason="Chậm", term=TWO_DAYS, at=AT)
    dossier = reopened_at(desk, handed_over(desk, dossier), AT + DAY)
    assert extension_of(dossier) is None
    assert not told_of(dossier)
    act = ACTS["extend"](desk)
    act.run(dossier=dossier, at=AT + DAY + HOUR)
    assert extension_of(dossier) is not None
    with refused(ExtendedBefore):
        act.run(dossier=dossier, at=AT + DAY + HOUR)


@pytest.mark.slow
def test_near_due_is_counted_from_the_reopening(desk: Desk) -> None:
    dossier = reopened_at(desk, concluded(desk), AT + 30 * DAY)
    item = WorkItem.objects.get(dossier=dossier.pk)
    assert dossier.due_at is not None
    assert item.near_at == near(working_calendar(), AT + 30 * DAY, dossier.due_at)
    assert not worklist.check()


def handed_over(desk: Desk, dossier: Dossier) -> Dossier:
    """The dossier brought to its end."""
    key = dossier.uuid
    services.forward(key, step(dossier, "tham_dinh"), actor=desk.specialist, outcome="agree", at=AT)
    services.decide(key, step(dossier, "ky_duyet"), actor=desk.leader, approves=True, at=AT)
    services.attach_result(key, step(dossier, "ket_qua"), DOCUMENT, actor=desk.specialist, at=AT)
    return services.hand_over(
        key, step(dossier, "tra_ket_qua"), actor=desk.clerk, way="counter", at=AT
    )


def reopened_at(desk: Desk, dossier: Dossier, at: datetime) -> Dossier:
    """The dossier taken up again."""
    return ACTS["reopen"](desk).run(dossier=dossier, at=at)
