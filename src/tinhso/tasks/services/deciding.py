"""What the agency that gave a task decides: more time, another lead, done or not done, cancelled."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from tinhso.agencies.models import Agency
from tinhso.calendars.clock import day_of
from tinhso.events.services import record
from tinhso.tasks import events
from tinhso.tasks.errors import ExtensionUnfit, LeadUnfit, NoExtensionAsked
from tinhso.tasks.models import Act, ExtensionDecision, Part, State, TaskAct
from tinhso.tasks.models.tasks import OPEN
from tinhso.tasks.permissions import TaskPermission
from tinhso.tasks.services.acting import given, said, write
from tinhso.tasks.services.carrying import waiting_request
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


@transaction.atomic
def give(key: UUID, *, lead: int, words: str, actor: Actor, at: datetime) -> TaskAct:
    """Give a task that came back, or that nobody took, to an agency (giao lại): another one, or the same once more."""
    task = given(key, TaskPermission.DECIDE, State.RETURNED, State.ISSUED, actor=actor, at=at)
    why = said(words)
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


@transaction.atomic
def confirm_completion(key: UUID, *, words: str = "", actor: Actor, at: datetime) -> TaskAct:
    """The task is done (xác nhận hoàn thành), as its lead said."""
    task = given(key, TaskPermission.CONFIRM, State.PROPOSED, actor=actor, at=at)
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
