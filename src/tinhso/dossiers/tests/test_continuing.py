"""Dossiers that are taken up again in bulk end with the same rows as by the services."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tinhso.calendars.clock import day_of
from tinhso.calendars.queries import working_calendar
from tinhso.dossiers.bulk import Ledger
from tinhso.dossiers.continuing import take_up
from tinhso.dossiers.models import Dossier
from tinhso.dossiers.places import places_of
from tinhso.dossiers.tests.factories import AT, SYSTEM
from tinhso.dossiers.tests.playing import Play, Replay, log, tables, undone
from tinhso.dossiers.tests.test_both_ways import CHOICES, CODES, QUICKLY, begin

if TYPE_CHECKING:
    from tinhso.dossiers.tests.factories import Desk


@pytest.mark.slow
@QUICKLY
@given(codes=CODES, choices=CHOICES, cut=st.integers(0, 20))
def test_taken_up_half_way_they_end_as_by_the_services(
    desk: Desk, codes: list[str], choices: list[tuple[int, int, int]], cut: int
) -> None:
    with undone():
        play = begin(desk, codes)
        with undone():
            play.open()
            play.go_on(choices, after=lambda _dossier: None)
            by_services = tables(), log()
        with undone():
            _in_two_parts(play, len(codes) + cut)
            by_bulk = tables(), log()

    for name, rows in by_services[0].items():
        assert by_bulk[0][name] == rows, name
    assert by_bulk[1] == by_services[1]


def _in_two_parts(play: Play, cut: int) -> None:
    first = Replay(replace(play, deeds=play.deeds[:cut])).run()
    first.publish("test", actor=SYSTEM, at=AT)
    taken = take_up(
        Dossier.objects.all(),
        working_calendar(),
        lambda dossier, definition: places_of(dossier, definition, day_of(AT)),
    )
    rest = Replay(
        replace(play, deeds=play.deeds[cut:]),
        Ledger(numbers=first.numbers),
        {one.case.uuid: one.case for one in taken},
    )
    ledger = rest.run()
    ledger.cases, ledger.continued = [], taken
    ledger.publish("test", actor=SYSTEM, at=AT)
