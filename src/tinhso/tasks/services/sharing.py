"""A lead divides its task among units below it (chia việc): a task for each, given by the lead; done when all are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from tinhso.calendars.clock import day_of
from tinhso.events.services import prepare, record_all
from tinhso.tasks import events
from tinhso.tasks.errors import ShareTooLate, ShareUnfit, TaskState
from tinhso.tasks.models import Act, Evidence, State, Task, TaskAct
from tinhso.tasks.notices.deadlines import DeadlineKind
from tinhso.tasks.permissions import TaskPermission
from tinhso.tasks.queries.evidence import lacking
from tinhso.tasks.queries.sharing import blockers_of, open_shares, units_below
from tinhso.tasks.services.acting import led, said, write
from tinhso.ui import formatting

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date, datetime
    from uuid import UUID

    from tinhso.kernel.actors import Actor


@transaction.atomic
def share_out(
    key: UUID,
    *,
    units: Collection[int],
    text: str,
    deadline_on: date | None,
    actor: Actor,
    at: datetime,
) -> list[Task]:
    """Give each of the units a share with these words and this day, no later than that of the whole.

    Shares are tasks: accepted, reported, shown and confirmed by the lead of the whole.
    """
    task = led(key, TaskPermission.SPLIT, State.ACCEPTED, actor=actor, at=at)
    words = said(text)
    below = {unit for unit, _ in units_below(task.lead_id, day_of(at))}
    if not units or not set(units) <= below:
        raise ShareUnfit
    refuse_later(task, deadline_on)
    made = [
        _share(task, unit, words, deadline_on or task.deadline_on, actor=actor, at=at)
        for unit in sorted(units)
    ]
    Task.objects.bulk_create(made)
    write(
        task,
        Act.SHARED,
        events.SHARED,
        state=State.ACCEPTED,
        words=words,
        actor=actor,
        at=at,
        payload={"shares": len(made)},
    )
    _record(task, made, actor=actor, at=at)
    return made


def _share(
    task: Task, unit: int, words: str, day: date | None, *, actor: Actor, at: datetime
) -> Task:
    """One share as a row: the place in the notice is that of the whole."""
    return Task(
        parent=task,
        notice_id=task.notice_id,
        item=task.item,
        ordinal=task.ordinal,
        period=task.period,
        agency_id=task.lead_id,
        lead_id=unit,
        start=task.start,
        end=task.end,
        text=words,
        group=task.group,
        deadline_on=day,
        deadline_kind=(DeadlineKind.COMPLETE if day else DeadlineKind.NONE).value,
        at=at,
        actor=actor.key,
    )


def _record(whole: Task, made: Collection[Task], *, actor: Actor, at: datetime) -> None:
    notice = whole.notice.uuid  # asked before: nothing can be asked while events are copied
    record_all(
        prepare(
            events.ISSUED,
            subject=one.uuid,
            actor=actor,
            at=at,
            agency=one.lead_id,
            payload={
                "notice": notice,
                "lead": one.lead_id,
                "deadline_on": one.deadline_on,
            },
        )
        for one in made
    )


def refuse_later(whole: Task | None, day: date | None) -> None:
    """What belongs to a task is due no later than the task."""
    if whole is None or whole.deadline_on is None or day is None:
        return
    if day > whole.deadline_on:
        raise ShareTooLate(day=formatting.day(whole.deadline_on))


def refuse_closed_whole(share: Task) -> None:
    """A share is not opened again when the whole was reported as done."""
    if share.parent is not None and share.parent.state != State.ACCEPTED:
        raise TaskState(state=State(share.parent.state).label)


def propose_whole(share: Task, *, actor: Actor, at: datetime) -> TaskAct | None:
    """The whole is reported as done when its last share was confirmed, something shows it and it waits for nothing."""
    if share.parent_id is None:
        return None
    whole = Task.objects.select_for_update().get(pk=share.parent_id)
    stands = whole.state == State.ACCEPTED and Evidence.objects.filter(task__parent=whole).exists()
    if not stands or open_shares(whole).exists() or blockers_of(whole).exists() or lacking(whole):
        return None
    return write(whole, Act.PROPOSED, events.PROPOSED, state=State.PROPOSED, actor=actor, at=at)


def cancel_shares(whole: Task, *, actor: Actor, at: datetime) -> None:
    """What was divided ends with the whole."""
    for share in open_shares(whole).select_for_update():
        write(share, Act.CANCELLED, events.CANCELLED, state=State.CANCELLED, actor=actor, at=at)
