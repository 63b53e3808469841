"""An act does the same by its service as by its plan and COPY; the caches say what follows from the rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tinhso.dossiers.models import Dossier, State
from tinhso.dossiers.queries.derivation import LEGAL, Standing, standing
from tinhso.dossiers.services import worklist
from tinhso.dossiers.tests.factories import AT, BUILDING, MARRIAGE, SYSTEM, WELL
from tinhso.dossiers.tests.playing import Play, Replay, log, tables, undone
from tinhso.kernel.actors import AnonymousVisitor
from tinhso.parties.tests.factories import make_party

if TYPE_CHECKING:
    from tinhso.dossiers.tests.factories import Desk

CODES = st.lists(st.sampled_from([MARRIAGE, WELL, BUILDING]), min_size=1, max_size=3)
CHOICES = st.lists(
    st.tuples(st.integers(0, 2), st.integers(0, 120), st.integers(0, 1000)),
    min_size=10,
    max_size=40,
)
QUICKLY = settings(
    max_examples=12,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def begin(desk: Desk, codes: list[str]) -> Play:
    party = make_party("Lan Một", personal_id="000190000001", phone="0000000001")
    play = Play(desk, AnonymousVisitor(party=party.pk))
    play.prepare(codes)
    return play


@pytest.mark.slow
@QUICKLY
@given(codes=CODES, choices=CHOICES)
def test_services_and_bulk_write_the_same_rows_and_events(
    desk: Desk, codes: list[str], choices: list[tuple[int, int, int]]
) -> None:
    with undone():
        play = begin(desk, codes)
        with undone():
            play.open()
            play.go_on(choices, after=lambda _dossier: None)
            by_services = tables(), log()
        with undone():
            Replay(play).run().publish("test", actor=SYSTEM, at=AT)
            by_bulk = tables(), log()

    for name, rows in by_services[0].items():
        assert by_bulk[0][name] == rows, name
    assert by_bulk[1] == by_services[1]


@pytest.mark.slow
@QUICKLY
@given(codes=CODES, choices=CHOICES)
def test_caches_follow_from_the_rows_after_every_act(
    desk: Desk, codes: list[str], choices: list[tuple[int, int, int]]
) -> None:
    with undone():
        play = begin(desk, codes)
        play.open()
        play.go_on(choices, after=_hold)


def _hold(dossier: Dossier) -> None:
    assert not worklist.check()
    rows = {
        model: list(model._default_manager.filter(dossier=dossier.pk).values()) for model in LEGAL
    }
    stored = Dossier.objects.get(pk=dossier.pk)
    assert standing(rows) == Standing(
        State(stored.state), stored.received_at, stored.due_at, stored.finished_at
    )
    assert dossier.version == stored.version
