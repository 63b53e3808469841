"""What the warehouse is told of an obstacle: open until its unit says that it is solved, and after how many days."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from tests.worlds import begun_with
from tinhso.events.sequencing import place, restamp
from tinhso.tasks.obstacle_facts import TABLE
from tinhso.tasks.services import obstacles as services
from tinhso.tasks.tests.factories import AT
from tinhso.tasks.tests.stuck import make_stuckness, raised
from tinhso.warehouse import checking, syncing
from tinhso.warehouse.reading import Lake

if TYPE_CHECKING:
    from pathlib import Path

    from pytest_django.fixtures import Settings

    from tinhso.tasks.tests.stuck import Stuckness

world = pytest.fixture(begun_with(make_stuckness))


def row_of(key: object) -> dict[str, Any]:
    restamp()
    while place():
        pass
    syncing.sync(TABLE, at=AT)
    assert checking.check(TABLE).is_right
    table = Lake().table(TABLE.code).to_pyarrow().to_pylist()
    found: dict[str, Any] = next(row for row in table if row["uuid"] == str(key))
    return found


@pytest.mark.slow
def test_it_is_open_until_its_unit_says_so(
    world: Stuckness, settings: Settings, tmp_path: Path
) -> None:
    settings.WAREHOUSE = tmp_path / "warehouse"
    one, other = raised(world), raised(world, by=1)
    row = row_of(one.uuid)
    assert (row["agency"], row["raised_on"]) == (world.offices.communes[0].pk, date(2025, 8, 5))
    assert (row["is_closed"], row["days_to_solve"]) == (False, None)
    head = world.offices.head
    services.join(other.uuid, main=one.uuid, actor=head, at=AT)
    services.answer(one.uuid, words="Dựng trạm", actor=head, at=AT + timedelta(days=3))
    services.close(one.uuid, actor=world.first, at=AT + timedelta(days=9))
    row = row_of(one.uuid)
    assert (row["is_closed"], row["days_to_solve"]) == (True, 9)
    row = row_of(other.uuid)
    assert (row["state"], row["is_joined"], row["is_closed"]) == ("answered", True, False)
