"""What is late, near, waits for whom; and where open tasks go at a reform."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from pytest_django import DjangoAssertNumQueries

from tinhso.agencies.models import Succession, SuccessionKind
from tinhso.agencies.work_in_hand import WorkTransfer
from tinhso.calendars.clock import day_of
from tinhso.events.models import Event
from tinhso.kernel.actors import SystemActor
from tinhso.tasks import services
from tinhso.tasks.models import Part, State, Task
from tinhso.tasks.queries.lines import line_rows, lines
from tinhso.tasks.queries.loads import loads
from tinhso.tasks.queries.tasks import counts, given_to_see, led_to_see, matters, pace_of, place_of
from tinhso.tasks.queries.waiting import Waiting, waiting
from tinhso.tasks.services.moving import count, follow_ended, move
from tinhso.tasks.services.recurring import TAKEN_OVER
from tinhso.tasks.tests.factories import AT, NOTICE, REFORM, accepted, brought, issued

if TYPE_CHECKING:
    from tinhso.tasks.tests.factories import Offices

DUE = date(2025, 9, 30)
SYSTEM = SystemActor("test")


def test_late_begins_the_day_after(offices: Offices) -> None:
    task = issued(offices)
    mine = Task.objects.filter(pk=task.pk)
    assert not mine.late(DUE).exists()
    assert mine.soon(DUE).exists()
    assert mine.late(DUE + timedelta(days=1)).exists()
    assert not mine.soon(DUE - timedelta(days=8)).exists()
    assert [pace_of(task, day).state for day in (DUE - timedelta(9), DUE, DUE + timedelta(1))] == [
        "ok",
        "near",
        "late",
    ]


def test_lists_begin_with_what_one_may_see(offices: Offices) -> None:
    issued(offices)
    assert given_to_see(offices.chair, at=AT).count() == 2
    assert given_to_see(offices.head, at=AT).count() == 0
    assert led_to_see(offices.head, at=AT).count() == 1
    assert not Task.objects.visible_to(offices.outsider, at=AT).exists()


def test_the_menu_tells_what_one_leads_and_what_one_gave(offices: Offices) -> None:
    issued(offices)
    late = AT + timedelta(days=60)
    assert waiting(offices.chair, at=AT) == Waiting(0, 0, 0)
    assert waiting(offices.head, at=AT) == Waiting(0, 1, 0)
    assert waiting(offices.chair, at=late) == Waiting(0, 0, 1)
    assert waiting(offices.head, at=late) == Waiting(1, 1, 0)
    assert waiting(offices.outsider, at=late) == Waiting(0, 0, 0)


def test_tasks_are_counted_by_lead(offices: Offices) -> None:
    issued(offices)
    tasks = Task.objects.all()
    late = loads(tasks, DUE + timedelta(days=1))
    first, second = late.by_lead
    assert (first.word, first.late, first.open) == (str(offices.science.pk), 1, 1)
    assert (second.late, second.open) == (0, 1)
    assert [load.word for load in late.by_follower] == ["chua-co"]
    one_by_one = counts(tasks, DUE + timedelta(days=1))
    assert one_by_one == {**late.counts, "hoan-thanh": 0}
    assert one_by_one["dang-mo"] == 2
    assert loads(tasks.none(), DUE).counts["dang-mo"] == 0


def test_what_only_the_leader_can_set_going_stands_first(offices: Offices) -> None:
    task = accepted(offices)
    services.ask_extension(
        task.uuid, until=date(2025, 11, 1), reason="Mưa", actor=offices.specialist, at=AT
    )
    other = Task.objects.exclude(pk=task.pk).get()
    later = AT + timedelta(hours=1)
    services.return_task(other.uuid, reason="Nhầm", actor=offices.home_head, at=later)
    found, number = matters(offices.chair, at=AT, on=DUE)
    assert [matter.slug for matter in found] == ["gia-han", "giao-lai"]
    assert [matter.why for matter in found] == ["Mưa", "Nhầm"]
    assert number == 2
    assert matters(offices.follower, at=AT, on=DUE) == ([], 0)


def test_a_reform_leaves_no_open_task_behind(offices: Offices) -> None:
    task = issued(offices)
    other = Task.objects.exclude(pk=task.pk).get()
    Part.objects.create(task=other, agency=offices.science)
    services.cancel(other.uuid, reason="Trùng", actor=offices.chair, at=AT)
    here = offices.science.pk
    assert count({here}) == {(here, ""): 1}
    transfers = [
        WorkTransfer(here, offices.health.pk, field="telecommunications"),
        WorkTransfer(here, offices.health.pk),
    ]
    assert move(transfers, on=DUE, actor=SYSTEM, at=AT) == 1
    task.refresh_from_db()
    assert task.lead == offices.health
    assert other.parts.filter(agency=here).exists(), "what is over stays as it was"
    event = Event.objects.get(kind="tasks.moved")
    assert event.payload == {"from": here, "to": offices.health.pk}


@pytest.mark.slow
def test_what_stands_at_an_ended_agency_goes_on_to_its_only_follower_or_back(
    offices: Offices,
) -> None:
    task = issued(offices)
    Task.objects.filter(pk=task.pk).update(lead=offices.former)
    assert follow_ended(actor=SYSTEM, at=AT) == 1
    task.refresh_from_db()
    assert task.lead == offices.science

    Task.objects.filter(pk=task.pk).update(lead=offices.former, state=State.ACCEPTED)
    Succession.objects.create(
        predecessor=offices.former, successor=offices.health, on=REFORM, kind=SuccessionKind.SPLIT
    )
    assert follow_ended(actor=SYSTEM, at=AT) == 1
    task.refresh_from_db()
    assert task.state == State.RETURNED
    assert [one.row.task for one in matters(offices.chair, at=AT, on=DUE)[0]] == [task]
    assert follow_ended(actor=SYSTEM, at=AT) == 0

    Task.objects.filter(pk=task.pk).update(state=State.PROPOSED)
    services.give(task.uuid, lead=offices.health.pk, words="Mới", actor=offices.chair, at=AT)
    task.refresh_from_db()
    assert task.lead == offices.health, "of an ended lead in whatever state"


def test_a_part_falls_together_with_that_of_the_successor(offices: Offices) -> None:
    task = issued(offices)
    Part.objects.create(task=task, agency=offices.finance)
    Part.objects.create(task=task, agency=offices.health)
    finance = offices.finance.pk
    move([WorkTransfer(finance, offices.health.pk)], on=DUE, actor=SYSTEM, at=AT)
    assert [part.agency for part in task.parts.all()] == [offices.health]


def test_agencies_without_open_tasks_cost_no_question(
    offices: Offices, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    transfers = [WorkTransfer(10_000_000 + number, offices.health.pk) for number in range(200)]
    with django_assert_max_num_queries(5):
        assert move(transfers, on=DUE, actor=SYSTEM, at=AT) == 0


def test_an_item_given_to_many_is_one_item_of_its_notice(offices: Offices) -> None:
    first = issued(offices)
    last = Task.objects.exclude(pk=first.pk).get()
    Task.objects.filter(pk=last.pk).update(ordinal=9)
    for ordinal in (7, 8):
        Task.objects.create(
            **{name: getattr(first, name) for name in TAKEN_OVER if name != "ordinal"},
            ordinal=ordinal,
            at=AT,
        )
    last.refresh_from_db()
    assert (place_of(first), place_of(last)) == (1, 2)


def test_the_same_words_of_many_leads_are_one_line(offices: Offices) -> None:
    notice = brought(offices, NOTICE)
    services.confirm(notice.uuid, expected=0, actor=offices.chair, at=AT)
    given = given_to_see(offices.chair, at=AT).filter(notice=notice)
    shared = given.filter(lead__in=offices.communes)
    first, *_rest = shared.order_by("ordinal")
    Task.objects.filter(pk=first.pk).update(state=State.DONE)
    on = day_of(AT)
    rows = line_rows(list(lines(given)), given, on, among=given)
    joint = {row.task.item: row.joint for row in rows if row.joint}
    assert len(rows) == given.values("item").distinct().count()
    assert (joint[first.item].done, joint[first.item].total) == (1, len(offices.communes))
    left = given.open()
    told = {row.task.item: row.joint for row in line_rows(list(lines(left)), left, on, among=given)}
    assert (left_of := told[first.item])
    assert (left_of.here, left_of.done) == (len(offices.communes) - 1, 1)


def test_nothing_is_counted_that_the_reader_may_not_see(offices: Offices) -> None:
    notice = brought(offices, NOTICE)
    services.confirm(notice.uuid, expected=0, actor=offices.chair, at=AT)
    given = given_to_see(offices.chair, at=AT).filter(notice=notice)
    shared = given.filter(lead__in=offices.communes).order_by("ordinal").first()
    assert shared is not None
    own, on = given.filter(pk=shared.pk), day_of(AT)
    (of_lead,) = line_rows(list(lines(own)), own, on, among=own)
    (of_giver,) = line_rows(list(lines(own)), own, on, among=given)
    assert of_lead.joint is None
    assert of_giver.joint is not None
    assert of_giver.joint.total == len(offices.communes)
