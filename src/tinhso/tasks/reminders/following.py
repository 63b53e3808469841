"""Who follows a task is told so (báo người theo dõi): when it is issued, and when it is handed over to them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tinhso.accounts.models import User
from tinhso.notifications.models import Notification
from tinhso.notifications.rules import IN_APP, NotificationRule, Recipient, register
from tinhso.tasks import events
from tinhso.tasks.models import Notice, Task
from tinhso.tasks.reminders.people import People
from tinhso.ui.formatting import moment

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from uuid import UUID

    from tinhso.events.models import Event

RULES = ("tasks.following.issued", "tasks.following.handed_over")


def board_of(notice: UUID) -> str:
    """The tasks of one notice."""
    return f"{reverse('tasks:board')}?van-ban={notice}"


def of_notice(event: Event) -> list[Recipient]:
    """Each follower of its tasks, once."""
    tasks = Task.objects.filter(notice__uuid=event.subject, parent=None).exclude(follower=None)
    users = User.objects.filter(pk__in=tasks.values("follower")).order_by("pk")
    link = board_of(event.subject)
    return [Recipient(f"user:{uuid}", link=link) for uuid in users.values_list("uuid", flat=True)]


def notice_facts(event: Event) -> Mapping[str, Any]:
    """What the notice is called."""
    notice = Notice.objects.get(uuid=event.subject)
    return {"what": f"{notice}: {notice.title}"}


def of_task(event: Event) -> list[Recipient]:
    """The new follower."""
    task = Task.objects.select_related("follower").get(uuid=event.subject)
    link = reverse("tasks:task", args=[task.uuid])
    return [Recipient(f"user:{task.follower.uuid}", link=link)] if task.follower else []


def task_facts(event: Event) -> Mapping[str, Any]:
    """The words of the task."""
    return {"what": Task.objects.get(uuid=event.subject).text}


def told_of(task: Task) -> str:
    """Whether the follower of a task was told of it, and has looked; empty where nobody follows."""
    if task.follower is None:
        return ""
    links = (board_of(task.notice.uuid), reverse("tasks:task", args=[task.uuid]))
    told = Notification.objects.filter(
        recipient=f"user:{task.follower.uuid}", rule__in=RULES, link__in=links
    )
    last = told.order_by("-at").first()
    if last is None:
        return _("chưa được báo")
    if last.read_at is None:
        return _("đã báo %(at)s, chưa xem") % {"at": moment(last.at)}
    return _("đã xem %(at)s") % {"at": moment(last.read_at)}


def followed_by(task: Task, at: datetime) -> str:
    """The follower, and whether they looked; absent or gone, who is told in their place."""
    if task.follower is None:
        return ""
    name, now = task.follower.name, People(at).following(task)
    if task.follower.pk in now:
        return f"{name} ({told_of(task)})"
    others = ", ".join(
        User.objects.filter(pk__in=now).order_by("pk").values_list("name", flat=True)
    )
    said = {"name": name, "others": others or "—"}
    return _("%(name)s vắng mặt hoặc đã thôi việc này; nay báo cho %(others)s") % said


def declare() -> None:
    """Register the rules with the notifications."""
    subject = gettext_lazy("Đồng chí được giao theo dõi nhiệm vụ")
    body = "tasks/notices/following.txt"
    by_notice, by_task = RULES
    register(
        NotificationRule(
            code=by_notice,
            kind=events.NOTICE_ISSUED,
            recipients=of_notice,
            subject=subject,
            body=body,
            facts=notice_facts,
            channels=IN_APP,
        ),
        NotificationRule(
            code=by_task,
            kind=events.HANDED_OVER,
            recipients=of_task,
            subject=subject,
            body=body,
            facts=task_facts,
            channels=IN_APP,
        ),
    )
