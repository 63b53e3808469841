"""Papers are confirmed one by one; what the platform holds is taken, not asked for a second time."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest

from tinhso.dossiers import services
from tinhso.dossiers.errors import NotInThatState
from tinhso.dossiers.errors_of_papers import (
    HeldUnknown,
    HelpedOnPaper,
    PaperConfirmed,
    PaperHeld,
    PaperNotThere,
    PapersUnconfirmed,
)
from tinhso.dossiers.files import RESULT
from tinhso.dossiers.models import (
    Channel,
    Dossier,
    HeldPaperAsked,
    Paper,
    PaperConfirmation,
    Result,
    State,
)
from tinhso.dossiers.plans.bringing import Agreed, Bringing
from tinhso.dossiers.queries.holding import held
from tinhso.dossiers.queries.showing import history_of
from tinhso.dossiers.services import drafting, reusing
from tinhso.dossiers.services.confirming import codes_named
from tinhso.dossiers.tests.factories import (
    AT,
    MARRIAGE,
    application,
    definition_of,
    step,
    stored_paper,
    submitted,
)
from tinhso.dossiers.tests.stages import DOCUMENT, REFUSAL, refused, rejected, until
from tinhso.files.services import Subject, store
from tinhso.files.tests.factories import PDF
from tinhso.kernel.actors import AnonymousVisitor
from tinhso.kernel.permissions import PermissionMissing
from tinhso.parties.models import Party

if TYPE_CHECKING:
    from tinhso.dossiers.tests.factories import Desk

pytestmark = pytest.mark.usefixtures("desk")
OLD = "Giấy xác nhận tình trạng hôn nhân đã cấp trước đó"
KIND = "giay-xac-nhan-tinh-trang-hon-nhan"


def handed_over(desk: Desk, *, valid_until: date | None = None) -> Dossier:
    """A dossier whose certificate, with its file, reached the applicant."""
    dossier = until(desk, "ket_qua")
    subject = Subject(RESULT, dossier.uuid)
    by: dict[str, Any] = {"actor": desk.specialist, "at": AT}
    file = store(BytesIO(PDF), filename="kq.pdf", purpose="result", subject=subject, **by)
    document = replace(DOCUMENT, file=file.pk, valid_until=valid_until)
    services.attach_result(dossier.uuid, step(dossier, "ket_qua"), document, **by)
    return services.hand_over(
        dossier.uuid, step(dossier, "tra_ket_qua"), actor=desk.clerk, way="counter", at=AT
    )


def refusal_handed_over(desk: Desk) -> Dossier:
    """A dossier whose written refusal, with its file, reached the applicant."""
    dossier = rejected(desk)
    subject = Subject(RESULT, dossier.uuid)
    by: dict[str, Any] = {"actor": desk.specialist, "at": AT}
    file = store(BytesIO(PDF), filename="tc.pdf", purpose="result", subject=subject, **by)
    document = replace(REFUSAL, file=file.pk, valid_until=AT.date() + timedelta(days=90))
    services.attach_result(dossier.uuid, step(dossier, "ket_qua"), document, **by)
    return services.hand_over(
        dossier.uuid, step(dossier, "tra_ket_qua"), actor=desk.clerk, way="counter", at=AT
    )


def test_a_refusal_serves_nowhere_whatever_kind_it_was_saved_as(desk: Desk) -> None:
    dossier = refusal_handed_over(desk)
    result = Result.objects.get()
    assert (result.refuses, result.kind, result.valid_until) == (True, "", None)
    Result.objects.update(kind=KIND)
    assert dossier.applicant_id
    assert held(definition_of(MARRIAGE), [dossier.applicant_id], on=AT.date()) == []


def with_old_paper(desk: Desk, *, files: int = 1, **more: Any) -> Any:
    """An application at the counter with the old certificate as an upload."""
    key = uuid4()
    paper = [stored_paper(dossier=key) for _each in range(files)]
    given = application(agency=desk.commune, channel=Channel.COUNTER, paper_1=paper)
    return replace(given, key=key, **more)


def test_a_result_is_kept_with_its_kind_holder_and_agency(desk: Desk) -> None:
    dossier = handed_over(desk)
    result = Result.objects.get()
    assert (result.kind, result.holder_id, result.agency_id) == (
        KIND,
        dossier.applicant_id,
        desk.commune.pk,
    )


def test_what_was_brought_is_not_received_unconfirmed(desk: Desk) -> None:
    dossier = services.submit(with_old_paper(desk), actor=desk.clerk, at=AT)
    for seen in ({}, {"giay-cu": "glanced-at"}):
        with refused(PapersUnconfirmed):
            services.receive(dossier.uuid, actor=desk.clerk, at=AT, seen=seen)
    services.receive(dossier.uuid, actor=desk.clerk, at=AT, seen={"giay-cu": "original"})
    row = PaperConfirmation.objects.get()
    assert (row.seen_as, row.kind, row.actor, row.at) == ("original", KIND, desk.clerk.key, AT)
    assert row.paper.code == "giay-cu"


def test_both_sides_of_a_paper_are_told_of_in_one_line(desk: Desk) -> None:
    dossier = services.submit(with_old_paper(desk, files=2), actor=desk.clerk, at=AT)
    services.receive(dossier.uuid, actor=desk.clerk, at=AT, seen={"giay-cu": "original"})
    assert PaperConfirmation.objects.count() == 2
    (told,) = [line for line in history_of(dossier) if line.what == "Xác nhận giấy tờ"]
    assert told.words == f"{OLD}: Bản chính đã đối chiếu (2 tệp)"


def test_who_is_helped_to_file_leaves_no_paper_at_the_desk(desk: Desk) -> None:
    """Else a desk would raise its share on line by choosing another tab."""
    agreed = Agreed("Tổ công nghệ số cộng đồng", "Lan Một", AT.date(), "spoken")
    bringing = Bringing(desk=desk.commune.pk, helping=desk.commune.pk, agreed=agreed)
    given = replace(with_old_paper(desk), channel=Channel.HELPER, bringing=bringing)
    dossier = services.submit(given, actor=desk.clerk, at=AT)
    for seen in ("copy", "certified"):
        with refused(HelpedOnPaper):
            services.receive(dossier.uuid, actor=desk.clerk, at=AT, seen={"giay-cu": seen})
    services.receive(dossier.uuid, actor=desk.clerk, at=AT)
    paper = Paper.objects.get(dossier=dossier).pk
    with refused(HelpedOnPaper):
        services.confirm_paper(dossier.uuid, paper, seen_as="copy", actor=desk.clerk, at=AT)
    assert not PaperConfirmation.objects.exists()


@pytest.mark.slow
def test_what_was_filed_on_line_stays_unconfirmed_until_somebody_who_has_it_looks(
    desk: Desk,
) -> None:
    given = replace(with_old_paper(desk), channel=Channel.NATIONAL)
    key = services.submit(given, actor=desk.clerk, at=AT).uuid
    paper = Paper.objects.get(dossier__uuid=key).pk
    applicant = AnonymousVisitor(party=Dossier.objects.get(uuid=key).applicant_id)
    by: dict[str, Any] = {"seen_as": "electronic", "actor": desk.clerk, "at": AT}
    with refused(NotInThatState):
        services.confirm_paper(key, paper, **by)
    services.receive(key, actor=desk.clerk, at=AT)
    assert not PaperConfirmation.objects.exists()
    with refused(PapersUnconfirmed):
        services.confirm_paper(key, paper, **{**by, "seen_as": ""})
    with refused(PaperNotThere):
        services.confirm_paper(key, uuid4(), **by)
    with refused(PermissionMissing):
        services.confirm_paper(key, paper, **{**by, "actor": applicant})
    services.confirm_paper(key, paper, **{**by, "actor": desk.specialist})
    row = PaperConfirmation.objects.get()
    assert (row.paper_id, row.seen_as, row.actor) == (paper, "electronic", desk.specialist.key)
    told = [line for line in history_of(row.dossier) if line.what == "Xác nhận giấy tờ"]
    assert [(line.at, line.who) for line in told] == [(AT, "Hùng")]
    assert told[0].words.endswith(": Bản điện tử")
    with refused(PaperConfirmed):
        services.confirm_paper(key, paper, **by)


def test_a_result_offers_itself_as_long_as_it_is_valid(desk: Desk) -> None:
    dossier = handed_over(desk, valid_until=AT.date() + timedelta(days=10))
    assert dossier.applicant_id
    holders = [dossier.applicant_id]
    (one,) = held(definition_of(MARRIAGE), holders, on=AT.date() + timedelta(days=10))
    assert (one.paper.code, one.number) == ("giay-cu", DOCUMENT.document_number)
    assert held(definition_of(MARRIAGE), holders, on=AT.date() + timedelta(days=11)) == []
    Dossier.objects.filter(pk=dossier.pk).update(state=State.IN_PROCESS)
    assert held(definition_of(MARRIAGE), holders, on=AT.date()) == []


def test_it_is_taken_into_a_draft_once(desk: Desk) -> None:
    dossier = handed_over(desk)
    assert dossier.applicant_id
    holders = [dossier.applicant_id]
    draft = drafting.start(MARRIAGE, channel=Channel.COUNTER, actor=desk.clerk, at=AT)
    (one,) = reusing.offers(draft, holders, at=AT)
    with pytest.raises(HeldUnknown):
        reusing.take(draft, one.key, [], actor=desk.clerk, at=AT)
    reusing.take(draft, one.key, holders, actor=desk.clerk, at=AT)
    assert drafting.answers_of(draft, at=AT).attached["paper_1"][0]["name"] == "kq.pdf"
    assert reusing.offers(draft, holders, at=AT) == []


def test_asking_for_it_is_refused_unless_there_is_a_reason(desk: Desk) -> None:
    handed = handed_over(desk)
    waiting = submitted(desk)
    Dossier.objects.filter(pk=waiting.pk).update(applicant=handed.applicant_id)
    asking: dict[str, Any] = {"actor": desk.clerk, "items": [f"Nộp {OLD}."], "reason": "Thiếu"}
    with refused(PaperHeld) as caught:
        services.request_supplement(waiting.uuid, at=AT, **asking)
    assert DOCUMENT.document_number in str(caught.value)
    services.request_supplement(waiting.uuid, at=AT, anyway="Sai ngày sinh", **asking)
    row = HeldPaperAsked.objects.get()
    assert (row.code, row.reason, row.dossier_id) == ("giay-cu", "Sai ngày sinh", waiting.pk)


def test_the_counter_does_not_take_it_anew_from_somebody_it_knows(desk: Desk) -> None:
    handed = handed_over(desk)
    party = Party.objects.get(pk=handed.applicant_id or 0)
    given = with_old_paper(desk, party=party.uuid)
    with refused(PaperHeld):
        services.submit(given, actor=desk.clerk, at=AT)
    services.submit(replace(given, anyway="Hết giá trị"), actor=desk.clerk, at=AT)
    assert HeldPaperAsked.objects.get().reason == "Hết giá trị"


def test_lines_name_papers_by_all_their_words(desk: Desk) -> None:
    del desk
    definition = definition_of(MARRIAGE)
    assert codes_named(definition, [OLD.upper()]) == {"giay-cu"}
    assert codes_named(definition, ["Giấy xác nhận"]) == set()
