"""Another agency is asked to take a dossier over (đề nghị chuyển)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tinhso.agencies.models import AgencyKind, Competence
from tinhso.agencies.tests.factories import make_agency
from tinhso.dossiers import services
from tinhso.dossiers.definitions import of_version
from tinhso.dossiers.errors import (
    DecidedAlready,
    NothingToCorrect,
    NotInThatState,
    ReasonMissing,
    TransferPending,
)
from tinhso.dossiers.errors_of_transfers import AgencyAsksItself, AgencyNotCompetent
from tinhso.dossiers.models import Transfer, WorkItem
from tinhso.dossiers.pages.interrupting import TransferForm
from tinhso.dossiers.tests.factories import AT, received, submitted
from tinhso.dossiers.tests.stages import ACTS, DAY, refused, until

if TYPE_CHECKING:
    from tinhso.dossiers.tests.factories import Desk


def test_until_it_answers_nothing_else_changes(desk: Desk) -> None:
    act = ACTS["ask_transfer"](desk)
    done = act.run()
    assert done.competent_agency_id == desk.commune.pk
    assert done.due_at == act.dossier.due_at
    assert WorkItem.objects.get(dossier=done.pk, node="tham_dinh").agency_id == desk.commune.pk
    with refused(TransferPending):
        act.run()


def test_it_takes_the_work_and_the_number_stays(desk: Desk) -> None:
    act = ACTS["answer_transfer"](desk)
    done = act.run(at=AT + DAY)
    assert (done.competent_agency_id, done.number) == (desk.health.pk, act.dossier.number)
    item = WorkItem.objects.get(dossier=done.pk)
    assert (item.node, item.agency_id, item.person_id) == ("tham_dinh", desk.health.pk, None)
    moved = Transfer.objects.get()
    assert (moved.from_agency_id, moved.to_agency_id) == (desk.commune.pk, desk.health.pk)
    assert moved.reason == "Thuộc thẩm quyền Sở Y tế"


def test_a_refusal_gives_its_reason_and_leaves_the_work(desk: Desk) -> None:
    act = ACTS["answer_transfer"](desk)
    with refused(ReasonMissing):
        act.run(accepts=False, reason=" ")
    done = act.run(accepts=False, reason="Không thuộc")
    assert done.competent_agency_id == desk.commune.pk
    assert not Transfer.objects.exists()
    assert ACTS["ask_transfer"](desk).run(dossier=done).version == done.version + 1


def test_it_is_another_agency_that_holds_the_field_at_the_level_that_day(desk: Desk) -> None:
    act = ACTS["ask_transfer"](desk)
    with refused(AgencyAsksItself) as caught:
        act.run(agency=desk.commune.pk)
    assert "không có thẩm quyền" not in str(caught.value)
    for agency in (desk.land.pk, 0):
        with refused(AgencyNotCompetent) as caught:
            act.run(agency=agency)
    assert "Lĩnh vực thử nghiệm" in str(caught.value)
    Competence.objects.filter(agency=desk.health).update(until=AT.date())
    with refused(AgencyNotCompetent) as caught:
        act.run()
    assert "Sở Y tế" in str(caught.value)


def test_those_that_may_be_asked_are_offered_and_no_others(desk: Desk) -> None:
    other = make_agency("Xã Ba Tơ", kind=AgencyKind.COMMUNE, parent=desk.province)
    dossier = received(desk)
    given: dict[str, Any] = {"definition": of_version(dossier.procedure_id), "step": None}
    offered = TransferForm(dossier=dossier, at=AT, **given).fields["agency"].choices  # type: ignore[attr-defined]
    assert {key for key, _name in offered if key} == {desk.health.pk, other.pk}


def test_what_is_decided_stays_where_it_is(desk: Desk) -> None:
    act, dossier = ACTS["ask_transfer"](desk), until(desk, "ket_qua")
    with refused(DecidedAlready):
        act.run(dossier=dossier)


def test_the_applicant_is_guided_before_receipt_only(desk: Desk) -> None:
    late, early = received(desk), submitted(desk)
    with refused(NotInThatState):
        services.guide(late.uuid, actor=desk.clerk, content="Ghi rõ", at=AT)
    with refused(ReasonMissing):
        services.guide(early.uuid, actor=desk.clerk, content=" ", at=AT)


def test_guidance_is_answered_once(desk: Desk) -> None:
    act = ACTS["correct"](desk)
    act.run(at=AT + DAY)
    with refused(NothingToCorrect):
        act.run(at=AT + DAY)
