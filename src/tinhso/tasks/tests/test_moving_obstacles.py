"""At a reform no obstacle stays with an agency that ends: neither to be answered nor to be closed."""

from __future__ import annotations

import pytest

from tinhso.agencies.work_in_hand import WorkTransfer
from tinhso.events.models import Event
from tinhso.tasks.models import Obstacle, ObstacleAct, ObstacleState
from tinhso.tasks.services.moving_obstacles import count, move
from tinhso.tasks.tests.factories import AT, REFORM
from tinhso.tasks.tests.stuck import SYSTEM, Stuckness, make_stuckness, raised

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> Stuckness:
    return make_stuckness()


def test_it_goes_to_be_answered_to_who_takes_the_rest(world: Stuckness) -> None:
    obstacle = raised(world)
    here, there = obstacle.solver_id, world.offices.police.pk
    assert count({here}) == {(here, ""): 1}
    transfers = [WorkTransfer(here, there, field="telecommunications"), WorkTransfer(here, there)]
    assert move(transfers, on=REFORM, actor=SYSTEM, at=AT) == 1
    obstacle.refresh_from_db()
    assert (obstacle.solver_id, obstacle.state) == (there, ObstacleState.OPEN)
    assert obstacle.acts.get().words.startswith("Sắp xếp cơ quan")
    assert Event.objects.get(kind="tasks.obstacle_routed").payload == {"from": here, "to": there}
    assert count({here}) == {}


def test_it_goes_to_be_closed_with_who_raised_it(world: Stuckness) -> None:
    obstacle = raised(world)
    here, there = obstacle.agency_id, world.offices.communes[1].pk
    Obstacle.objects.update(state=ObstacleState.ANSWERED)
    assert move([WorkTransfer(here, there)], on=REFORM, actor=SYSTEM, at=AT) == 1
    obstacle.refresh_from_db()
    assert obstacle.agency_id == there
    assert Event.objects.get(kind="tasks.obstacle_moved").payload == {"from": here, "to": there}
    assert not ObstacleAct.objects.exists()


def test_a_closed_one_stays_where_it_was(world: Stuckness) -> None:
    obstacle = raised(world)
    here = (obstacle.agency_id, obstacle.solver_id)
    Obstacle.objects.update(state=ObstacleState.CLOSED)
    events = Event.objects.count()
    transfers = [WorkTransfer(each, world.offices.health.pk) for each in here]
    assert count(set(here)) == {}
    assert move(transfers, on=REFORM, actor=SYSTEM, at=AT) == 0
    obstacle.refresh_from_db()
    assert (obstacle.agency_id, obstacle.solver_id) == here
    assert Event.objects.count() == events
