"""What the agency that gave a task decides: more time, another lead, done or not done, cancelled."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from tinhso.agencies.models import Agency
from tinhso.agencies.queries import heir
from tinhso.calendars.clock import day_of
from tinhso.events.services import record
from tinhso.tasks import events
from tinhso.tasks.errors import ExtensionUnfit, LeadUnfit, NoExtensionAsked, OwnProposal, TaskState
from tinhso.tasks.models import (
    Act,
    Evidence,
    EvidenceKind,
    ExtensionDecision,
    Part,
    State,
    Task,
    TaskAct,
)
from tinhso.tasks.models.tasks import OPEN
from tinhso.tasks.permissions import TaskPermission
from tinhso.tasks.services.acting import given, said, write
from tinhso.tasks.services.carrying import refuse_open_shares, waiting_request
from tinhso.tasks.services.sharing import (
    cancel_shares,
    propose_whole,
    refuse_closed_whole,
    refuse_later,
)

if TYPE_CHECKING:
    from datetime import date, datetime
    from uuid import UUID

    from tinhso.kernel.actors import Actor


@transaction.atomic
def decide_extension(
    key: UUID,
    *,
    grants: bool,
    until: date | None = None,
    words: str = "",
    actor: Actor,
    at: datetime,
) -> ExtensionDecision:
    """Answer the waiting request (quyết định gia hạn); `until` overrules the day that was asked for.

    A refusal says why and leaves the day as it was.
    """
    task = given(key, TaskPermission.DECIDE, *OPEN, actor=actor, at=at)
    asked = waiting_request(task)
    if asked is None:
        raise NoExtensionAsked
    why = words.strip() if grants else said(words)
    day = (until or asked.until) if grants else asked.before
    if grants and day <= asked.before:
        raise ExtensionUnfit
    if grants:
        refuse_later(task.parent, day)
    decision = ExtensionDecision.objects.create(
        request=asked, is_granted=grants, until=day, words=why, at=at, actor=actor.key
    )
    task.deadline_on = day
    task.save(update_fields=["deadline_on"])
    record(
        events.EXTENSION_DECIDED,
        subject=task.uuid,
        actor=actor,
        at=at,
        agency=task.lead_id,
        payload={"is_granted": grants, "until": day},
    )
    return decision


def may_give(task: Task, at: datetime) -> bool:
    """Whether who gave the task may give it anew as it stands."""
    if task.state in {State.RETURNED, State.ISSUED}:
        return True
    on = day_of(at)
    return not Agency.objects.alive(on).filter(pk=heir(task.lead_id, on)).exists()


@transaction.atomic
def give(key: UUID, *, lead: int, words: str, actor: Actor, at: datetime) -> TaskAct:
    """Give a task to an agency (giao lại), another one or the same once more.

    It came back, or nobody took it, or its lead has ended and nobody alone stands in its place.
    """
    task = given(key, TaskPermission.DECIDE, *OPEN, actor=actor, at=at)
    why = said(words)
    if not may_give(task, at):
        raise TaskState(state=State(task.state).label)
    if not Agency.objects.alive(day_of(at)).filter(pk=lead).exists():
        raise LeadUnfit
    before, task.lead_id = task.lead_id, lead
    task.worker = None if before != lead else task.worker
    Part.objects.filter(task=task, agency=lead).delete()  # who leads has no part beside it
    return write(
        task,
        Act.GIVEN,
        events.GIVEN,
        state=State.ISSUED,
        words=why,
        actor=actor,
        at=at,
        payload={"from": before, "to": lead},
    )


def proposed_by(task: Task) -> str:
    """The key of who last said that the task is done."""
    last = task.acts.filter(kind=Act.PROPOSED).order_by("pk").last()
    return last.actor if last else ""


@transaction.atomic
def confirm_completion(key: UUID, *, words: str = "", actor: Actor, at: datetime) -> TaskAct:
    """The task is done (xác nhận hoàn thành), as its lead said."""
    task = given(key, TaskPermission.CONFIRM, State.PROPOSED, actor=actor, at=at)
    if getattr(actor, "user", None) is not None and proposed_by(task) == actor.key:
        raise OwnProposal  # of people; an import tells what several did
    done = write(
        task,
        Act.CONFIRMED,
        events.CONFIRMED,
        state=State.DONE,
        words=words.strip(),
        actor=actor,
        at=at,
    )
    propose_whole(task, actor=actor, at=at)
    return done


@transaction.atomic
def settle(key: int, *, seen: str, actor: Actor, at: datetime) -> None:
    """Report and confirm a task of which somebody saw on the spot that it is done; part of an act with its own right.

    `seen` is what shows it. What is over stays as it is; refuses while a unit below works on a share.
    """
    task = Task.objects.select_for_update().get(pk=key)
    if task.state not in OPEN:
        return
    refuse_open_shares(task)
    Evidence.objects.create(
        task=task, kind=EvidenceKind.RECORD, value=seen[:500], at=at, actor=actor.key
    )
    for act, event, state in (
        (Act.PROPOSED, events.PROPOSED, State.PROPOSED),
        (Act.CONFIRMED, events.CONFIRMED, State.DONE),
    ):
        if task.state != state:
            write(task, act, event, state=state, words=seen, actor=actor, at=at)


@transaction.atomic
def reopen(key: UUID, *, reason: str, actor: Actor, at: datetime) -> TaskAct:
    """It is not done (yêu cầu làm tiếp): what was proposed, or even confirmed, goes back to its lead."""
    states = (State.PROPOSED, State.DONE)
    task = given(key, TaskPermission.CONFIRM, *states, actor=actor, at=at)
    refuse_closed_whole(task)
    return write(
        task,
        Act.REOPENED,
        events.REOPENED,
        state=State.ACCEPTED,
        words=said(reason),
        actor=actor,
        at=at,
    )


@transaction.atomic
def cancel(key: UUID, *, reason: str, actor: Actor, at: datetime) -> TaskAct:
    """The task is not wanted any more (hủy nhiệm vụ), with the reason; its history stays."""
    task = given(key, TaskPermission.DECIDE, *OPEN, actor=actor, at=at)
    cancel_shares(task, actor=actor, at=at)
    return write(
        task,
        Act.CANCELLED,
        events.CANCELLED,
        state=State.CANCELLED,
        words=said(reason),
        actor=actor,
        at=at,
    )
