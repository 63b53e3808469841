"""What a leader's board says of dossiers is what the queue holds."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from tinhso.dossiers.figures import late_dossiers, page_of
from tinhso.dossiers.tests.factories import AT, received
from tinhso.indicators import changes
from tinhso.indicators.attention import Question
from tinhso.kernel.actors import AnonymousVisitor

if TYPE_CHECKING:
    from tinhso.dossiers.tests.factories import Desk

LATER = AT + timedelta(days=90)


def test_late_dossiers_are_told_where_the_queue_may_be_read(desk: Desk) -> None:
    received(desk)
    received(desk)
    told = list(late_dossiers(Question(desk.clerk, LATER)))
    assert [(each.text, each.rest) for each in told] == [
        ("2 hồ sơ quá hạn đến giờ này", "tại 1 cơ quan")
    ]
    assert told[0].href == "/ho-so/?cua=&tab=qua-han"
    assert list(late_dossiers(Question(desk.clerk, LATER, frozenset({-1})))) == []
    assert list(late_dossiers(Question(desk.clerk, AT))) == []


def test_a_change_leads_to_its_dossier_and_is_told_by_the_right_to_read_dossiers(
    desk: Desk,
) -> None:
    dossier = received(desk)
    told = {each.name: each for each in changes.latest(desk.clerk, at=AT)}
    assert told["Tiếp nhận hồ sơ"].href == page_of(dossier.uuid)
    received(desk)
    (again,) = [each for each in changes.latest(desk.clerk, at=AT) if each.count == 2]
    assert (again.name, again.href) == ("Tiếp nhận hồ sơ", "")
    assert changes.latest(AnonymousVisitor(), at=AT) == []
