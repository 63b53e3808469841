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
from tinhso.dossiers.tests.factories import AT, MARRIAGE, VISITOR, answers
from tinhso.dossiers.tests.stages import refused

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
    assert drafting.sweep(at=AT + 30 * DAYS) == 0
    assert drafting.sweep(at=AT + 30 * DAYS + timedelta(seconds=1)) == 1
