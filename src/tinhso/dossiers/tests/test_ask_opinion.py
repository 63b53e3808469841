"""Ask another agency for its opinion (lấy ý kiến)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

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
from tinhso.dossiers.errors_of_opinions import OpinionAskedBefore, OpinionAwaited
from tinhso.dossiers.models import Opinion, OpinionRequest, Step, WorkItem
from tinhso.dossiers.queries.deciding import proposals_of
from tinhso.dossiers.queries.showing import history_of
from tinhso.dossiers.services.timing import lapse_opinion, lapse_opinions
from tinhso.dossiers.tests.factories import AT, MARRIAGE, SYSTEM, revise, step
from tinhso.dossiers.tests.stages import (
    ACTS,
    DAY,
    DOCUMENT,
    asked,
    decided,
    refused,
    until,
    waiting,
)
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
    facts: dict[str, Any] = {"actor": desk.specialist, "outcome": "agree", "at": AT}
    with refused(OpinionAwaited) as refusal:
        services.forward(dossier.uuid, work.pk, **facts)
    assert "Y tế" in str(refusal.value)
    assert "21/09/2026" in str(refusal.value), "who has not answered, and until when"
    services.forward(dossier.uuid, work.pk, unheard=True, **facts)
    nodes = WorkItem.objects.filter(dossier=dossier.pk).values_list("node", flat=True)
    assert set(nodes) == {"ky_duyet", "opinion"}
    key = step(dossier, "ky_duyet")
    deciding: dict[str, Any] = {"actor": desk.leader, "approves": True, "at": AT}
    with refused(OpinionAwaited):
        services.decide(dossier.uuid, key, **deciding)
    services.decide(dossier.uuid, key, unheard=True, **deciding)
    for kind in ("dossiers.forwarded", "dossiers.decided"):
        assert Event.objects.get(kind=kind).payload["unheard"] == [desk.health.pk]
    told = [line for line in history_of(dossier) if "không chờ ý kiến của" in line.what]
    assert len(told) == 2
    assert all("Y tế" in line.what and line.who for line in told)


def test_the_same_question_lies_with_an_agency_once(desk: Desk) -> None:
    act = ACTS["ask_opinion"](desk)
    act.run()
    tries: list[dict[str, Any]] = [{}, {"question": "Việc khác"}, {"again": True}]
    for facts in tries:
        with refused(OpinionAskedBefore):
            act.run(**facts)
    act.run(again=True, question="Việc khác")
    assert OpinionRequest.objects.count() == 2


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


LAST = AT + 7 * DAY
"""The day on which the five working days of the opinion end."""


@pytest.mark.parametrize(("silence", "agrees"), [("agree", [True]), ("close", [])])
def test_silence_does_what_the_procedure_says(desk: Desk, silence: str, agrees: list[bool]) -> None:
    revise(MARRIAGE, opinion_silence=silence)
    dossier = asked(desk)
    assert not lapse_opinions(actor=SYSTEM, at=LAST + DAY / 3, limit=10), "the last day is whole"
    assert WorkItem.objects.filter(node="opinion").exists()

    lapse_opinions(actor=SYSTEM, at=LAST + DAY, limit=10)
    done = Step.objects.get(node="opinion")
    assert (done.outcome, done.closed_at) == ("timed_out", LAST + DAY)
    assert list(Opinion.objects.values_list("agrees", flat=True)) == agrees
    event = Event.objects.get(kind="dossiers.opinion_lapsed")
    assert event.payload == {"step": str(done.pk), "agency": desk.health.pk, "effect": silence}
    assert WorkItem.objects.get(dossier=dossier.pk).node == "tham_dinh", "the work goes on"
    [said] = [words for name, words in proposals_of(dossier) if name.startswith("Cho ý kiến (")]
    assert ("Coi như đồng ý" if agrees else "Không trả lời") in said

    assert not lapse_opinion(OpinionRequest.objects.get().pk, actor=SYSTEM, at=LAST + 2 * DAY)
    assert Event.objects.filter(kind="dossiers.opinion_lapsed").count() == 1


def test_without_a_word_of_the_procedure_silence_does_nothing(desk: Desk) -> None:
    asked(desk)
    lapse_opinions(actor=SYSTEM, at=LAST + 30 * DAY, limit=10)
    assert WorkItem.objects.filter(node="opinion").exists()
    assert not Event.objects.filter(kind="dossiers.opinion_lapsed").exists()


def test_its_clock_runs_while_the_applicant_is_awaited(desk: Desk) -> None:
    revise(MARRIAGE, opinion_silence="close")
    waiting(desk, asked(desk))
    lapse_opinions(actor=SYSTEM, at=LAST + DAY, limit=10)
    assert not WorkItem.objects.filter(node="opinion").exists()


def test_an_answer_after_the_last_day_counts_as_long_as_none_was_assumed(desk: Desk) -> None:
    revise(MARRIAGE, opinion_silence="agree")
    dossier = asked(desk)
    services.give_opinion(
        dossier.uuid,
        step(dossier, "opinion"),
        actor=desk.outsider,
        agrees=False,
        content="Không phù hợp",
        at=LAST + DAY,
    )
    lapse_opinions(actor=SYSTEM, at=LAST + DAY, limit=10)
    assert not Opinion.objects.get().agrees
