"""Send work back to an earlier step (trả lại bước trước)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tinhso.dossiers import services
from tinhso.dossiers.errors import ClockStopped, NotInThatState, ReasonMissing
from tinhso.dossiers.models import Step, Token, WorkItem
from tinhso.dossiers.pages.forms import SendBackForm
from tinhso.dossiers.tests.factories import AT, MARRIAGE, SYSTEM, definition_of, step, submitted
from tinhso.dossiers.tests.stages import ACTS, asked, refused, until, waiting
from tinhso.dossiers.workflow.errors import StepNotVisited, TokenNotOpen

if TYPE_CHECKING:
    from tinhso.dossiers.tests.factories import Desk


def test_the_earlier_step_opens_anew_and_the_reason_stays(desk: Desk) -> None:
    act = ACTS["send_back"](desk)
    done = act.run()
    sent = Step.objects.get(pk=act.keys[0])
    assert (sent.outcome, sent.note) == ("sent_back", "Xác minh lại")
    item = WorkItem.objects.get(dossier=done.pk)
    assert (item.node, item.person_id, item.due_at) == ("tham_dinh", None, done.due_at)
    assert Step.objects.filter(dossier=done.pk, node="tham_dinh").count() == 2
    assert Token.objects.get(dossier=done.pk).node == "tham_dinh"


def test_it_gives_its_reason(desk: Desk) -> None:
    act = ACTS["send_back"](desk)
    with refused(ReasonMissing):
        act.run(note=" ")


def test_only_a_step_that_was_visited_can_be_named(desk: Desk) -> None:
    act = ACTS["send_back"](desk)
    for node in ("ket_qua", "ky_duyet", "receipt", "bat_dau", "nothing"):
        with refused(StepNotVisited):
            act.run(to=node)


def test_the_form_offers_the_steps_of_the_branch_alone(desk: Desk) -> None:
    dossier = until(desk, "ky_duyet")
    at_head = Step.objects.get(pk=step(dossier, "ky_duyet"))
    form = SendBackForm(
        None, dossier=dossier, definition=definition_of(MARRIAGE), step=at_head, at=AT
    )
    offered = str(form["to"])
    assert 'value="tham_dinh"' in offered
    assert 'value="ky_duyet"' not in offered


def test_nothing_moves_while_the_applicant_is_awaited(desk: Desk) -> None:
    act = ACTS["send_back"](desk)
    waiting(desk, act.dossier)
    with refused(ClockStopped):
        act.run()


def test_it_is_too_late_once_the_result_is_there(desk: Desk) -> None:
    dossier = until(desk, "tra_ket_qua")
    act = ACTS["send_back"](desk)
    act.keys = [step(dossier, "tra_ket_qua")]
    with refused(NotInThatState):
        act.run(desk.clerk, dossier=dossier)


def test_neither_the_receipt_nor_an_opinion_stands_in_the_workflow(desk: Desk) -> None:
    fresh = submitted(desk)
    with refused(NotInThatState):
        services.send_back(
            fresh.uuid, step(fresh, "receipt"), actor=SYSTEM, to="tham_dinh", note="x", at=AT
        )
    dossier = asked(desk)
    with refused(TokenNotOpen):
        services.send_back(
            dossier.uuid, step(dossier, "opinion"), actor=SYSTEM, to="tham_dinh", note="x", at=AT
        )
