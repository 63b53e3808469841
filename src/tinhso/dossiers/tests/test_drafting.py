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
from tinhso.dossiers.models import Channel, Dossier, Draft
from tinhso.dossiers.services import drafting
from tinhso.dossiers.tests.factories import AT, MARRIAGE, SYSTEM, VISITOR, answers
from tinhso.dossiers.tests.stages import refused, waiting
from tinhso.kernel.actors import AnonymousVisitor
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
    again = drafting.find(draft.uuid, actor=VISITOR)
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
