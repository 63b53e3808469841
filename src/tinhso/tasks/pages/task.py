"""A task's page (nhiệm vụ): its words in the notice, who, by when, what happened, what may be done now."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tinhso.agencies.queries import names_of
from tinhso.calendars.clock import day_of
from tinhso.tasks.models import Task
from tinhso.tasks.models.scopes import held
from tinhso.tasks.models.tasks import DEADLINE_KINDS
from tinhso.tasks.notices.deadlines import DeadlineKind
from tinhso.tasks.pages.act_table import PROOF
from tinhso.tasks.pages.acting import acts_open
from tinhso.tasks.permissions import TaskPermission
from tinhso.tasks.queries.evidence import kinds_in_words
from tinhso.tasks.queries.history import history
from tinhso.tasks.queries.reviews import Piece
from tinhso.tasks.queries.sharing import blockers_of, joint_with, pieces, progress_of, shares_of
from tinhso.tasks.queries.tasks import Pace, pace_of, place_of
from tinhso.tasks.queries.ties import is_shown, ties_of
from tinhso.tasks.reminders.following import followed_by
from tinhso.tasks.rhythms import title_of
from tinhso.tasks.services.carrying import waiting_request
from tinhso.tasks.services.proving import told
from tinhso.ui import formatting

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

    from django.http import HttpResponse

    from tinhso.kernel.requests import ActedRequest

PERIODS = 24
"""So many periods of a recurring task are shown."""
AROUND = 280
"""Characters of the notice before and after the words of the task."""


@require_safe
def show(request: ActedRequest, key: UUID) -> HttpResponse:
    """Everything about one task."""
    tasks = Task.objects.visible_to(request.actor, at=request.at)
    task = tasks.select_related("notice", "follower", "worker", "standing").get_or_refuse(key)
    on = day_of(request.at)
    parts = list(task.parts.order_by("pk"))
    names = names_of({task.agency_id, task.lead_id, *(part.agency_id for part in parts)}, on)
    context = {
        "task": task,
        "pace": pace_of(task, on),
        "facts": facts_of(task, names, request.at),
        "is_giver": is_giver(request, task),
        "lead": names[task.lead_id],
        "parts": [(names.get(part.agency_id, ""), part) for part in parts],
        "pieces": around(task),
        "history": history(task),
        **_acts(request, task),
        **_around(request, task, on),
        "period": title_of(task.period, task.deadline_words) if task.period else "",
        "occurrences": occurrences_of(task, on),
    }
    return render(request, "tasks/task.html", context)


def _acts(request: ActedRequest, task: Task) -> dict[str, object]:
    acts = acts_open(request, task)
    tied = ties_of(task, request.at)
    return {
        "number": place_of(task),
        "request_waiting": waiting_request(task),
        "ties": [(one, told(one)) for one in tied],
        "is_shown": is_shown(tied),
        "proof": next((act for act in acts if act is PROOF), None),
        "acts": [act for act in acts if not act.is_minor and act is not PROOF],
        "minor_acts": [act for act in acts if act.is_minor],
    }


def _around(request: ActedRequest, task: Task, on: date) -> dict[str, object]:
    """The tasks beside it: its shares, what it waits for, the same words at other leads, the whole it is a share of."""
    shares = shares_of(task, on)
    known = Task.objects.visible_to(request.actor, at=request.at)
    whole = known.filter(pk=task.parent_id).first() if task.parent_id else None
    return {
        "shares": shares,
        "progress": progress_of(shares),
        "blockers": pieces(blockers_of(task).order_by("pk"), on),
        "joint": [one for one in joint_with(task, on) if known.filter(pk=one.task.pk).exists()],
        "whole": whole,
    }


def facts_of(task: Task, names: Mapping[int, str], at: datetime) -> list[tuple[str, object]]:
    """What is known of the task; what nobody said is left out."""
    said = [
        (_("Nội dung"), task.text),
        (_("Kết quả cần đạt"), task.wanted),
        (_("Minh chứng cần có"), ", ".join(kinds_in_words(task.evidence_kinds))),
        (_("Chủ trì"), names[task.lead_id]),
        (_("Hạn"), _due(task)),
        (_("Thời hạn ghi là"), task.deadline_words),
        (_("Cơ quan giao việc, theo dõi"), names[task.agency_id]),
        (_("Người thực hiện"), task.worker.name if task.worker else ""),
        (_("Người theo dõi"), followed_by(task, at)),
        (_("Theo dõi ghi là"), task.supervisor),
        (_("Nhóm"), task.group),
        (_("Căn cứ"), "; ".join(task.references)),
    ]
    return [(label, value) for label, value in said if value]


def _due(task: Task) -> str:
    """The day; of a task without one, what its paper says of when."""
    if task.deadline_on is not None:
        return formatting.day(task.deadline_on)
    kinds = dict(DEADLINE_KINDS)
    is_unsaid = task.deadline_kind not in {DeadlineKind.RECURRING, DeadlineKind.CARRY_OUT}
    return str(kinds[DeadlineKind.NONE if is_unsaid else task.deadline_kind])


def is_giver(request: ActedRequest, task: Task) -> bool:
    """Whether the reader sees the task as one that their agency gave: the way back leads there."""
    led = held(request.actor, TaskPermission.READ, at=request.at)
    return led is not None and task.lead_id not in led


def occurrences_of(task: Task, on: date) -> list[tuple[str, Task, Pace]]:
    """The latest periods of a recurring task, each with how it stands."""
    latest = task.occurrences.order_by("-period")[:PERIODS]
    return [(title_of(one.period, one.deadline_words), one, pace_of(one, on)) for one in latest]


def around(task: Task) -> list[Piece]:
    """The words of the task where they stand in the notice, with what is before and after."""
    text = task.notice.text
    first, last = max(task.start - AROUND, 0), min(task.end + AROUND, len(text))
    before, after = text[first : task.start], text[task.end : last]
    if first:  # a whole word first and last
        before = "… " + before.partition(" ")[2]
    if last < len(text):
        after = after.rpartition(" ")[0] + " …"
    return [
        Piece(before),
        Piece(text[task.start : task.end], place_of(task), is_first=True),
        Piece(after),
    ]
