"""Time that passes: timers of the workflow, opinions that nobody gave, supplements that nobody brought."""

from __future__ import annotations

import logging
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Exists, OuterRef

from tinhso.calendars.clock import day_of, instant
from tinhso.calendars.queries import working_calendar
from tinhso.dossiers.definitions import OpinionSilence, Silence
from tinhso.dossiers.models import Alarm, OpinionRequest, State, SupplementRequest, Suspension
from tinhso.dossiers.plans.working import plan_fire_timer, plan_lapse_opinion
from tinhso.dossiers.services.acting import finish, lock
from tinhso.dossiers.services.supplementing import stop
from tinhso.kernel.errors import DomainError

if TYPE_CHECKING:
    from datetime import date, datetime
    from uuid import UUID

    from django.db.models import QuerySet

    from tinhso.kernel.actors import Actor

log = logging.getLogger(__name__)
LONGEST_BREAK = 60
"""Days; no holidays last as long."""
UNANSWERED = "Hết hạn bổ sung mà người nộp không bổ sung."
"""The reason that the system gives."""


@transaction.atomic
def fire_timer(alarm: UUID, *, actor: Actor, at: datetime) -> bool:
    """Let one alarm go off; False when it is gone, not yet due, or its dossier's clock stands still."""
    found = Alarm.objects.filter(pk=alarm, fires_at__lte=at).select_related("dossier").first()
    if found is None:
        return False
    case = lock(found.dossier, at=at, expected_version=None)
    locked = case.rows(Alarm).get(alarm)
    if locked is None or locked["fires_at"] > at or case.is_stopped:
        return False
    rows = plan_fire_timer(case, alarm, actor=actor.key, at=at)
    finish(case, rows, actor=actor, at=at, agency=case.dossier["competent_agency_id"])
    return True


def due_alarms(*, at: datetime, limit: int) -> list[UUID]:
    """Alarms whose time has come and whose dossier's clock runs, the oldest first."""
    stopped = Suspension.objects.filter(dossier=OuterRef("dossier"), resumption=None)
    waiting = Alarm.objects.filter(~Exists(stopped), fires_at__lte=at)
    return list(waiting.order_by("fires_at", "pk").values_list("pk", flat=True)[:limit])


def fire_due(*, actor: Actor, at: datetime, limit: int) -> bool:
    """Let the alarms go off whose time has come, each in a transaction of its own; True when more may wait.

    A dossier that refuses (no agency competent for its next step, say) keeps its alarm and holds nobody up: it is
    written to the log of the process and tried again with the next batch.
    """
    waiting = due_alarms(at=at, limit=limit)
    fired = 0
    for alarm in waiting:
        try:
            fired += fire_timer(alarm, actor=actor, at=at)
        except DomainError as refusal:
            log.warning("alarm %s did not go off: %s", alarm, refusal.code)
    return fired > 0 and len(waiting) == limit


@transaction.atomic
def lapse_opinion(request: UUID, *, actor: Actor, at: datetime) -> bool:
    """Let one opinion asked beside the workflow lapse; False when it was given meanwhile, or is not yet late."""
    found = lapsed(at=at).filter(pk=request).select_related("dossier").first()
    if found is None:
        return False
    case = lock(found.dossier, at=at, expected_version=None)
    if found.step_id not in {step["id"] for step in case.open_steps()}:
        return False
    rows = plan_lapse_opinion(case, found.step_id, actor=actor.key, at=at)
    finish(case, rows, actor=actor, at=at, agency=case.dossier["competent_agency_id"])
    return True


def lapsed(*, at: datetime) -> QuerySet[OpinionRequest]:
    """Opinions asked beside the workflow whose last day is over, under procedures that say what silence does.

    Their clock is their own: it runs also while the dossier's stands still.
    """
    effects = [OpinionSilence.AGREE.value, OpinionSilence.CLOSE.value]
    return OpinionRequest.objects.filter(
        step__closed_at=None,
        step__token=None,
        due_at__lt=instant(day_of(at), 0),
        dossier__procedure__definition__opinion_silence__in=effects,
    )


def lapse_opinions(*, actor: Actor, at: datetime, limit: int) -> bool:
    """Let them lapse, each in a transaction of its own; True when more may wait. A refusal holds nobody up."""
    waiting = list(lapsed(at=at).order_by("due_at", "pk").values_list("pk", flat=True)[:limit])
    done = 0
    for key in waiting:
        try:
            done += lapse_opinion(key, actor=actor, at=at)
        except DomainError as refusal:
            log.warning("opinion %s did not lapse: %s", key, refusal.code)
    return done > 0 and len(waiting) == limit


def unanswered(*, at: datetime, limit: int) -> list[UUID]:
    """Dossiers whose applicants let the day pass, under procedures that say that it ends them (`silence: close`).

    The system waits for a whole working day more: what the post brought on the last day came in time, and the desk
    writes it down when it works.
    """
    waiting = SupplementRequest.objects.filter(
        answer=None,
        answer_by__lt=_last_worked_before(day_of(at)),
        dossier__state=State.AWAITING_SUPPLEMENT,
        dossier__batch=None,
        dossier__procedure__definition__supplement__silence=Silence.CLOSE.value,
    )
    return list(waiting.order_by("answer_by", "pk").values_list("dossier__uuid", flat=True)[:limit])


def _last_worked_before(day: date) -> date:
    """The last working day that is over before a day."""
    calendar = working_calendar()
    return next(
        before
        for days in range(1, LONGEST_BREAK)
        if calendar.is_working_day(before := day - timedelta(days=days))
    )


def stop_unanswered(*, actor: Actor, at: datetime, limit: int) -> bool:
    """Stop them, each in a transaction of its own; True when more may wait. A refusal holds nobody up."""
    waiting = unanswered(at=at, limit=limit)
    stopped = 0
    for key in waiting:
        try:
            stop(key, actor=actor, reason=UNANSWERED, at=at)
            stopped += 1
        except DomainError as refusal:
            log.warning("dossier %s was not stopped: %s", key, refusal.code)
    return stopped > 0 and len(waiting) == limit
