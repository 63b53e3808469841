"""What the warehouse is told of a task."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from tinhso.events.sequencing import place, restamp
from tinhso.tasks import services
from tinhso.tasks.facts import TABLE
from tinhso.tasks.tests.factories import AT, issued, proposed
from tinhso.warehouse import checking, syncing
from tinhso.warehouse.reading import Lake

if TYPE_CHECKING:
    from pathlib import Path

    from pytest_django.fixtures import Settings

    from tinhso.tasks.models import Task
    from tinhso.tasks.tests.factories import Offices


@pytest.fixture(autouse=True)
def warehouse(settings: Settings, tmp_path: Path) -> None:
    settings.WAREHOUSE = tmp_path / "warehouse"


def told(task: Task) -> dict[str, Any]:
    """Its row after what was done until now was taken in; the whole table is as PostgreSQL says."""
    restamp()  # whoever else writes on this server holds nothing back here
    while place():
        pass
    syncing.sync(TABLE, at=AT)
    assert checking.check(TABLE).is_right
    rows: dict[str, dict[str, Any]] = {
        row["uuid"]: row for row in Lake().table(TABLE.code).to_pyarrow().to_pylist()
    }
    return rows[str(task.uuid)]


def test_from_given_to_done(offices: Offices) -> None:
    task = issued(offices)
    row = told(task)
    assert (row["agency"], row["giver"]) == (offices.science.pk, offices.province.pk)
    assert (row["issued_on"], row["due_on"]) == (date(2025, 8, 5), date(2025, 9, 30))
    assert (row["is_done"], row["is_on_time"], row["reported_on"]) == (False, None, None)


def test_on_time_is_who_reported_it_in_time(offices: Offices) -> None:
    """Whoever gave it may confirm later: that is not the lead's delay."""
    task = proposed(offices, at=AT)
    assert told(task)["reported_on"] == date(2025, 8, 5)
    services.confirm_completion(task.uuid, actor=offices.follower, at=AT + timedelta(days=90))
    row = told(task)
    assert (row["is_done"], row["is_on_time"], row["done_on"]) == (True, True, date(2025, 11, 3))
    assert row["evidence"] == 1


def test_what_was_done_anew_is_reported_anew(offices: Offices) -> None:
    task = proposed(offices, at=AT)
    services.reopen(task.uuid, reason="Chưa đủ", actor=offices.follower, at=AT)
    assert told(task)["reported_on"] is None
    late = AT + timedelta(days=80)
    services.propose_completion(task.uuid, words="Xong", actor=offices.specialist, at=late)
    services.confirm_completion(task.uuid, actor=offices.follower, at=late)
    assert told(task)["is_on_time"] is False
