"""An account is told before its draft goes, and may delete it; a visitor's draft goes untold."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from tinhso.dossiers import notices
from tinhso.dossiers.errors import DraftNotFound
from tinhso.dossiers.models import Channel, Draft
from tinhso.dossiers.services import drafting, keeping
from tinhso.dossiers.tests.factories import AT, MARRIAGE, SYSTEM, VISITOR, answers
from tinhso.events.models import Event

if TYPE_CHECKING:
    from datetime import datetime

    from tinhso.dossiers.tests.factories import Desk
    from tinhso.kernel.actors import Actor

DAY = timedelta(days=1)


def begun(desk: Desk, owner: Actor, *, at: datetime = AT) -> Draft:
    return drafting.start(
        MARRIAGE, channel=Channel.NATIONAL, actor=owner, at=at, agency=desk.commune.pk
    )


def warned(days: int) -> int:
    return keeping.warn(actor=SYSTEM, at=AT + days * DAY)


def test_it_is_told_once_in_the_last_week(desk: Desk) -> None:
    draft = begun(desk, desk.clerk)
    assert [warned(23), warned(24), warned(24), warned(29)] == [0, 1, 0, 0]
    event = Event.objects.get(kind="dossiers.draft_ending")
    assert event.payload == {"ends_on": "2026-10-14"}
    [recipient] = notices.drafter(event)
    assert recipient.key == desk.clerk.key
    assert str(draft.uuid) in recipient.link
    assert notices.draft_facts(event)["ends_on"] == "14/10/2026"


def test_whoever_saves_again_is_told_again(desk: Desk) -> None:
    draft = begun(desk, desk.clerk)
    assert warned(25) == 1
    drafting.keep(Draft.objects.get(), answers(), at=AT + 26 * DAY)
    assert [warned(27), warned(51)] == [0, 1]
    assert drafting.sweep(actor=SYSTEM, at=AT + 55 * DAY) == 0
    assert drafting.sweep(actor=SYSTEM, at=AT + 57 * DAY) == 1
    assert not Draft.objects.filter(pk=draft.pk).exists()


def test_a_visitor_cannot_be_told(desk: Desk) -> None:
    begun(desk, VISITOR)
    assert warned(25) == 0
    assert not Event.objects.filter(kind="dossiers.draft_ending").exists()


def test_nothing_is_told_of_a_draft_that_is_gone(desk: Desk) -> None:
    begun(desk, desk.clerk)
    warned(25)
    Draft.objects.all().delete()
    assert notices.drafter(Event.objects.get(kind="dossiers.draft_ending")) == []


def test_its_owner_deletes_it_with_its_files(desk: Desk) -> None:
    draft = begun(desk, desk.clerk)
    with pytest.raises(DraftNotFound):
        keeping.throw_away(draft.uuid, actor=desk.colleague, at=AT)
    assert Draft.objects.exists()
    keeping.throw_away(draft.uuid, actor=desk.clerk, at=AT)
    assert not Draft.objects.exists()
    with pytest.raises(DraftNotFound):
        keeping.throw_away(draft.uuid, actor=desk.clerk, at=AT)
