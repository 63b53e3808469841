"""Facts follow the log: after whatever was done, what was taken in bit by bit is what a reading anew gives."""

from __future__ import annotations

from datetime import timedelta
from itertools import count
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tinhso.agencies.work_in_hand import WorkTransfer
from tinhso.calendars import services as calendars
from tinhso.calendars.clock import day_of
from tinhso.calendars.models import Calendar, DayKind
from tinhso.calendars.national import DayFacts
from tinhso.dossiers import services
from tinhso.dossiers.models import Dossier
from tinhso.dossiers.services import transferring
from tinhso.dossiers.services.importing import remove_history
from tinhso.dossiers.tests.factories import (
    AT,
    BUILDING,
    MARRIAGE,
    SYSTEM,
    WELL,
    received,
    submitted,
)
from tinhso.dossiers.tests.facts.warehouse import anew, hold, synced, told
from tinhso.dossiers.tests.importing.logs import bring, many, xes
from tinhso.dossiers.tests.playing import undone
from tinhso.dossiers.tests.test_both_ways import begin
from tinhso.dossiers.tests.test_charging import at_counter, pay
from tinhso.payments import services as payments
from tinhso.payments.models import Charge, Payment

if TYPE_CHECKING:
    from pathlib import Path

    from tinhso.dossiers.tests.factories import Desk

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
DOSSIERS, STEPS = "dossiers.dossier", "dossiers.step"
BOTH = (DOSSIERS, STEPS)
TOMORROW = AT + timedelta(days=1)
CODES = st.lists(st.sampled_from([MARRIAGE, WELL, BUILDING]), min_size=1, max_size=3)
CHOICES = st.lists(
    st.tuples(st.integers(0, 2), st.integers(0, 120), st.integers(0, 1000)),
    min_size=15,
    max_size=40,
)


@settings(
    max_examples=3,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(codes=CODES, choices=CHOICES)
def test_any_sequence_of_acts_is_followed(
    desk: Desk, codes: list[str], choices: list[tuple[int, int, int]]
) -> None:
    with undone():
        play = begin(desk, codes)
        synced(*BOTH)
        play.open()
        synced(*BOTH)
        turn = count(1)

        def now_and_then(_dossier: Dossier) -> None:
            if next(turn) % 10 == 0:
                synced(*BOTH)

        play.go_on(choices, after=now_and_then)
        synced(*BOTH)
        hold(*BOTH)


def test_money_changes_the_dossier_it_is_for(desk: Desk) -> None:
    synced(*BOTH)
    dossier = at_counter(desk)
    synced(*BOTH)
    assert _money(dossier) == (15_000, 0, 0)
    pay(desk, dossier, 15_000)
    synced(*BOTH)
    assert _money(dossier) == (15_000, 15_000, 0)
    payments.cancel(Payment.objects.get().uuid, reason="Nhầm", actor=desk.head, at=AT)
    payments.withdraw(Charge.objects.get().uuid, reason="Nhầm", actor=desk.head, at=AT)
    synced(*BOTH)
    assert _money(dossier) == (0, 0, 0)
    hold(*BOTH)


def _money(dossier: Dossier) -> tuple[int, int, int]:
    row = told(DOSSIERS)[str(dossier.uuid)]
    return row["fee_due"], row["fee_paid"], row["fee_cashless"]


def test_a_batch_of_history_comes_and_goes(desk: Desk, tmp_path: Path) -> None:
    own = received(desk)
    synced(*BOTH)
    batch = bring(xes(tmp_path, many(8)), desk.land)
    synced(*BOTH)
    assert len(told(DOSSIERS)) == 9
    hold(*BOTH)
    remove_history(batch.uuid, actor=SYSTEM, at=AT)
    synced(*BOTH)
    assert list(told(DOSSIERS)) == [str(own.uuid)]
    hold(*BOTH)


def test_a_dossier_stays_with_who_was_competent_when_it_was_received(desk: Desk) -> None:
    before = received(desk)
    synced(*BOTH)
    for hour, (here, there) in enumerate(((desk.commune, desk.health), (desk.health, desk.land))):
        transferring.move(
            [WorkTransfer(here.pk, there.pk)],
            on=day_of(TOMORROW),
            actor=SYSTEM,
            at=TOMORROW + timedelta(hours=hour),
        )
    synced(*BOTH)
    row = told(DOSSIERS)[str(before.uuid)]
    assert (row["agency"], row["present_agency"]) == (desk.commune.pk, desk.land.pk)
    hold(*BOTH)


def test_two_moves_of_one_instant_are_walked_back_as_they_join(desk: Desk) -> None:
    dossier = received(desk)
    chain = [
        WorkTransfer(desk.commune.pk, desk.health.pk),
        WorkTransfer(desk.health.pk, desk.land.pk),
    ]
    transferring.move(chain, on=day_of(TOMORROW), actor=SYSTEM, at=TOMORROW)
    row = anew(DOSSIERS)[str(dossier.uuid)]
    assert (row["agency"], row["present_agency"]) == (desk.commune.pk, desk.land.pk)


def test_a_day_that_is_closed_afterwards_changes_the_minutes(desk: Desk) -> None:
    dossier = received(desk)
    synced(*BOTH)
    before = told(DOSSIERS)[str(dossier.uuid)]["appointed_minutes"]
    closing = DayFacts(day_of(TOMORROW), DayKind.CLOSURE, "Bão", "Công điện thử")
    calendars.enter_day(
        Calendar.objects.get().uuid, facts=closing, actor=SYSTEM, at=AT, expected_version=1
    )
    synced(*BOTH)
    assert told(DOSSIERS)[str(dossier.uuid)]["appointed_minutes"] == before - 8 * 60
    hold(*BOTH)


def test_a_receipt_after_a_move_counts_where_it_was_received(desk: Desk) -> None:
    waiting = submitted(desk)
    transferring.move(
        [WorkTransfer(desk.commune.pk, desk.health.pk)],
        on=day_of(TOMORROW),
        actor=SYSTEM,
        at=TOMORROW,
    )
    services.receive(waiting.uuid, actor=SYSTEM, at=TOMORROW + timedelta(hours=1))
    assert anew(DOSSIERS)[str(waiting.uuid)]["agency"] == desk.health.pk
