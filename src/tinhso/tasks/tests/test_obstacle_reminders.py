"""An obstacle is told by its day in the one mail of a day; who stands above its solver hears once that it is late."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from tests.worlds import begun_with
from tinhso.calendars.clock import instant
from tinhso.events.models import Event
from tinhso.kernel.actors import SystemActor
from tinhso.notifications.models import Mail, Notification
from tinhso.notifications.services import notify
from tinhso.tasks.models import Digest, Obstacle, ObstacleActKind
from tinhso.tasks.queries.obstacles import obstacle_history
from tinhso.tasks.services import obstacles as services
from tinhso.tasks.services.reminding import remind
from tinhso.tasks.tests.factories import publish_rules
from tinhso.tasks.tests.stuck import Stuckness, make_stuckness, raised

SYSTEM = SystemActor("test")


def make_waiting() -> tuple[Stuckness, Obstacle]:
    """The rules in force, and an obstacle that the department of science is to answer by Tuesday 19 August."""
    publish_rules()
    world = make_stuckness()
    return world, raised(world)


waiting = pytest.fixture(begun_with(make_waiting))


def morning(day: int) -> datetime:
    return instant(date(2025, 8, day), 7 * 60 + 15)


def told(day: int) -> dict[str, list[tuple[str, int]]]:
    """Who was told that day of August of what, by how many working days."""
    remind(actor=SYSTEM, at=morning(day))
    found = Digest.objects.filter(day=date(2025, 8, day)).select_related("person")
    return {
        each.person.name: [(one["section"], one["days"]) for one in each.matters] for each in found
    }


def test_before_on_and_after_the_day_to_answer(waiting: tuple[Stuckness, Obstacle]) -> None:
    del waiting
    assert told(13) == {}, "more than three working days before"
    assert told(18) == {"Hoa": [("soon", -1)]}
    assert told(19) == {"Hoa": [("today", 0)]}
    assert told(20) == {"Hoa": [("late", 1)]}


def test_who_stands_above_hears_once_of_what_is_late(
    waiting: tuple[Stuckness, Obstacle],
) -> None:
    _world, obstacle = waiting
    assert told(21) == {
        "Hoa": [("late", 2)],
        "Hà": [("escalated", 2)],
        "Tú": [("escalated", 2)],
    }
    told(22)
    event = Event.objects.get(kind="tasks.obstacle_escalated", subject=obstacle.uuid)
    assert event.payload == {"rule": "escalate-obstacle", "days": 2}
    assert [act.kind for act in obstacle.acts.all()] == [ObstacleActKind.ESCALATED]
    assert obstacle_history(obstacle)[0].at == event.at
    notify([event], at=event.at)
    assert Notification.objects.count() == 2, "the chair and the deputy, on the screen"
    assert f"hạn trả lời 19/08/2025: {obstacle.text}" in Notification.objects.all()[0].body
    assert not Mail.objects.exists()


def test_what_was_answered_joined_or_taken_upward_is_told_no_more(
    waiting: tuple[Stuckness, Obstacle],
) -> None:
    world, obstacle = waiting
    head, at = world.offices.head, obstacle.at
    joined, upward = raised(world, by=1), raised(world, "Mạng chậm cả tuần", by=1)
    services.join(joined.uuid, main=obstacle.uuid, actor=head, at=at)
    services.propose_upward(upward.uuid, body="Bộ X", document="", words="", actor=head, at=at)
    assert told(19) == {"Hoa": [("today", 0)]}, "one line for the two that are one"
    services.answer(obstacle.uuid, words="Đã có điểm phát sóng", actor=head, at=at)
    assert told(21) == {}
    assert not Event.objects.filter(kind="tasks.obstacle_escalated").exists()


def test_the_mail_names_the_obstacle(waiting: tuple[Stuckness, Obstacle]) -> None:
    _world, obstacle = waiting
    told(19)
    notify(list(Event.objects.filter(kind="tasks.digest_told")), at=morning(19))
    body = Notification.objects.get().body
    assert f"Sở Khoa học và Công nghệ tỉnh Thử nghiệm: Vướng mắc: {obstacle.text}" in body
    assert f"/vuong-mac/{obstacle.uuid}/" in body
