"""What periodic reports are offered of an agency: tasks that are late or still open, and what it is stuck on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tinhso.agencies.queries import names_of
from tinhso.calendars.clock import day_of
from tinhso.indicators.reports.providers import Offer, OfferProvider, register
from tinhso.tasks.models import Task
from tinhso.tasks.models.tasks import UNFINISHED
from tinhso.tasks.queries.obstacles import open_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.db.models import QuerySet

    from tinhso.indicators.reports.providers import Asked

MOST = 30
"""So many of a kind are named at most, nobody reads more; one sentence more says how many are not."""


def late(asked: Asked) -> Sequence[Offer]:
    """Tasks that the agency leads whose day has passed (nhiệm vụ quá hạn), the longest late first."""
    found = Task.objects.filter(lead__in=asked.agencies).late(day_of(asked.at))
    named = [
        _offer(task, f"quá hạn từ ngày {task.deadline_on:%d/%m/%Y}")
        for task in _ordered(found)
        if task.deadline_on
    ]
    return [*named, *_rest("late_tasks", "nhiệm vụ quá hạn", found.count(), "tasks:board")]


def still_open(asked: Asked) -> Sequence[Offer]:
    """Tasks to go on with in the next period (nhiệm vụ kỳ tới): open and not late, the nearest day first."""
    today = day_of(asked.at)
    unfinished = Task.objects.to_do().filter(lead__in=asked.agencies, state__in=UNFINISHED)
    found = unfinished.exclude(deadline_on__lt=today)
    named = [
        _offer(task, f"hạn ngày {task.deadline_on:%d/%m/%Y}" if task.deadline_on else "")
        for task in _ordered(found)
    ]
    return [*named, *_rest("open_tasks", "nhiệm vụ đang thực hiện", found.count(), "tasks:board")]


def _rest(code: str, noun: str, count: int, whole: str) -> list[Offer]:
    """A sentence of its own for what is not named, with the way to the whole list; none where all are."""
    if count <= MOST:
        return []
    words = f"Ngoài ra còn {count - MOST} {noun} khác, tổng số {count}."
    return [Offer(f"{code}:rest", words, reverse(whole))]


def obstacles(asked: Asked) -> Sequence[Offer]:
    """What the agency is stuck on (khó khăn, vướng mắc), the earliest day first, with who is to solve it."""
    everything = open_of(asked.agencies)
    found = list(everything[:MOST])
    names = names_of({one.solver_id for one in found}, day_of(asked.at))
    named = [
        Offer(
            f"obstacle:{one.uuid}",
            f"{one.text.strip().rstrip('.;')} (đã chuyển {names.get(one.solver_id, '')}, "
            f"hạn trả lời ngày {one.due_on:%d/%m/%Y}).",
            reverse("tasks:obstacle", args=[one.uuid]),
        )
        for one in found
    ]
    noun = "khó khăn, vướng mắc đang mở"
    return [*named, *_rest("open_obstacles", noun, everything.count(), "tasks:obstacles")]


def _ordered(tasks: QuerySet[Task]) -> Sequence[Task]:
    return list(tasks.order_by("deadline_on", "pk").select_related("notice")[:MOST])


def _offer(task: Task, when: str) -> Offer:
    """The words of the task, the notice that gave it, and its day."""
    told = f"{task.notice.get_kind_display()} {task.notice.number}".strip()
    origin = "; ".join(part for part in (told, when) if part)
    words = f"{task.text.strip().rstrip('.;')} ({origin})."
    return Offer(f"task:{task.uuid}", words, reverse("tasks:task", args=[task.uuid]))


def declare() -> None:
    """Let reports be offered these."""
    register(
        OfferProvider("open_obstacles", _("Khó khăn, vướng mắc đang mở"), obstacles),
        OfferProvider("late_tasks", _("Nhiệm vụ quá hạn"), late),
        OfferProvider("open_tasks", _("Nhiệm vụ đang thực hiện"), still_open),
    )
