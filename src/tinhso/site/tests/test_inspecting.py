"""What the demo plays of the sources: inspections and obstacles; every mark of an order or difficulty leads to one."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db.models import Q
from django.urls import resolve

from tinhso.accounts.actors import OfficerActor
from tinhso.accounts.models import User
from tinhso.agencies.models import Agency
from tinhso.calendars.clock import day_of, instant
from tinhso.events.models import Event
from tinhso.inspections.models import Inspection, Recommendation, State
from tinhso.notifications.jobs import reader
from tinhso.notifications.models import Notification
from tinhso.site.province.building import Builder
from tinhso.site.sourcemap import coverage
from tinhso.site.sourcemap.pages import LEADING
from tinhso.site.sourcemap.records import led_by
from tinhso.site.tests.small_demo import NOW, province
from tinhso.tasks.models import Obstacle, ObstacleState, Task, Tie

__all__ = ["province"]
pytestmark = pytest.mark.slow  # it plays a province


@pytest.fixture
def leader(province: Builder) -> OfficerActor:
    """The leader of the province."""
    return province.staff.by_place[province.era.province, "agency-leader"][0]


@pytest.mark.usefixtures("leader")
def test_seven_units_of_2024_and_five_of_today() -> None:
    then = Inspection.objects.filter(plan__number="1905/KH-BCĐ")
    assert Counter(then.values_list("state", flat=True)) == {State.CONCLUDED: 7}
    asked = Recommendation.objects.filter(inspection__in=then)
    assert asked.exclude(task=None).count() == asked.count() == 70
    stuck = Obstacle.objects.filter(subject__in=then.values("uuid"))
    assert (stuck.count(), stuck.separate().count()) == (35, 5)
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


@pytest.mark.usefixtures("leader")
def test_shown_accounts_find_notices_and_the_first_new_act_waits_for_none_that_was_built() -> None:
    told = Notification.objects.all()
    shown = User.objects.exclude(password__startswith=UNUSABLE_PASSWORD_PREFIX)
    assert told.to([f"user:{user.uuid}" for user in shown]).exists()
    assert reader().behind() == 0


def test_every_order_and_difficulty_of_the_sources_leads_to_a_record(leader: OfficerActor) -> None:
    marks = [mark for mark in coverage.load().marks if mark.entry.kind in LEADING]
    led = led_by({mark.quote for mark in marks}, actor=leader, at=NOW)
    assert len(marks) == 130
    assert not [f"{mark.source} {mark.quote}" for mark in marks if mark.quote not in led]
    work = (resolve(led[mark.quote].links[0][1]).view_name for mark in marks)
    assert set(work) == {"tasks:task", "tasks:obstacle"}, "none leads to an inspection alone"


@pytest.mark.usefixtures("leader")
def test_what_the_sources_ordered_is_nobodys_work_of_today() -> None:
    of_sources = Task.objects.filter(at__lt=instant(date(2024, 6, 3), 0))
    assert of_sources.count() == 60
    assert not of_sources.open().exists()
    old = Obstacle.objects.filter(at__lt=NOW.replace(year=2025))
    assert set(old.values_list("state", flat=True)) == {ObstacleState.CLOSED}
    assert not Task.objects.late(day_of(NOW)).filter(at__year__lt=2025).exists()


@pytest.mark.usefixtures("leader")
def test_no_open_task_stands_at_an_agency_that_has_ended() -> None:
    ended = Agency.objects.exclude(pk__in=Agency.objects.alive(day_of(NOW)))
    assert not Task.objects.open().filter(Q(lead__in=ended) | Q(agency__in=ended)).exists()


@pytest.mark.usefixtures("leader")
def test_what_the_system_holds_shows_one_task_to_be_done() -> None:
    told = Event.objects.get(kind="tasks.evidence_reached")
    tie = Tie.objects.get(task__uuid=told.subject)
    assert tie.kind == "dossiers"
