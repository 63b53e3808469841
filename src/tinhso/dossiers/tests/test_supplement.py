"""Hand in what was missing (bổ sung hồ sơ)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest

from tinhso.calendars.clock import day_of, instant, local
from tinhso.dossiers import services
from tinhso.dossiers.api.serialising import shown_whole
from tinhso.dossiers.asked import changed_of
from tinhso.dossiers.errors import AnswersInvalid, NothingToSupplement
from tinhso.dossiers.forming import PAPER
from tinhso.dossiers.judging import answers_so_far
from tinhso.dossiers.models import (
    Channel,
    OpinionRequest,
    PaperConfirmation,
    Resumption,
    State,
    WorkItem,
)
from tinhso.dossiers.pages.papers import papers_of
from tinhso.dossiers.queries.exchange import whole
from tinhso.dossiers.queries.kept_papers import codes_at
from tinhso.dossiers.queries.showing import why_that_day
from tinhso.dossiers.services.intake import Application
from tinhso.dossiers.tests.factories import (
    AT,
    BUILDING,
    MARRIAGE,
    SYSTEM,
    VISITOR,
    WELL,
    answers,
    definition_of,
    received,
    step,
    stored_paper,
    submitted,
)
from tinhso.dossiers.tests.stages import ACTS, DAY, asked, refused, supplemented, until, waiting
from tinhso.events.models import Event
from tinhso.kernel.actors import AnonymousVisitor

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from tinhso.dossiers.models import Dossier
    from tinhso.dossiers.tests.factories import Desk
SLOT = f"{PAPER}1"


def shown(at: datetime | None) -> str:
    assert at is not None
    return f"{local(at):%Y-%m-%d %H:%M}"


def test_the_applicant_answers_and_the_work_goes_on(desk: Desk) -> None:
    dossier = waiting(desk)
    done = supplemented(dossier, actor=AnonymousVisitor(party=dossier.applicant_id), at=AT + DAY)

    assert done.state == State.IN_PROCESS
    assert done.submissions.count() == 2
    assert done.supplementrequests.get().answer.at == AT + DAY
    assert not WorkItem.objects.get(dossier=done.pk).is_paused


def test_resume_adds_the_working_time_that_was_stopped(desk: Desk) -> None:
    """Due on Thursday the 17th; stopped from Tuesday to Thursday, 8 o'clock: two working days more."""
    dossier = waiting(desk, received(desk), at=AT + DAY)
    assert shown(dossier.due_at) == "2026-09-17 17:00"
    done = supplemented(dossier, actor=desk.clerk, at=AT + 3 * DAY)

    assert shown(done.due_at) == "2026-09-21 17:00"
    went_on = Resumption.objects.get(dossier=done.pk)
    assert (went_on.due_before, went_on.due_after) == (dossier.due_at, done.due_at)
    assert why_that_day(done)[-4:] == went_on.explanation
    assert went_on.explanation[-1].startswith("Thứ Hai 21/09/2026: hạn mới 17:00")
    item = WorkItem.objects.get(dossier=done.pk)
    assert item.due_at == done.due_at
    assert shown(item.near_at) == "2026-09-18 15:30", "four fifths from receipt to the new time"
    event = Event.objects.get(kind="dossiers.supplemented")
    assert event.payload == {"channel": "national", "due_at": "2026-09-21T10:00:00+00:00"}


def test_restart_begins_the_term_that_the_procedure_names(desk: Desk) -> None:
    """Eighteen working days from Thursday 17 September: Tuesday 13 October."""
    dossier = waiting(desk, received(desk, WELL), actor=SYSTEM, at=AT + DAY)
    done = supplemented(dossier, actor=SYSTEM, at=AT + 3 * DAY, code=WELL)
    assert shown(done.due_at) == "2026-10-13 17:00"


def test_before_receipt_no_clock_starts(desk: Desk) -> None:
    dossier = waiting(desk, submitted(desk), actor=desk.clerk)
    done = supplemented(dossier, actor=desk.clerk, at=AT + DAY)
    assert (done.state, done.due_at) == (State.SUBMITTED, None)
    assert not Resumption.objects.exists()
    item = WorkItem.objects.get(dossier=done.pk)
    assert (item.due_at, item.is_paused) == (None, False)


def test_alarms_wait_for_as_long_as_the_clock_stood_still(desk: Desk) -> None:
    dossier = received(desk, BUILDING)
    waiting(desk, dossier, actor=desk.builder, at=AT + DAY)
    supplemented(dossier, actor=SYSTEM, at=AT + 3 * DAY, code=BUILDING)
    assert dossier.alarms.get().fires_at == instant(day_of(AT), 15 * 24 * 60)


def test_an_opinion_keeps_the_time_that_was_set_for_it(desk: Desk) -> None:
    dossier = asked(desk)
    own = OpinionRequest.objects.get(dossier=dossier.pk).due_at
    near = WorkItem.objects.get(node="opinion").near_at

    waiting(desk, dossier, at=AT + DAY)
    for moment in ("asked", "answered"):
        item = WorkItem.objects.get(node="opinion")
        assert (item.due_at, item.near_at, item.is_paused) == (own, near, False), moment
        if moment == "asked":
            supplemented(dossier, actor=desk.clerk, at=AT + 3 * DAY)


def test_an_opinion_is_given_also_while_the_applicant_is_awaited(desk: Desk) -> None:
    dossier = waiting(desk, asked(desk))
    done = services.give_opinion(
        dossier.uuid,
        step(dossier, "opinion"),
        actor=desk.outsider,
        agrees=True,
        content="Thống nhất",
        at=AT,
    )
    assert done.state == State.AWAITING_SUPPLEMENT
    assert not WorkItem.objects.filter(node="opinion").exists()


@pytest.mark.slow
def test_nothing_is_answered_that_was_not_asked(desk: Desk) -> None:
    act = ACTS["supplement"](desk)
    act.run()
    with refused(NothingToSupplement):
        act.run()
    settled = until(desk, "tra_ket_qua")
    with refused(NothingToSupplement):
        act.run(dossier=settled)


def test_wrong_answers_are_named_and_the_clock_stays_stopped(desk: Desk) -> None:
    dossier = waiting(desk)
    with refused(AnswersInvalid) as caught:
        services.supplement(
            dossier.uuid,
            actor=desk.clerk,
            answers=answers(phone=None),
            channel=Channel.COUNTER,
            at=AT,
        )
    assert isinstance(caught.value, AnswersInvalid)
    assert set(caught.value.errors) == {"phone"}


def with_papers(desk: Desk, *names: str, channel: Channel) -> Dossier:
    """A dossier with these files as its one optional paper, of which something else is missing at the desk."""
    key = uuid4()
    files: dict[str, Any] = {SLOT: [stored_paper(name, dossier=key) for name in names]}
    filing = Application(
        procedure=MARRIAGE,
        channel=channel,
        answers=answers(dossier=key, **files),
        key=key,
        agency=desk.commune.pk,
    )
    actor = desk.clerk if channel == Channel.COUNTER else VISITOR
    return waiting(desk, services.submit(filing, actor=actor, at=AT), actor=desk.clerk)


def handed_in_again(desk: Desk, dossier: Dossier, files: Sequence[Mapping[str, str]]) -> None:
    """The same answers with these files."""
    definition = definition_of(MARRIAGE)
    values = {**answers_so_far(dossier, definition).values, SLOT: files}
    services.supplement(
        dossier.uuid,
        actor=desk.clerk,
        answers=definition.form.of_values(values),
        channel=Channel.COUNTER,
        at=AT + DAY,
    )


def test_what_was_taken_out_does_not_come_back(desk: Desk) -> None:
    """Two files in, one taken out with the first supplement: the second begins without it, and so does the page."""
    definition = definition_of(MARRIAGE)
    dossier = with_papers(desk, "a.pdf", "b.pdf", channel=Channel.NATIONAL)
    before = answers_so_far(dossier, definition).attached[SLOT]
    assert [one["name"] for one in before] == ["a.pdf", "b.pdf"], "as they came"
    handed_in_again(desk, dossier, before[:1])
    assert answers_so_far(dossier, definition).attached[SLOT] == before[:1]
    assert dossier.papers.filter(file__filename="b.pdf").exists(), "what was handed in stays known"
    shown = [paper for _name, paper in papers_of(dossier, definition)]
    assert [paper.file.filename for paper in shown if paper.is_taken_out] == ["b.pdf"]
    changed = [(one.before, one.after) for one in changed_of(dossier, definition)]
    assert changed == [("b.pdf", "")], "what stayed is not told"
    found = whole(dossier.uuid, actor=desk.specialist, at=AT + DAY, on=(AT + DAY).date())
    assert [one.taken_out for one in shown_whole(found).papers] == [False, True]


@pytest.mark.parametrize("left", ["", "c.pdf"])
def test_the_desk_says_nothing_of_what_was_taken_out_before_the_receipt(
    desk: Desk, left: str
) -> None:
    """Neither is it asked for, nor confirmed, nor printed; what came after the receipt is not printed either."""
    dossier = with_papers(desk, "a.pdf", "b.pdf", channel=Channel.COUNTER)
    files = [stored_paper(left, dossier=dossier.uuid)] if left else []
    handed_in_again(desk, dossier, files)
    seen = {"giay-cu": "original"} if left else {}
    services.receive(dossier.uuid, actor=desk.clerk, at=AT + DAY, seen=seen)
    confirmed = PaperConfirmation.objects.values_list("paper__file__filename", flat=True)
    assert list(confirmed) == [left] * bool(left)
    assert codes_at(dossier, AT + DAY) == set(seen)
    assert codes_at(dossier, AT) == {"giay-cu"}
