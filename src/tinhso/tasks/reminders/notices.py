"""What reminders say: the mail of a day to one person, and a line to those above a late task."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tinhso.accounts.models import User
from tinhso.agencies.queries import names_of
from tinhso.calendars.clock import day_of
from tinhso.notifications.rules import (
    IN_APP,
    IN_APP_AND_EMAIL,
    NotificationRule,
    Recipient,
    register,
)
from tinhso.tasks import events
from tinhso.tasks.models import Digest, Obstacle, Task
from tinhso.tasks.reminders import rules
from tinhso.tasks.reminders.people import People
from tinhso.tasks.reminders.rules import Section, Told
from tinhso.ui import formatting

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tinhso.events.models import Event

MOST = 20
"""So many lines stand under a heading; of more the rest is counted."""
LONGEST = 160
"""Letters of the words of a task or an obstacle in a mail."""
HEADS = {
    Section.ESCALATED: _("Quá hạn, báo lên đồng chí"),
    Section.LATE: _("Quá hạn"),
    Section.TODAY: _("Hạn hôm nay"),
    Section.SOON: _("Sắp đến hạn"),
    Section.WAITING: _("Chờ đồng chí xác nhận hoàn thành"),
}


def reminded(event: Event) -> list[Recipient]:
    """Whose mail it is."""
    found = Digest.objects.select_related("person").get(uuid=event.subject)
    return [Recipient(f"user:{found.person.uuid}", link=reverse("tasks:inbox"))]


def digest_facts(event: Event) -> Mapping[str, Any]:
    """Tasks and obstacles under their headings, each with its day, who is to act, and its address."""
    digest = Digest.objects.get(uuid=event.subject)
    by_section: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for matter in digest.matters:
        by_section[matter["section"]].append(matter)
    shown = [one["subject"] for matters in by_section.values() for one in matters[:MOST]]
    found: list[Task | Obstacle] = [
        *Task.objects.filter(uuid__in=shown),
        *Obstacle.objects.filter(uuid__in=shown),
    ]
    subjects = {str(each.uuid): each for each in found}
    names = names_of({_doer(each) for each in found}, digest.day)
    return {
        **event.payload,
        "day": formatting.day(digest.day),
        "sections": [
            {
                "head": head,
                "count": len(by_section[section]),
                "more": max(0, len(by_section[section]) - MOST),
                "lines": [
                    _line(subjects[one["subject"]], one, names)
                    for one in by_section[section][:MOST]
                ],
            }
            for section, head in HEADS.items()
            if section in by_section
        ],
    }


def _doer(subject: Task | Obstacle) -> int:
    """The agency that is to do the task, or to answer."""
    return subject.lead_id if isinstance(subject, Task) else subject.solver_id


def _line(
    subject: Task | Obstacle, matter: Mapping[str, Any], names: Mapping[int, str]
) -> dict[str, Any]:
    year, month, day = matter["due"].split("-")
    text = subject.text
    words = text if len(text) <= LONGEST else f"{text[:LONGEST].rstrip()}…"
    is_obstacle = isinstance(subject, Obstacle)
    page = "tasks:obstacle" if is_obstacle else "tasks:task"
    return {
        "text": " ".join(words.split()),
        "due": f"{day}/{month}/{year}",
        "lead": names.get(_doer(subject), ""),
        "is_obstacle": is_obstacle,
        "address": settings.PUBLIC_ADDRESS + reverse(page, args=[subject.uuid]),
    }


def above(event: Event) -> list[Recipient]:
    """Those to whom the rule speaks."""
    rule = rules.in_force().get(str(event.payload["rule"]))
    task = Task.objects.select_related("follower").filter(uuid=event.subject).first()
    if rule is None or task is None:
        return []
    people = People(event.at)
    told = [people.of(each, task) for each in rule.to if each is not Told.COORDINATOR]
    users = User.objects.filter(pk__in=frozenset[int]().union(*told)).order_by("pk")
    link = reverse("tasks:task", args=[task.uuid])
    return [Recipient(f"user:{uuid}", link=link) for uuid in users.values_list("uuid", flat=True)]


def escalated_facts(event: Event) -> Mapping[str, Any]:
    """The task, its lead and its day."""
    task = Task.objects.get(uuid=event.subject)
    names = names_of([task.lead_id], day_of(event.at))
    return {
        "days": event.payload["days"],
        "text": task.text,
        "lead": names.get(task.lead_id, ""),
        "due": formatting.day(task.deadline_on) if task.deadline_on else "",
    }


def above_solver(event: Event) -> list[Recipient]:
    """Those above whoever is to solve the obstacle."""
    rule = rules.in_force().get(str(event.payload["rule"]))
    obstacle = Obstacle.objects.filter(uuid=event.subject).first()
    if rule is None or obstacle is None:
        return []
    people = People(event.at)
    told = [people.of_obstacle(each, obstacle) for each in rule.to]
    users = User.objects.filter(pk__in=frozenset[int]().union(*told)).order_by("pk")
    link = reverse("tasks:obstacle", args=[obstacle.uuid])
    return [Recipient(f"user:{uuid}", link=link) for uuid in users.values_list("uuid", flat=True)]


def unanswered_facts(event: Event) -> Mapping[str, Any]:
    """The obstacle, who raised it, who is to solve it, and by which day."""
    obstacle = Obstacle.objects.get(uuid=event.subject)
    names = names_of([obstacle.agency_id, obstacle.solver_id], day_of(event.at))
    return {
        "days": event.payload["days"],
        "text": obstacle.text,
        "agency": names.get(obstacle.agency_id, ""),
        "solver": names.get(obstacle.solver_id, ""),
        "due": formatting.day(obstacle.due_on),
    }


def at_lead(event: Event) -> list[Recipient]:
    """Who takes tasks at the lead, and who was named to do it."""
    task = Task.objects.get(uuid=event.subject)
    told = People(event.at).at_work(task.lead_id, {task.worker_id} if task.worker_id else ())
    users = User.objects.filter(pk__in=told).order_by("pk").values_list("uuid", flat=True)
    link = reverse("tasks:task", args=[task.uuid])
    return [Recipient(f"user:{uuid}", link=link) for uuid in users]


def reached_facts(event: Event) -> Mapping[str, Any]:
    """The words of the task."""
    return {"text": Task.objects.get(uuid=event.subject).text}


def declare() -> None:
    """Register the rules with the notifications."""
    register(
        NotificationRule(
            code="tasks.reminding.digest",
            kind=events.DIGEST_TOLD,
            recipients=reminded,
            subject=_(
                "Nhắc việc ngày {day}: {late} quá hạn, {near} đến hạn, {waiting} chờ xác nhận"
            ),
            body="tasks/notices/digest.txt",
            facts=digest_facts,
            channels=IN_APP_AND_EMAIL,
        ),
        NotificationRule(
            code="tasks.proving.reached",
            kind=events.REACHED,
            recipients=at_lead,
            subject=_("Số liệu cho thấy nhiệm vụ đã đạt"),
            body="tasks/notices/reached.txt",
            facts=reached_facts,
            channels=IN_APP,
        ),
        NotificationRule(
            code="tasks.reminding.escalated",
            kind=events.ESCALATED,
            recipients=above,
            subject=_("Nhiệm vụ quá hạn {days} ngày làm việc"),
            body="tasks/notices/escalated.txt",
            facts=escalated_facts,
            channels=IN_APP,
        ),
        NotificationRule(
            code="tasks.reminding.obstacle_escalated",
            kind=events.OBSTACLE_ESCALATED,
            recipients=above_solver,
            subject=_("Vướng mắc quá hạn trả lời {days} ngày làm việc"),
            body="tasks/notices/obstacle_escalated.txt",
            facts=unanswered_facts,
            channels=IN_APP,
        ),
    )
