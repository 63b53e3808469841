"""One mail a working day to each person with all of their tasks; those above hear once of what stays late."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from django.db import connection, connections
from hypothesis import given
from hypothesis import strategies as st

from tests.worlds import begun_with
from tinhso.accounts.models import Grant, GrantRevocation, StandIn, User
from tinhso.calendars.clock import instant
from tinhso.calendars.tests.factories import calendar
from tinhso.events.models import Event
from tinhso.kernel.actors import SystemActor
from tinhso.notifications.models import Mail, Notification
from tinhso.notifications.services import choose_email, notify
from tinhso.tasks import services
from tinhso.tasks.models import Digest, Escalation, Part, ReminderDay, Task
from tinhso.tasks.reminders.following import followed_by
from tinhso.tasks.reminders.rules import About, Rule, Told, working_days_from
from tinhso.tasks.services.reminding import remind
from tinhso.tasks.tests.factories import (
    accepted,
    make_calendar,
    make_offices,
    officer,
    publish_rules,
)

if TYPE_CHECKING:
    from pytest_django.fixtures import Settings

    from tinhso.tasks.tests.factories import Offices

SYSTEM = SystemActor("test")
DUE = date(2025, 9, 30)
"""A Tuesday."""


def make_reminded() -> tuple[Offices, Task]:
    """The province with its calendar and rules, and a task taken by the department of science."""
    make_calendar()
    publish_rules()
    offices = make_offices()
    return offices, accepted(offices)


@pytest.fixture
@begun_with
def reminded() -> tuple[Offices, Task]:
    """Rules, calendar, offices, and a task due on 30 September."""
    return make_reminded()


def morning(day: date, minute: int = 7 * 60 + 15) -> datetime:
    return instant(day, minute)


def told(day: date) -> dict[str, list[tuple[str, int]]]:
    """Who was told that day of what, by how many working days."""
    found = Digest.objects.filter(day=day).select_related("person")
    return {
        each.person.name: [(one["section"], one["days"]) for one in each.matters] for each in found
    }


def on(days: int) -> date:
    """The day so many calendar days from the deadline."""
    return DUE + timedelta(days=days)


@pytest.mark.slow
def test_before_on_and_after_the_day(reminded: tuple[Offices, Task]) -> None:
    del reminded
    for days in (-9, -1, 0, 1):
        remind(actor=SYSTEM, at=morning(on(days)))
    assert told(on(-9)) == {}, "more than five working days before"
    assert told(on(-1)) == {"Hoa": [("soon", -1)]}
    assert told(on(0)) == {"Hoa": [("today", 0)], "Minh": [("today", 0)]}
    assert told(on(1)) == {"Hoa": [("late", 1)], "Minh": [("late", 1)]}


def test_who_worked_on_it_is_told_too(reminded: tuple[Offices, Task]) -> None:
    offices, task = reminded
    services.report_progress(
        task.uuid, words="5 xã", percent=40, actor=offices.specialist, at=task.at
    )
    remind(actor=SYSTEM, at=morning(on(-1)))
    assert set(told(on(-1))) == {"Hoa", "Hùng"}


def test_once_a_day_and_not_at_night_nor_on_a_day_of_rest(
    reminded: tuple[Offices, Task],
) -> None:
    del reminded
    assert remind(actor=SYSTEM, at=morning(on(0), 6 * 60)) == 0
    assert not ReminderDay.objects.exists(), "offices are still to open"
    assert [remind(actor=SYSTEM, at=morning(on(0))) for _ in range(2)] == [2, 0]
    assert remind(actor=SYSTEM, at=morning(on(0), 18 * 60)) == 0
    saturday = on(4)
    assert remind(actor=SYSTEM, at=morning(saturday)) == 0
    assert ReminderDay.objects.filter(day=saturday).exists()
    assert Event.objects.filter(kind="tasks.digest_told").count() == 2


def test_after_a_stop_only_today_is_told(reminded: tuple[Offices, Task]) -> None:
    del reminded
    remind(actor=SYSTEM, at=morning(on(0)))
    remind(actor=SYSTEM, at=morning(on(3), 15 * 60))
    assert set(Digest.objects.values_list("day", flat=True)) == {on(0), on(3)}


def test_a_coordinator_is_told_by_the_day_of_its_part(reminded: tuple[Offices, Task]) -> None:
    offices, task = reminded
    officer("An", "agency-leader", offices.finance)
    Part.objects.create(task=task, agency=offices.finance, deadline_on=date(2025, 9, 1))
    remind(actor=SYSTEM, at=morning(date(2025, 9, 1)))
    assert told(date(2025, 9, 1)) == {"An": [("today", 0)]}


def test_the_follower_hears_what_waits_to_be_confirmed(reminded: tuple[Offices, Task]) -> None:
    offices, task = reminded
    shown = services.carrying.Shown(value="15/BC-SKHCN")
    services.give_evidence(task.uuid, shown, actor=offices.specialist, at=task.at)
    services.propose_completion(task.uuid, words="Xong", actor=offices.specialist, at=task.at)
    remind(actor=SYSTEM, at=morning(date(2025, 8, 7)))
    assert told(date(2025, 8, 7)) == {"Minh": [("waiting", 2)]}


@pytest.mark.slow
def test_what_stays_late_goes_up_once_and_stands_in_their_mail(
    reminded: tuple[Offices, Task],
) -> None:
    _offices, task = reminded
    remind(actor=SYSTEM, at=morning(on(6)))
    assert list(Escalation.objects.values_list("rule", flat=True)) == ["escalate-head"]
    remind(actor=SYSTEM, at=morning(on(7)))
    remind(actor=SYSTEM, at=morning(on(8)))
    assert Escalation.objects.count() == 2
    assert told(on(7))["Hà"] == [("escalated", 5)]
    event = Event.objects.filter(kind="tasks.escalated", subject=task.uuid).last()
    assert event is not None
    assert event.payload == {"rule": "escalate-leader", "days": 5}
    notify([event], at=event.at)
    assert Notification.objects.count() == 2, "the chair and the deputy, on the screen"
    assert not Mail.objects.exists()


def test_more_time_begins_the_escalation_anew(reminded: tuple[Offices, Task]) -> None:
    _offices, task = reminded
    remind(actor=SYSTEM, at=morning(on(7)))
    Task.objects.filter(pk=task.pk).update(deadline_on=on(10))
    remind(actor=SYSTEM, at=morning(on(8)))
    assert Escalation.objects.count() == 2
    remind(actor=SYSTEM, at=morning(on(17)))
    assert Escalation.objects.filter(deadline_on=on(10)).count() == 2


@pytest.mark.slow
def test_in_place_of_a_follower_who_left(reminded: tuple[Offices, Task]) -> None:
    offices, task = reminded
    Task.objects.filter(pk=task.pk).update(follower=offices.follower.user)
    remind(actor=SYSTEM, at=morning(on(0)))
    assert set(told(on(0))) == {"Hoa", "Minh"}
    grant = Grant.objects.get(user=offices.follower.user)
    GrantRevocation.objects.create(
        grant=grant, at=morning(on(0), 1000), actor="system:test", reason="Thôi việc"
    )
    remind(actor=SYSTEM, at=morning(on(1)))
    assert set(told(on(1))) == {"Hoa", "Hà", "Tú"}, "the heads"
    task.refresh_from_db()
    assert "nay báo cho Hà, Tú" in followed_by(task, morning(on(1)))
    StandIn.objects.create(
        absent_id=offices.follower.user,
        substitute_id=offices.deputy.user,
        since=on(2),
        reason="Thay",
        at=task.at,
        actor="system:test",
    )
    remind(actor=SYSTEM, at=morning(on(2)))
    assert set(told(on(2))) == {"Hoa", "Tú"}, "the stand-in"


def test_the_mail_names_the_tasks_and_honours_what_one_chose(
    reminded: tuple[Offices, Task], settings: Settings
) -> None:
    offices, task = reminded
    settings.MAIL_IS_ON = True
    settings.PUBLIC_ADDRESS = "https://tinh.example.vn"
    choose_email(wants=False, actor=offices.follower, at=task.at)
    remind(actor=SYSTEM, at=morning(on(0)))
    notify(list(Event.objects.filter(kind="tasks.digest_told")), at=morning(on(0)))
    mail = Mail.objects.select_related("notification").get()
    assert mail.address == User.objects.get(pk=offices.head.user).email
    told_of = mail.notification
    assert told_of.subject == "Nhắc việc ngày 30/09/2025: 0 quá hạn, 1 đến hạn, 0 chờ xác nhận"
    assert "Hạn hôm nay (1)" in told_of.body
    assert f"https://tinh.example.vn/nhiem-vu/{task.uuid}/" in told_of.body
    assert Notification.objects.count() == 2


@pytest.mark.django_db(transaction=True)
@pytest.mark.slow
def test_two_workers_at_once_tell_once() -> None:
    make_reminded()

    def work(_: int) -> int:
        try:
            return remind(actor=SYSTEM, at=morning(on(7)))
        finally:
            connections.close_all()

    with ThreadPoolExecutor(3) as pool:
        assert sum(pool.map(work, range(3))) == Digest.objects.count() == 4
    assert Event.objects.filter(kind="tasks.digest_told").count() == 4
    assert Event.objects.filter(kind="tasks.escalated").count() == 2


KILLED = """
import django, os
django.setup()
from tinhso.calendars.clock import instant
from tinhso.kernel.actors import SystemActor
from tinhso.tasks.services import reminding
from datetime import date
tell = reminding._tell
def once(*given, **named):
    tell(*given, **named)
    os.kill(os.getpid(), 9)
reminding._tell = once
reminding.remind(actor=SystemActor("test"), at=instant(date(2025, 9, 30), 435))
"""


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_killed_between_two_mails_the_next_worker_tells_the_rest() -> None:
    make_reminded()
    known = connection.settings_dict
    place = f"{known['HOST']}:{known['PORT']}/{known['NAME']}"
    environment = {
        **os.environ,
        "DATABASE_URL": f"postgres://{known['USER']}:{known['PASSWORD']}@{place}",
        "DJANGO_SETTINGS_MODULE": "tinhso.site.settings",
        "PYTHONPATH": os.pathsep.join(sys.path),
    }
    done = subprocess.run([sys.executable, "-c", KILLED], env=environment, check=False)  # noqa: S603
    assert done.returncode == -signal.SIGKILL
    assert Digest.objects.count() == Event.objects.filter(kind="tasks.digest_told").count() == 1
    assert remind(actor=SYSTEM, at=morning(on(0))) == 1
    assert Digest.objects.count() == Event.objects.filter(kind="tasks.digest_told").count() == 2


DAYS = st.integers(0, 300).map(lambda number: date(2026, 2, 1) + timedelta(days=number))


@pytest.mark.slow
@given(DAYS, DAYS)
def test_working_days_are_counted_as_a_finger_counts_them(due: date, today: date) -> None:
    working = calendar()
    first, last = min(due, today), max(due, today)
    between = [first + timedelta(days=n) for n in range(1, (last - first).days + 1)]
    counted = sum(working.is_working_day(day) for day in between)
    assert working_days_from(working, due, today) == (counted if today > due else -counted)


@pytest.mark.slow
@given(DAYS, st.integers(-10, 10), st.integers(0, 10), st.integers(1, 5))
def test_a_rule_speaks_at_its_step_and_only_within_its_days(
    due: date, first: int, length: int, every: int
) -> None:
    rule = Rule("x", "x", About.DEADLINE, (Told.LEAD,), first, first + length, every, False)
    working = calendar()
    days = [due + timedelta(days=n) for n in range(-40, 41)]
    spoken = {
        working_days_from(working, due, day)
        for day in days
        if working.is_working_day(day) and rule.speaks(working_days_from(working, due, day))
    }
    wanted = set(range(first, first + length + 1, every))
    assert spoken <= wanted
    assert wanted - spoken <= {0}, "a deadline on a day of rest has no day 0 of its own"
