"""Open each period of a recurring task (mở kỳ của nhiệm vụ định kỳ): a task of its own with its day and its report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from tinhso.calendars.clock import day_of
from tinhso.events.services import record
from tinhso.tasks import events
from tinhso.tasks.models import Part, State, Task
from tinhso.tasks.notices.deadlines import DeadlineKind
from tinhso.tasks.rhythms import due_in, named, periods_to_open, rhythm_of

if TYPE_CHECKING:
    from datetime import date, datetime

    from tinhso.indicators.reports.periods import Period
    from tinhso.kernel.actors import Actor
    from tinhso.tasks.rhythms import Week

STANDING = (State.ISSUED, State.ACCEPTED)
TAKEN_OVER = (
    *("notice_id", "item", "ordinal", "agency_id", "lead_id", "start", "end", "text", "wanted"),
    *("group", "deadline_words", "deadline_kind", "supervisor", "follower_id", "references"),
    *("evidence_kinds", "state", "actor"),
)
"""What a period has of the standing task: a lead that accepted this once accepted its periods."""


def open_periods(*, actor: Actor, at: datetime) -> int:
    """Open every period that has begun, of all standing tasks (mở kỳ mới); how many. Each task in its own transaction.

    A standing task that was returned, reported as done, confirmed or cancelled opens no more; what was opened stays.
    """
    standing = Task.objects.filter(
        deadline_kind=DeadlineKind.RECURRING, standing=None, deadline_on=None, state__in=STANDING
    ).exclude(deadline_words="")
    found = standing.order_by("pk").values_list("pk", "deadline_words")
    return sum(
        _open(key, actor=actor, at=at) for key, words in found.iterator() if rhythm_of(words)
    )


@transaction.atomic
def _open(key: int, *, actor: Actor, at: datetime) -> int:
    task = Task.objects.select_for_update().get(pk=key)
    if task.state not in STANDING:
        return 0
    words = task.deadline_words
    missing = periods_to_open(words, since=day_of(task.at), newest=_newest(task), today=day_of(at))
    made = 0
    for period in missing:
        _open_one(task, period, actor=actor, at=at)
        made += 1
    if made and not task.is_standing:
        task.is_standing = True
        task.save(update_fields=["is_standing"])
    return made


def _newest(task: Task) -> date | None:
    """The first day of the newest period that was opened; codes of one rhythm sort as their periods do."""
    code = task.occurrences.order_by("period").values_list("period", flat=True).last()
    rhythm = rhythm_of(task.deadline_words)
    period = named(rhythm, code) if code and rhythm else None
    return period.first if period else None


def _open_one(task: Task, period: Period | Week, *, actor: Actor, at: datetime) -> None:
    made = Task.objects.create(
        **{name: getattr(task, name) for name in TAKEN_OVER},
        standing=task,
        period=period.code,
        deadline_on=due_in(period, task.deadline_words),
        at=at,
    )
    Part.objects.bulk_create(
        Part(task=made, agency_id=part.agency_id, what=part.what) for part in task.parts.all()
    )
    record(
        events.OPENED,
        subject=made.uuid,
        actor=actor,
        at=at,
        agency=made.lead_id,
        payload={"standing": task.uuid, "deadline_on": made.deadline_on},
    )
