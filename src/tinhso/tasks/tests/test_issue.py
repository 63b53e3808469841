"""Issuing a reviewed notice: each lead its task with its words; once; one of two wins."""

from __future__ import annotations

import threading
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from django.db import connection

from tinhso.accounts.models import Grant, GrantRevocation
from tinhso.events.models import Event
from tinhso.kernel.errors import NotAllowed, StaleVersion
from tinhso.notifications.models import Notification
from tinhso.tasks import services
from tinhso.tasks.errors import (
    NothingToIssue,
    NoticeDiscarded,
    NoticeIssued,
    ReviewUnready,
    WordsMissing,
)
from tinhso.tasks.models import Notice, NoticeEnd, Part, State, Task
from tinhso.tasks.naming import subjects_called
from tinhso.tasks.queries.reviews import shown_items
from tinhso.tasks.reminders.following import RULES, of_notice, told_of
from tinhso.tasks.services.reviewing import items_of
from tinhso.tasks.tests.factories import AT, NOTICE, SHORT, brought, make_offices

if TYPE_CHECKING:
    from pathlib import Path

    from pytest_django import DjangoAssertNumQueries
    from pytest_django.fixtures import Settings

    from tinhso.accounts.actors import OfficerActor
    from tinhso.tasks.tests.factories import Offices


def nothing_issued() -> bool:
    told = Event.objects.filter(kind__in=("tasks.issued", "tasks.notice_issued"))
    made = Task.objects.exists() or Part.objects.exists() or NoticeEnd.objects.exists()
    return not made and not told.exists()


def test_each_task_carries_its_words(offices: Offices) -> None:
    notice = brought(offices)
    end = services.confirm(notice.uuid, expected=0, actor=offices.chair, at=AT)
    assert (end.tasks, end.actor) == (2, offices.chair.key)
    first, second = Task.objects.order_by("ordinal")
    assert SHORT[first.start : first.end] == first.text
    assert (first.lead, first.agency, first.state) == (
        offices.science,
        offices.province,
        State.ISSUED,
    )
    assert first.deadline_on == date(2025, 9, 30)
    assert [part.agency for part in second.parts.all()] == [offices.finance]
    events = Event.objects.filter(kind="tasks.issued")
    assert {event.subject for event in events} == {first.uuid, second.uuid}
    assert {event.agency for event in events} == {offices.science.pk, offices.home_affairs.pk}


def test_the_log_names_notices_and_tasks_by_one_question(
    offices: Offices, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    notice = brought(offices)
    services.confirm(notice.uuid, expected=0, actor=offices.chair, at=AT)
    first = Task.objects.get(ordinal=1)
    with django_assert_num_queries(1):
        named = subjects_called([notice.uuid, first.uuid])
    assert named == {notice.uuid: str(notice), first.uuid: f"Nhiệm vụ 1, {notice}"}


def test_every_commune_gets_a_task_of_its_own(offices: Offices) -> None:
    notice = brought(offices, NOTICE)
    services.confirm(notice.uuid, expected=0, actor=offices.chair, at=AT)
    communes = Task.objects.filter(lead__in=offices.communes)
    assert communes.count() == 6
    assert communes.values("item").distinct().count() == 3


def test_a_draft_without_lead_keeps_all_from_being_issued(offices: Offices) -> None:
    notice = brought(offices)
    key = items_of(notice.reviews.get())[0].key
    services.edit(notice.uuid, key, {"leads": ()}, expected=0, actor=offices.follower, at=AT)
    with pytest.raises(ReviewUnready):
        services.confirm(notice.uuid, expected=1, actor=offices.chair, at=AT)
    assert nothing_issued()
    services.drop(notice.uuid, key, expected=1, actor=offices.follower, at=AT)
    assert services.confirm(notice.uuid, expected=2, actor=offices.chair, at=AT).tasks == 1


def test_a_follower_who_left_before_it_was_issued_is_chosen_anew(offices: Offices) -> None:
    notice = brought(offices)
    item = items_of(notice.reviews.get())[0]
    chosen = {"follower": offices.follower.user}
    review = services.edit(notice.uuid, item.key, chosen, expected=0, actor=offices.follower, at=AT)
    grant = Grant.objects.get(user=offices.follower.user)
    GrantRevocation.objects.create(grant=grant, at=AT, actor="system:test", reason="Thôi việc")
    later = AT + timedelta(hours=1)
    with pytest.raises(ReviewUnready):
        services.confirm(notice.uuid, expected=1, actor=offices.chair, at=later)
    assert nothing_issued()
    assert shown_items(review, at=later)[0].blocks


def test_nothing_is_not_issued(offices: Offices) -> None:
    notice = brought(offices, "Một văn bản không giao việc gì.")
    with pytest.raises(NothingToIssue):
        services.confirm(notice.uuid, expected=0, actor=offices.chair, at=AT)
    assert nothing_issued()


def test_what_was_not_seen_is_not_issued(offices: Offices) -> None:
    notice = brought(offices)
    key = items_of(notice.reviews.get())[0].key
    services.drop(notice.uuid, key, expected=0, actor=offices.follower, at=AT)
    with pytest.raises(StaleVersion):
        services.confirm(notice.uuid, expected=0, actor=offices.chair, at=AT)
    assert nothing_issued()


def test_only_who_may_issue_issues(offices: Offices) -> None:
    notice = brought(offices)
    with pytest.raises(NotAllowed):
        services.confirm(notice.uuid, expected=0, actor=offices.follower, at=AT)
    assert nothing_issued()


def test_sent_twice_it_is_one_act_and_another_person_is_told(offices: Offices) -> None:
    notice = brought(offices)
    first = services.confirm(notice.uuid, expected=0, actor=offices.chair, at=AT)
    assert services.confirm(notice.uuid, expected=0, actor=offices.chair, at=AT) == first
    with pytest.raises(NoticeIssued):
        services.confirm(notice.uuid, expected=0, actor=offices.deputy, at=AT)
    assert Task.objects.count() == 2
    assert Event.objects.filter(kind="tasks.notice_issued").count() == 1


def test_after_it_was_issued_drafts_stand_still(offices: Offices) -> None:
    notice = brought(offices)
    key = items_of(notice.reviews.get())[0].key
    services.confirm(notice.uuid, expected=0, actor=offices.chair, at=AT)
    with pytest.raises(NoticeIssued):
        services.drop(notice.uuid, key, expected=0, actor=offices.follower, at=AT)
    assert notice.reviews.count() == 1


def test_a_discarded_notice_issues_nothing(offices: Offices) -> None:
    notice = brought(offices)
    with pytest.raises(WordsMissing):
        services.discard(notice.uuid, reason=" ", expected=0, actor=offices.follower, at=AT)
    services.discard(notice.uuid, reason="Nhầm", expected=0, actor=offices.follower, at=AT)
    with pytest.raises(NoticeDiscarded):
        services.confirm(notice.uuid, expected=0, actor=offices.chair, at=AT)
    assert not Task.objects.exists()


def test_the_lead_reads_the_notice_once_it_was_issued(offices: Offices) -> None:
    notice = brought(offices)
    assert not Notice.objects.visible_to(offices.head, at=AT).exists()
    services.confirm(notice.uuid, expected=0, actor=offices.chair, at=AT)
    assert Notice.objects.visible_to(offices.head, at=AT).get() == notice
    assert not Notice.objects.visible_to(offices.outsider, at=AT).exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.slow
def test_of_two_who_issue_at_once_one_wins(settings: Settings, tmp_path: Path) -> None:
    settings.FILES_ROOT = tmp_path
    offices = make_offices()
    notice = brought(offices)
    start = threading.Barrier(2)
    answers: list[object] = []

    def press(actor: OfficerActor) -> None:
        start.wait()
        try:
            answers.append(services.confirm(notice.uuid, expected=0, actor=actor, at=AT))
        except NoticeIssued as refusal:
            answers.append(refusal)
        finally:
            connection.close()

    people = [threading.Thread(target=press, args=(a,)) for a in (offices.chair, offices.deputy)]
    for person in people:
        person.start()
    for person in people:
        person.join()
    assert sorted(type(answer).__name__ for answer in answers) == ["NoticeEnd", "NoticeIssued"]
    assert Task.objects.count() == 2


def test_who_follows_is_told_and_has_looked(offices: Offices) -> None:
    notice = brought(offices)
    follower = {"follower": offices.follower.user}
    first = items_of(notice.reviews.latest("number"))[0].key
    services.edit(notice.uuid, first, follower, expected=0, actor=offices.follower, at=AT)
    services.confirm(notice.uuid, expected=1, actor=offices.chair, at=AT)
    task = Task.objects.get(ordinal=1)
    assert told_of(task) == "chưa được báo"
    assert told_of(Task.objects.get(ordinal=2)) == ""
    event = Event.objects.get(kind="tasks.notice_issued")
    (told,) = of_notice(event)
    assert told.key == offices.follower.key
    Notification.objects.create(
        recipient=told.key, event=event.uuid, rule=RULES[0], link=told.link, at=AT
    )
    assert "chưa xem" in told_of(task)
