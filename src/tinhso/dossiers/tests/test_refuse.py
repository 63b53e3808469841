"""Refuse receipt (từ chối tiếp nhận)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tinhso.dossiers.errors import NotInThatState, ReasonMissing
from tinhso.dossiers.models import Refusal, State, WorkItem
from tinhso.dossiers.tests.factories import AT, received
from tinhso.dossiers.tests.stages import ACTS, refused

if TYPE_CHECKING:
    from tinhso.dossiers.tests.factories import Desk


def test_it_ends_the_dossier_with_the_reason_and_without_a_number(desk: Desk) -> None:
    done = ACTS["refuse"](desk).run()
    assert (done.state, done.number, done.finished_at) == (State.REFUSED, None, AT)
    assert Refusal.objects.get(dossier=done.pk).reason == "Sai thẩm quyền"
    assert not WorkItem.objects.exists()
    assert done.steps.get().outcome == "refused"


@pytest.mark.parametrize("reason", ["", "  \n"])
def test_it_gives_its_reason(desk: Desk, reason: str) -> None:
    act = ACTS["refuse"](desk)
    with refused(ReasonMissing):
        act.run(reason=reason)


def test_what_was_received_is_not_refused(desk: Desk) -> None:
    act = ACTS["refuse"](desk)
    dossier = received(desk)
    with refused(NotInThatState):
        act.run(dossier=dossier)


def test_what_was_refused_is_not_refused_again(desk: Desk) -> None:
    act = ACTS["refuse"](desk)
    act.run()
    with refused(NotInThatState):
        act.run()
