"""Stop a dossier whose applicant never answered (dừng xử lý)."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from tinhso.calendars.clock import day_of, instant
from tinhso.dossiers import services
from tinhso.dossiers.errors import AnswerStillAwaited, NotInThatState, ReasonMissing
from tinhso.dossiers.models import Alarm, Channel, Dossier, State, Step, Token, WorkItem
from tinhso.dossiers.plans.bringing import Bringing, Posted
from tinhso.dossiers.services import timing
from tinhso.dossiers.tests.factories import (
    AT,
    BUILDING,
    SYSTEM,
    answers,
    received,
    revise,
    submitted,
)
from tinhso.dossiers.tests.stages import ACTS, DAY, refused, waiting
from tinhso.events.models import Event

if TYPE_CHECKING:
    from tinhso.dossiers.tests.factories import Desk

LONG = 90 * DAY
MARRIAGE_RULE = {"limit": 1, "answer_days": 15, "after": "resume"}


def silent(desk: Desk, rule: str = "close") -> Dossier:
    """A dossier whose applicant lets the day pass, under a version with that rule of silence."""
    revise("1.004873", supplement={**MARRIAGE_RULE, "silence": rule})
    return waiting(desk, received(desk))


def test_the_work_ends_and_nothing_stays_open(desk: Desk) -> None:
    dossier = received(desk, BUILDING)
    waiting(desk, dossier, actor=desk.builder, at=AT + DAY)
    done = services.stop(dossier.uuid, actor=SYSTEM, reason="Không bổ sung", at=AT + LONG)

    assert (done.state, done.finished_at) == (State.STOPPED, AT + LONG)
    assert State.STOPPED.national_code == 8
    for left in (Token, Alarm, WorkItem):
        assert not left.objects.filter(dossier=done.pk).exists(), left
    assert not Step.objects.filter(dossier=done.pk, closed_at=None).exists()
    assert done.stops.get().reason == "Không bổ sung"
    event = Event.objects.get(kind="dossiers.stopped")
    assert event.payload == {"ground": "unanswered"}


def test_the_silence_is_nobodys_delay(desk: Desk) -> None:
    """The time that the applicant was awaited is taken out of the clock."""
    dossier = waiting(desk, received(desk), at=AT + DAY)
    done = services.stop(dossier.uuid, actor=desk.head, reason="Không bổ sung", at=AT + LONG)
    assert not done.is_overdue(AT + LONG + LONG)


def test_before_receipt_the_desk_stops_it(desk: Desk) -> None:
    dossier = waiting(desk, submitted(desk), actor=desk.clerk)
    done = services.stop(dossier.uuid, actor=desk.clerk, reason="Không bổ sung", at=AT + LONG)
    assert (done.state, done.due_at, done.number) == (State.STOPPED, None, None)
    assert not WorkItem.objects.exists()


def test_as_long_as_the_applicant_has_time_it_is_refused(desk: Desk) -> None:
    dossier = waiting(desk)
    last = dossier.supplementrequests.get().answer_by
    days = (last - day_of(AT)).days
    with refused(AnswerStillAwaited):
        services.stop(dossier.uuid, actor=desk.head, reason="Vội", at=AT + timedelta(days=days))
    assert services.stop(
        dossier.uuid, actor=desk.head, reason="Hết hạn", at=AT + timedelta(days=days + 1)
    )


def test_a_procedure_may_say_that_silence_ends_nothing(desk: Desk) -> None:
    dossier = silent(desk, "wait")
    with refused(AnswerStillAwaited):
        services.stop(dossier.uuid, actor=desk.head, reason="Hết hạn", at=AT + LONG)


def test_it_takes_a_reason_and_an_open_request(desk: Desk) -> None:
    act, unasked = ACTS["stop"](desk), received(desk)
    with refused(ReasonMissing):
        act.run(reason="  ")
    with refused(NotInThatState):
        act.run(dossier=unasked)
    act.run()
    with refused(NotInThatState):
        act.run()


@pytest.mark.parametrize(("rule", "stops"), [("close", True), ("propose", False), ("wait", False)])
def test_the_system_stops_what_the_procedure_lets_it(desk: Desk, rule: str, *, stops: bool) -> None:
    dossier = silent(desk, rule)
    timing.stop_unanswered(actor=SYSTEM, at=AT + DAY, limit=10)
    assert Dossier.objects.get(pk=dossier.pk).state == State.AWAITING_SUPPLEMENT, "there is time"

    timing.stop_unanswered(actor=SYSTEM, at=AT + LONG, limit=10)
    now = Dossier.objects.get(pk=dossier.pk)
    assert (now.state == State.STOPPED) == stops
    assert Event.objects.filter(kind="dossiers.stopped").count() == stops


def test_what_the_post_brought_on_the_last_day_is_still_written_down(desk: Desk) -> None:
    """The last day is a Friday; the system lets Monday pass before it stops anything."""
    revise("1.004873", supplement={**MARRIAGE_RULE, "silence": "close", "answer_days": 4})
    dossier = waiting(desk, received(desk))  # on a Monday
    last = dossier.supplementrequests.get().answer_by
    friday = instant(last, 24 * 60 - 1)
    monday = friday + 3 * DAY
    timing.stop_unanswered(actor=SYSTEM, at=monday, limit=10)
    assert Dossier.objects.get(pk=dossier.pk).state == State.AWAITING_SUPPLEMENT

    facts = {
        "answers": answers(),
        "channel": Channel.POST,
        "bringing": Bringing(posted=Posted(friday)),
    }
    done = services.supplement(dossier.uuid, actor=desk.clerk, at=monday, **facts)  # type: ignore[arg-type]
    timing.stop_unanswered(actor=SYSTEM, at=monday + LONG, limit=10)
    assert Dossier.objects.get(pk=done.pk).state == State.IN_PROCESS


def test_on_tuesday_the_system_stops_it(desk: Desk) -> None:
    revise("1.004873", supplement={**MARRIAGE_RULE, "silence": "close", "answer_days": 4})
    dossier = waiting(desk, received(desk))
    tuesday = instant(dossier.supplementrequests.get().answer_by, 24 * 60) + 3 * DAY
    timing.stop_unanswered(actor=SYSTEM, at=tuesday, limit=10)
    assert Dossier.objects.get(pk=dossier.pk).state == State.STOPPED


def test_one_that_cannot_be_stopped_holds_nobody_up(desk: Desk) -> None:
    first = silent(desk)
    second = waiting(desk, received(desk))
    assert not timing.stop_unanswered(actor=SYSTEM, at=AT + LONG, limit=10)
    states = set(
        Dossier.objects.filter(pk__in=[first.pk, second.pk]).values_list("state", flat=True)
    )
    assert states == {State.STOPPED}
