"""The demo's shared data: quarters that are over, each with one line given back."""

from __future__ import annotations

import random
from datetime import UTC, datetime

import pytest

from tests.worlds import begun_with
from tinhso.datasets.models import DataRow, Delivery
from tinhso.datasets.tests.factories import World, make_world
from tinhso.site.province.delivering import QUARTERS, deliver
from tinhso.site.province.matters import Era

NOW = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
world = pytest.fixture(begun_with(make_world))


def test_each_quarter_has_good_lines_and_one_that_went_back(world: World) -> None:
    era = Era(world.owner.pk, NOW.date(), communes=[each.pk for each in world.communes])
    deliver(era, NOW, random.Random(1))  # noqa: S311  (no secret)
    assert list(Delivery.objects.values_list("good", "bad")) == [(1, 1)] * QUARTERS
    assert set(DataRow.objects.values_list("about", flat=True)) == {world.communes[0].pk}
