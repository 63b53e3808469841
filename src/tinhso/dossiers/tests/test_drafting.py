"""Drafts (bản nháp): begun, kept as typed, handed in once, deleted after thirty days."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest

from tinhso.dossiers.errors import (
    AnswersInvalid,
    ChannelClosed,
    DraftHandedIn,
    DraftNotFound,
    ProcedureNotFound,
)
from tinhso.dossiers.errors_of_drafts import DraftCodeUnknown, HelpNotAgreed
from tinhso.dossiers.files import may_read
from tinhso.dossiers.models import Channel, Dossier, Draft
from tinhso.dossiers.services import drafting, opening
from tinhso.dossiers.tests.factories import AT, MARRIAGE, SYSTEM, VISITOR, answers
from tinhso.dossiers.tests.stages import refused, waiting
from tinhso.events.models import Event
from tinhso.kernel.actors import AnonymousVisitor
from tinhso.kernel.identifiers import show_reference
from tinhso.kernel.permissions import PermissionMissing

if TYPE_CHECKING:
    from tinhso.dossiers.tests.factories import Desk
    from tinhso.kernel.actors import Actor

DAYS = timedelta(days=1)


def begun(desk: Desk, actor: Actor = VISITOR) -> Draft:
    return drafting.start(
        MARRIAGE, channel=Channel.NATIONAL, actor=actor, at=AT, agency=desk.commune.pk
    )


def filled(desk: Desk, actor: Actor = VISITOR) -> Draft:
    return drafting.keep(begun(desk, actor), answers(), at=AT)


def test_what_was_typed_is_kept_whether_it_is_right_or_not(desk: Desk) -> None:
    draft = drafting.keep(begun(desk), answers(personal_id="12x"), at=AT + DAYS)
    again = drafting.find(draft.uuid, actor=VISITOR, held=[draft.uuid])
    assert again.saved_at == AT + DAYS
    assert drafting.answers_of(again, at=AT).stored() == draft.answers


def test_it_becomes_the_dossier_of_its_own_key(desk: Desk) -> None:
    draft = filled(desk)
    dossier = drafting.hand_in(draft, channel=Channel.NATIONAL, actor=VISITOR, at=AT)
    assert dossier.uuid == draft.uuid
    assert dossier.receiving_agency_id == desk.commune.pk
    assert not Draft.objects.exists()


def test_sent_twice_it_is_handed_in_once(desk: Desk) -> None:
    draft = filled(desk)
    twice = Draft.objects.get(uuid=draft.uuid)
    drafting.hand_in(draft, channel=Channel.NATIONAL, actor=VISITOR, at=AT)
    with refused(DraftHandedIn):
        drafting.hand_in(twice, channel=Channel.NATIONAL, actor=VISITOR, at=AT)
    with pytest.raises(DraftHandedIn):
        drafting.find(draft.uuid, actor=VISITOR)
    assert Dossier.objects.count() == 1


def test_what_is_not_right_stays_a_draft(desk: Desk) -> None:
    draft = drafting.keep(begun(desk), answers(phone=None), at=AT)
    with refused(AnswersInvalid):
        drafting.hand_in(draft, channel=Channel.NATIONAL, actor=VISITOR, at=AT)
    assert Draft.objects.get().answers == draft.answers


def test_an_account_finds_its_own_alone(desk: Desk) -> None:
    draft = begun(desk, desk.clerk)
    assert drafting.find(draft.uuid, actor=desk.clerk) == draft
    for actor in (VISITOR, desk.colleague):
        with pytest.raises(DraftNotFound):
            drafting.find(draft.uuid, actor=actor)


def test_a_visitors_draft_is_for_who_holds_it(desk: Desk) -> None:
    draft = filled(desk)
    before = Event.objects.count()
    for actor in (VISITOR, desk.clerk, desk.head, desk.outsider, SYSTEM):
        with pytest.raises(DraftNotFound) as refusal:
            drafting.find(draft.uuid, actor=actor, held=[uuid4()])
        assert "Lan" not in str(refusal.value)
        assert drafting.find(draft.uuid, actor=actor, held=[draft.uuid]) == draft
    assert Event.objects.count() == before


def test_files_of_a_visitors_draft_are_no_other_visitors(desk: Desk) -> None:
    draft = begun(desk)
    for actor in (VISITOR, desk.clerk, desk.head):
        assert not may_read(actor, draft.uuid, AT)
    assert may_read(SYSTEM, draft.uuid, AT), "who relays it"
    own = begun(desk, desk.clerk)
    assert may_read(desk.clerk, own.uuid, AT)


def test_its_code_opens_it_however_it_is_written(desk: Desk) -> None:
    draft = begun(desk)
    code = opening.code_of(draft)
    for written in (code, show_reference(code), f" {code.lower()}\u200b"):
        assert opening.by_code(written) == draft


def test_an_older_draft_gets_its_code_when_it_is_asked_for(desk: Desk) -> None:
    draft = begun(desk)
    Draft.objects.update(code=None)
    draft.refresh_from_db()
    code = opening.code_of(draft)
    assert opening.by_code(code) == draft
    assert opening.code_of(draft) == code


def test_the_draft_of_an_account_has_no_code(desk: Desk) -> None:
    draft = begun(desk, desk.clerk)
    assert opening.code_of(draft) == ""
    for typed in ("", "ABCDE-12345", str(draft.uuid), "x" * 500):
        with pytest.raises(DraftCodeUnknown):
            opening.by_code(typed)


def test_an_officer_helps_with_consent_and_it_is_recorded(desk: Desk) -> None:
    draft = begun(desk)
    code = opening.code_of(draft)
    assert opening.help_with(code, agreed=True, actor=desk.clerk, at=AT) == draft
    event = Event.objects.get(kind="dossiers.draft_opened")
    assert (event.subject, event.actor) == (draft.uuid, desk.clerk.key)
    assert event.payload == {"procedure": MARRIAGE}


def test_nobody_helps_without_consent_or_code_or_right(desk: Desk) -> None:
    code = opening.code_of(begun(desk))
    with pytest.raises(HelpNotAgreed):
        opening.help_with(code, agreed=False, actor=desk.clerk, at=AT)
    with pytest.raises(DraftCodeUnknown):
        opening.help_with("ABCDE-12345", agreed=True, actor=desk.clerk, at=AT)
    with pytest.raises(PermissionMissing):
        opening.help_with(code, agreed=True, actor=desk.specialist, at=AT)
    assert not Event.objects.filter(kind="dossiers.draft_opened").exists()


@pytest.mark.usefixtures("db")
def test_what_nobody_began_is_not_found() -> None:
    with pytest.raises(DraftNotFound):
        drafting.find(uuid4(), actor=VISITOR)


def test_it_begins_by_an_open_channel_under_a_procedure_in_force(desk: Desk) -> None:
    with pytest.raises(ChannelClosed):
        drafting.start(MARRIAGE, channel=Channel.PORTAL, actor=desk.clerk, at=AT)
    with pytest.raises(ProcedureNotFound):
        drafting.start("9.999999", channel=Channel.NATIONAL, actor=desk.clerk, at=AT)
    assert not Draft.objects.exists()


def test_thirty_days_untouched_and_it_goes(desk: Desk) -> None:
    begun(desk)
    assert drafting.sweep(actor=SYSTEM, at=AT + 30 * DAYS) == 0
    assert drafting.sweep(actor=SYSTEM, at=AT + 30 * DAYS + timedelta(seconds=1)) == 1


def test_what_came_too_late_is_refused_by_name(desk: Desk) -> None:
    handed_in, swept = filled(desk), begun(desk)
    late = Draft.objects.get(uuid=handed_in.uuid)
    drafting.hand_in(handed_in, channel=Channel.NATIONAL, actor=VISITOR, at=AT)
    with refused(DraftHandedIn):
        drafting.keep(late, answers(), at=AT)
    Draft.objects.filter(pk=swept.pk).delete()
    with refused(DraftNotFound):
        drafting.keep(swept, answers(), at=AT)
    with refused(DraftNotFound):
        drafting.hand_in(swept, channel=Channel.NATIONAL, actor=VISITOR, at=AT)
    assert not Draft.objects.exists()


def test_naming_the_place_does_not_undo_what_another_page_kept(desk: Desk) -> None:
    early = begun(desk)
    seen = drafting.answers_of(early, at=AT)
    drafting.keep(Draft.objects.get(pk=early.pk), answers(), at=AT)
    drafting.keep(early, seen, at=AT, agency=desk.construction.pk)
    kept = Draft.objects.get()
    assert kept.answers["typed"]["full_name"] == ["Lan Một"]
    assert kept.agency_id == desk.construction.pk


def test_it_is_handed_in_as_it_was_kept_last(desk: Desk) -> None:
    early = filled(desk)
    drafting.keep(Draft.objects.get(), answers(phone="0000000007"), at=AT)
    dossier = drafting.hand_in(early, channel=Channel.NATIONAL, actor=VISITOR, at=AT)
    assert dossier.submissions.get().answers["phone"] == "0000000007"


def test_a_supplement_is_begun_by_the_applicant_or_by_the_desk_for_them(desk: Desk) -> None:
    dossier = waiting(desk)
    with refused(PermissionMissing):
        drafting.open_supplement(dossier.uuid, actor=desk.specialist, at=AT)
    assert not Draft.objects.exists()
    applicant = AnonymousVisitor(party=dossier.applicant_id)
    draft = drafting.open_supplement(dossier.uuid, actor=applicant, at=AT)
    assert drafting.open_supplement(dossier.uuid, actor=desk.clerk, at=AT) == draft


def begun_as(owner: str, dossier: Dossier) -> Draft:
    return Draft.objects.create(
        uuid=dossier.uuid,
        procedure_id=dossier.procedure_id,
        owner=f"{owner}:{dossier.uuid}",
        answers={"typed": {"full_name": ["Lan Một"]}, "attached": {}},
        started_at=AT,
        saved_at=AT,
    )


def test_a_draft_begun_before_they_were_apart_by_purpose_is_taken_over(desk: Desk) -> None:
    dossier = waiting(desk)
    old = begun_as("dossier", dossier)
    found = drafting.open_supplement(dossier.uuid, actor=desk.clerk, at=AT)
    assert (found.pk, found.answers) == (old.pk, old.answers)
    assert Draft.objects.get().owner == f"supplement:{dossier.uuid}"


def test_what_was_begun_for_another_purpose_goes_when_something_is_typed(desk: Desk) -> None:
    dossier = waiting(desk)
    other = begun_as("correction", dossier)
    shown = drafting.open_supplement(dossier.uuid, actor=desk.clerk, at=AT, only_shown=True)
    assert shown.pk is None
    assert shown.answers != other.answers
    assert Draft.objects.get() == other
    typed = drafting.open_supplement(dossier.uuid, actor=desk.clerk, at=AT)
    assert Draft.objects.get() == typed
    assert typed.answers == shown.answers
