"""What the warehouse is told of a task."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
import yaml
from django.conf import settings

from tinhso.events.sequencing import place, restamp
from tinhso.indicators.queries import Cut, observe
from tinhso.indicators.reports.periods import Frequency, period_on
from tinhso.indicators.tests.cases import publish
from tinhso.kernel.actors import SystemActor
from tinhso.tasks import services
from tinhso.tasks.facts import TABLE
from tinhso.tasks.models import Act, State, Task
from tinhso.tasks.queries.performance import performance
from tinhso.tasks.tests.factories import AT, issued, proposed
from tinhso.warehouse import checking, syncing
from tinhso.warehouse.reading import Lake

if TYPE_CHECKING:
    from pathlib import Path

    from pytest_django.fixtures import Settings

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


@pytest.mark.slow
def test_on_time_is_who_reported_it_in_time(offices: Offices) -> None:
    """Whoever gave it may confirm later: that is not the lead's delay."""
    task = proposed(offices, at=AT)
    assert told(task)["reported_on"] == date(2025, 8, 5)
    services.confirm_completion(task.uuid, actor=offices.follower, at=AT + timedelta(days=90))
    row = told(task)
    assert (row["is_done"], row["is_on_time"], row["done_on"]) == (True, True, date(2025, 11, 3))
    assert row["evidence"] == 1


@pytest.mark.slow
def test_what_was_done_anew_is_reported_anew(offices: Offices) -> None:
    task = proposed(offices, at=AT)
    services.reopen(task.uuid, reason="Chưa đủ", actor=offices.follower, at=AT)
    assert told(task)["reported_on"] is None
    late = AT + timedelta(days=80)
    services.propose_completion(task.uuid, words="Xong", actor=offices.specialist, at=late)
    services.confirm_completion(task.uuid, actor=offices.follower, at=late)
    assert told(task)["is_on_time"] is False


@pytest.mark.slow
def test_the_page_of_performance_and_the_indicator_tell_one_share(offices: Offices) -> None:
    """In time, overdue since the period's last day, and one that waits for its confirmation: 1 of 2, and one told."""
    first = proposed(offices, at=AT)
    services.confirm_completion(first.uuid, actor=offices.follower, at=AT + timedelta(days=90))
    first.refresh_from_db()
    act = first.acts.get(kind=Act.PROPOSED)
    last = date(2025, 9, 30)
    Task.objects.exclude(pk=first.pk).update(deadline_on=date(2026, 9, 30))
    for ordinal, state in ((101, State.PROPOSED), (102, State.ACCEPTED)):
        copy = Task.objects.get(pk=first.pk)
        copy.pk, copy.uuid, copy.ordinal = None, uuid4(), ordinal
        copy.state, copy.deadline_on = state, last
        copy.save(force_insert=True)
        if state == State.PROPOSED:
            act.pk, act.task = None, copy
            act.save(force_insert=True)
    syncing.rebuild(TABLE, at=AT)
    path = settings.PROJECT / "packs/figures/indicators/tasks-on-time-ratio.yaml"
    publish("tasks-on-time-ratio", **yaml.safe_load(path.read_text()))
    september = period_on(Frequency.MONTHLY, 1, date(2025, 9, 10))
    cut = Cut(september.first, september.last)
    for today, share, judged in ((last, 100, 1), (last + timedelta(days=1), 50, 2)):
        at = datetime.combine(today, time(3), tzinfo=UTC)
        [seen] = observe([path.stem], cut, actor=SystemActor("test"), at=at)[path.stem]
        total = performance(Task.objects.all(), september, at=at).total
        assert (seen.value, seen.denominator) == (total.share, total.judged)
        assert (total.share, total.judged) == (Decimal(share), judged)
        assert total.waiting == 1
