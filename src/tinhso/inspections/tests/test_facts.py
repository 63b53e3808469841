"""What the warehouse is told of an inspection: the unit, the day of the visit, whether anything was noted there."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from tests.worlds import begun_with
from tinhso.events.sequencing import place, restamp
from tinhso.inspections.facts import TABLE
from tinhso.inspections.tests.factories import World, make_world, noted
from tinhso.tasks.tests.factories import AT
from tinhso.warehouse import checking, syncing
from tinhso.warehouse.reading import Lake

if TYPE_CHECKING:
    from pathlib import Path

    from pytest_django.fixtures import Settings

world = pytest.fixture(begun_with(make_world))


def rows() -> dict[str, dict[str, Any]]:
    restamp()
    while place():
        pass
    syncing.sync(TABLE, at=AT)
    assert checking.check(TABLE).is_right
    return {row["uuid"]: row for row in Lake().table(TABLE.code).to_pyarrow().to_pylist()}


@pytest.mark.slow
def test_a_unit_is_inspected_once_something_was_noted_there(
    world: World, settings: Settings, tmp_path: Path
) -> None:
    settings.WAREHOUSE = tmp_path / "warehouse"
    key = str(world.inspection.uuid)
    assert {row["is_noted"] for row in rows().values()} == {False}
    noted(world)
    found = rows()
    assert [uuid for uuid, row in found.items() if row["is_noted"]] == [key]
    assert (found[key]["agency"], found[key]["visit_on"]) == (
        world.inspection.unit_id,
        world.inspection.visit_on,
    )
    assert isinstance(found[key]["visit_on"], date)
    assert key in TABLE.pages_of([key])[key]
