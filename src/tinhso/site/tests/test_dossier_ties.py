"""A task tied to dossiers: done when each of them is settled, told by number what still lacks."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from tinhso.calendars.clock import day_of
from tinhso.dossiers.models import Dossier, State
from tinhso.dossiers.tests.factories import AT, make_desk, received
from tinhso.site.dossier_ties import DOSSIERS
from tinhso.tasks.errors import TieInvalid
from tinhso.tasks.models import Task

pytestmark = [pytest.mark.django_db, pytest.mark.slow]  # each opens a desk


def test_named_dossiers_and_those_of_some_days_are_counted_until_all_are_settled() -> None:
    desk = make_desk()
    first, second = received(desk), received(desk)
    task = Task(lead=desk.commune, agency=desk.province)
    known: Any = {"actor": desk.leader, "at": AT}
    numbers = f"{first.number}\n{second.number}\n"
    named = DOSSIERS.checked({"numbers": numbers}, task, **known)
    day = day_of(AT).isoformat()
    those = DOSSIERS.checked({"first": day, "last": day}, task, **known)
    for wrong in ({"numbers": "H99.41-000000-0000"}, {"first": day}, {}):
        with pytest.raises(TieInvalid):
            DOSSIERS.checked(wrong, task, **known)
    with pytest.raises(TieInvalid):
        DOSSIERS.checked({"numbers": numbers}, task, actor=desk.builder, at=AT)

    Dossier.objects.filter(pk=first.pk).update(state=State.DECIDED)
    for facts in (named, those):
        standing = DOSSIERS.read(facts, AT + timedelta(days=1))
        assert standing is not None
        assert (standing.numerator, standing.denominator) == (1, 2)
        assert [number for number, _page in standing.rest] == [second.number]
        assert not standing.is_reached
    Dossier.objects.filter(pk=second.pk).update(state=State.DECIDED)
    reached = [DOSSIERS.read(facts, AT) for facts in (named, those)]
    assert [one is not None and one.is_reached for one in reached] == [True, False]
    later = DOSSIERS.read(those, AT + timedelta(days=1))
    assert later is not None
    assert later.is_reached
