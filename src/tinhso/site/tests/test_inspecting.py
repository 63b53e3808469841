"""The inspections and obstacles of the demo: seven units of 2024 with their tasks, five of today, each further on."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import TYPE_CHECKING

import pytest

from tinhso.calendars.clock import instant
from tinhso.inspections.models import Inspection, Recommendation, State
from tinhso.site.province.building import Builder, Sizes
from tinhso.tasks.models import Obstacle, ObstacleState

if TYPE_CHECKING:
    from pathlib import Path

    from pytest_django.fixtures import Settings

pytestmark = [pytest.mark.django_db, pytest.mark.slow]  # it plays a province
BUILT = instant(date(2025, 6, 19), 9 * 60)


def test_seven_units_of_2024_and_five_of_today(settings: Settings, tmp_path: Path) -> None:
    settings.HOME, settings.DEMO = tmp_path, True
    builder = Builder(BUILT, Sizes(history=0, live=20, by_services=2), lambda *_: None)
    builder.build()
    builder.inspect()
    then = Inspection.objects.filter(plan__number="1905/KH-BCĐ")
    assert Counter(then.values_list("state", flat=True)) == {State.CONCLUDED: 7}
    asked = Recommendation.objects.filter(inspection__in=then)
    assert asked.exclude(task=None).count() == asked.count() == 35
    now = Inspection.objects.exclude(pk__in=then)
    assert Counter(now.values_list("state", flat=True)) == {
        State.OPEN: 2,
        State.SEALED: 1,
        State.CONCLUDED: 1,
        State.CLOSED: 1,
    }
    told = Obstacle.objects.filter(text__startswith="Khánh Hòa")
    assert told.count() == 10
    assert told.get(state=ObstacleState.PROPOSED).solver_id != told[0].agency_id
