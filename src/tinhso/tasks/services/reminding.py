"""Remind people of tasks and obstacles once a working day; let those above know once of what stays late."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Exists, OuterRef

from tinhso.accounts.models import User
from tinhso.calendars.clock import day_of, local
from tinhso.calendars.queries import working_calendar
from tinhso.events.services import record
from tinhso.tasks import events
from tinhso.tasks.models import (
    Digest,
    Escalation,
    Obstacle,
    ObstacleAct,
    ObstacleActKind,
    ReminderDay,
    Task,
)
from tinhso.tasks.models.tasks import UNFINISHED
from tinhso.tasks.reminders import rules
from tinhso.tasks.reminders.people import People
from tinhso.tasks.reminders.planning import calendars_of, candidates, matters_of
from tinhso.tasks.reminders.rules import About, Section, working_days_from

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date, datetime

    from tinhso.calendars.working_time import WorkingCalendar
    from tinhso.kernel.actors import Actor
    from tinhso.tasks.reminders.planning import Matter
    from tinhso.tasks.reminders.rules import Rule

BEFORE_WORK = 30
"""Minutes before the office opens from which the mail goes out."""
EARLIEST = 5 * 60
"""No office opens so early that anybody would be told before (minutes after midnight)."""


def remind(*, actor: Actor, at: datetime) -> int:
    """Tell everybody once that day what is near, due, late and waits for them (nhắc việc); how many were told.

    Runs again until everybody's office has opened, then the day is marked as done. Each mail is a transaction of its
    own: a second worker, or one that begins anew after the first was killed, tells only who was not told. A day that
    nobody worked through is not made up for: the mail of the next working day says what is still open.
    """
    day = day_of(at)
    if _minute(at) < EARLIEST or ReminderDay.objects.filter(day=day).exists():
        return 0
    escalate(actor=actor, at=at)
    found = candidates(rules.in_force(), People(at), at=at)
    users = list(User.objects.filter(pk__in=found).order_by("pk"))
    calendars = calendars_of(users, day)
    told, waits = 0, False
    for user in users:
        opening = _opening(calendars[user.pk], at=at)
        if opening is None:
            waits = True
        elif opening:
            matters = matters_of(found[user.pk], calendars[user.pk], day)
            told += bool(matters) and _tell(user, matters, actor=actor, at=at)
    if not waits:
        counted = Digest.objects.filter(day=day).count()
        ReminderDay.objects.get_or_create(day=day, defaults={"at": at, "told": counted})
    return told


def _opening(calendar: WorkingCalendar, *, at: datetime) -> bool | None:
    """Whether people of that calendar are told now; None while their office is still to open that day."""
    shifts = calendar.shifts_on(day_of(at))
    if not shifts or _minute(at) > shifts[-1][1]:
        return False
    return True if _minute(at) >= shifts[0][0] - BEFORE_WORK else None


def _minute(at: datetime) -> int:
    return local(at).hour * 60 + local(at).minute


@transaction.atomic
def _tell(user: User, matters: Collection[Matter], *, actor: Actor, at: datetime) -> bool:
    digest, is_new = Digest.objects.get_or_create(
        person=user,
        day=day_of(at),
        defaults={"at": at, "matters": [matter.as_json() for matter in matters]},
    )
    if is_new:
        counted = Counter(matter.section for matter in matters)
        payload = {
            "day": digest.day,
            "late": counted[Section.LATE] + counted[Section.ESCALATED],
            "near": counted[Section.TODAY] + counted[Section.SOON],
            "waiting": counted[Section.WAITING],
        }
        record(events.DIGEST_TOLD, subject=digest.uuid, actor=actor, at=at, payload=payload)
    return is_new


def escalate(*, actor: Actor, at: datetime) -> int:
    """Let those above know once, by each rule and for each deadline, of what is that late (báo lên cấp trên)."""
    above = [rule for rule in rules.in_force().values() if rule.escalates]
    day, made = day_of(at), 0
    for rule in above:
        if rule.about is About.OBSTACLE:
            made += _escalate_obstacles(rule, actor=actor, at=at)
            continue
        for task in _not_escalated(rule, day):
            due = task.deadline_on or day
            days = working_days_from(working_calendar(task.agency_id), due, day)
            if days >= rule.first:
                made += _escalate(task, rule, due, days, actor=actor, at=at)
    return made


def _not_escalated(rule: Rule, day: date) -> list[Task]:
    """Late tasks of which the rule has not spoken for the day that is in force."""
    late = list(Task.objects.filter(state__in=UNFINISHED, deadline_on__lt=day).order_by("pk"))
    told = Escalation.objects.filter(rule=rule.code, task__in=[task.pk for task in late])
    known = set(told.values_list("task", "deadline_on"))
    return [task for task in late if (task.pk, task.deadline_on) not in known]


@transaction.atomic
def _escalate(task: Task, rule: Rule, due: date, days: int, *, actor: Actor, at: datetime) -> bool:
    _row, is_new = Escalation.objects.get_or_create(
        task=task, rule=rule.code, deadline_on=due, defaults={"at": at}
    )
    if is_new:
        record(
            events.ESCALATED,
            subject=task.uuid,
            actor=actor,
            at=at,
            agency=task.agency_id,
            payload={"rule": rule.code, "days": days},
        )
    return is_new


def _escalate_obstacles(rule: Rule, *, actor: Actor, at: datetime) -> int:
    """The same of obstacles that nobody answered: once by each rule for each agency that was to solve them."""
    day = day_of(at)
    told = ObstacleAct.objects.filter(
        obstacle=OuterRef("pk"), rule=rule.code, agency=OuterRef("solver")
    )
    late = Obstacle.objects.unanswered().filter(~Exists(told), due_on__lt=day).order_by("pk")
    made = 0
    for obstacle in late:
        days = working_days_from(working_calendar(obstacle.solver_id), obstacle.due_on, day)
        if days >= rule.first:
            made += _escalate_obstacle(obstacle, rule, days, actor=actor, at=at)
    return made


@transaction.atomic
def _escalate_obstacle(
    obstacle: Obstacle, rule: Rule, days: int, *, actor: Actor, at: datetime
) -> bool:
    _row, is_new = ObstacleAct.objects.get_or_create(
        obstacle=obstacle,
        rule=rule.code,
        agency_id=obstacle.solver_id,
        defaults={"kind": ObstacleActKind.ESCALATED, "at": at, "actor": actor.key},
    )
    if is_new:
        record(
            events.OBSTACLE_ESCALATED,
            subject=obstacle.uuid,
            actor=actor,
            at=at,
            agency=obstacle.agency_id,
            payload={"rule": rule.code, "days": days},
        )
    return is_new
