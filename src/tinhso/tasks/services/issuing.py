"""Issue the tasks of a reviewed notice; discard a notice that was a mistake."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from tinhso.agencies.models import Agency
from tinhso.calendars.clock import day_of
from tinhso.events.services import prepare, record, record_all
from tinhso.kernel.errors import StaleVersion
from tinhso.kernel.permissions import require
from tinhso.tasks import events
from tinhso.tasks.drafts import standing
from tinhso.tasks.errors import NothingToIssue, ReviewUnready, WordsMissing
from tinhso.tasks.models import Notice, NoticeEnd, Outcome, Part, Task
from tinhso.tasks.permissions import TaskPermission
from tinhso.tasks.queries.reviews import able_to_follow
from tinhso.tasks.services.reviewing import items_of, opened, refuse_ended

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import datetime
    from uuid import UUID

    from tinhso.kernel.actors import Actor
    from tinhso.tasks.drafts import Item


def unready(
    items: Sequence[Item], alive: Collection[int], able: Collection[int] = ()
) -> list[Item]:
    """Those that cannot be issued: who leads is nobody or ended, or who was to follow may not any more. Pure."""
    return [
        item
        for item in items
        if not item.leads
        or not set(item.leads) <= set(alive)
        or (item.follower is not None and item.follower not in able)
    ]


def plan_issue(
    notice: Notice, items: Sequence[Item], *, actor: str, at: datetime
) -> tuple[list[Task], list[Part]]:
    """A task for each lead of each draft, in the order of the text, and the parts of who coordinates. Pure."""
    tasks: list[Task] = []
    parts: list[Part] = []
    for item in items:
        for lead in item.leads:
            task = Task(
                notice=notice,
                item=item.key,
                ordinal=len(tasks) + 1,
                agency_id=notice.agency_id,
                lead_id=lead,
                start=item.start,
                end=item.end,
                text=item.text,
                wanted=item.wanted,
                evidence_kinds=list(item.evidence_kinds),
                group=item.group,
                deadline_words=item.deadline_words,
                deadline_on=item.deadline_on,
                deadline_kind=item.deadline_kind,
                supervisor=item.supervisor,
                follower_id=item.follower,
                references=list(item.references),
                at=at,
                actor=actor,
            )
            tasks.append(task)
            parts += [
                Part(task=task, agency_id=one) for one in item.coordinators if one not in item.leads
            ]
    return tasks, parts


@transaction.atomic
def confirm(key: UUID, *, expected: int, actor: Actor, at: datetime) -> NoticeEnd:
    """Issue the tasks of a review (giao nhiệm vụ), each with the words of the notice that order it.

    Sent again by the same person for the same review, it is the same act; anybody else is told that it was issued.
    """
    found = Notice.objects.visible_to(actor, at=at).get_or_refuse(key)
    require(actor, TaskPermission.ISSUE, agency=found.agency_id, at=at)
    notice = Notice.objects.select_for_update().get(pk=found.pk)
    again = NoticeEnd.objects.filter(
        notice=notice, outcome=Outcome.ISSUED, review=expected, actor=actor.key
    ).first()
    if again is not None:
        return again
    refuse_ended(notice)
    review = notice.reviews.latest("number")
    if review.number != expected:
        raise StaleVersion
    items = standing(items_of(review))
    if not items:
        raise NothingToIssue
    wanted = {lead for item in items for lead in (*item.leads, *item.coordinators)}
    alive = Agency.objects.alive(day_of(at)).filter(pk__in=wanted)
    able = able_to_follow(notice, items, at=at)
    waiting = unready(items, set(alive.values_list("pk", flat=True)), able)
    if waiting:
        raise ReviewUnready(count=len(waiting))

    tasks, parts = plan_issue(notice, items, actor=actor.key, at=at)
    return write_issued(notice, tasks, parts, review.number, actor=actor, at=at)


def write_issued(
    notice: Notice,
    tasks: list[Task],
    parts: list[Part],
    review: int,
    *,
    actor: Actor,
    at: datetime,
) -> NoticeEnd:
    """Write the tasks of a notice with their events; part of an act that has required its right."""
    Task.objects.bulk_create(tasks)
    Part.objects.bulk_create(parts)
    end = NoticeEnd.objects.create(
        notice=notice,
        outcome=Outcome.ISSUED,
        review=review,
        tasks=len(tasks),
        at=at,
        actor=actor.key,
    )
    record(
        events.NOTICE_ISSUED,
        subject=notice.uuid,
        actor=actor,
        at=at,
        agency=notice.agency_id,
        payload={"tasks": len(tasks), "review": review},
    )
    record_all(
        prepare(
            events.ISSUED,
            subject=task.uuid,
            actor=actor,
            at=at,
            agency=task.lead_id,
            payload={
                "notice": notice.uuid,
                "lead": task.lead_id,
                "deadline_on": task.deadline_on,
            },
        )
        for task in tasks
    )
    return end


@transaction.atomic
def discard(key: UUID, *, reason: str, expected: int, actor: Actor, at: datetime) -> NoticeEnd:
    """Leave a notice aside (bỏ văn bản): brought in by mistake, or it orders nothing. What was read stays readable."""
    notice, review = opened(key, TaskPermission.BRING_IN, expected=expected, actor=actor, at=at)
    if not reason.strip():
        raise WordsMissing
    end = NoticeEnd.objects.create(
        notice=notice,
        outcome=Outcome.DISCARDED,
        review=review.number,
        reason=reason.strip(),
        at=at,
        actor=actor.key,
    )
    record(
        events.NOTICE_DISCARDED, subject=notice.uuid, actor=actor, at=at, agency=notice.agency_id
    )
    return end
