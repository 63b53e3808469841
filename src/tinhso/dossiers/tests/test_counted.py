"""Dossiers count at the agency that received them to settle, also after they moved at a reform."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from tinhso.agencies.work_in_hand import WorkTransfer
from tinhso.calendars.clock import day_of
from tinhso.dossiers.counted import received_by_agency
from tinhso.dossiers.services import transferring
from tinhso.dossiers.tests.factories import AT, SYSTEM, received, submitted

if TYPE_CHECKING:
    from tinhso.dossiers.tests.factories import Desk

pytestmark = pytest.mark.django_db
TODAY = day_of(AT)
TOMORROW = TODAY + timedelta(days=1)


def test_dossiers_received_on_the_days_are_counted(desk: Desk) -> None:
    received(desk)
    received(desk, at=AT + timedelta(days=1))
    submitted(desk)
    assert received_by_agency(TODAY, TODAY) == {desk.commune.pk: 1}
    assert received_by_agency(TODAY, TOMORROW) == {desk.commune.pk: 2}
    assert received_by_agency(TOMORROW + timedelta(days=1), TOMORROW + timedelta(days=1)) == {}


def test_one_that_moved_counts_where_it_came_from(desk: Desk) -> None:
    received(desk)
    for number, (here, there) in enumerate(((desk.commune, desk.health), (desk.health, desk.land))):
        transferring.move(
            [WorkTransfer(here.pk, there.pk)],
            on=TOMORROW,
            actor=SYSTEM,
            at=AT + timedelta(days=1, hours=number),
        )
    received(desk)
    assert received_by_agency(TODAY, TODAY) == {desk.commune.pk: 2}
