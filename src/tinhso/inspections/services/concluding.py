"""Conclude (kết luận): recommendations become tasks; look at them again; close when all is done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from tinhso.agencies.queries import heir, name_of
from tinhso.calendars.clock import day_of
from tinhso.events.services import record
from tinhso.inspections import events
from tinhso.inspections.errors import RecommendationUnknown, RemediesOpen
from tinhso.inspections.models import Closing, Conclusion, Inspection, Outcome, Recheck, State
from tinhso.inspections.permissions import InspectionPermission
from tinhso.inspections.remedies import is_over, is_remedied, words_of
from tinhso.inspections.services.acting import at_planner, held_by_team, move, said
from tinhso.tasks.models import NoticeKind
from tinhso.tasks.services.deciding import settle
from tinhso.tasks.services.ordering import Ordered, Paper, order

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from tinhso.inspections.models import Recommendation
    from tinhso.kernel.actors import Actor
    from tinhso.tasks.models import Notice


@transaction.atomic
def conclude(key: UUID, *, number: str, words: str = "", actor: Actor, at: datetime) -> Conclusion:
    """Conclude the inspection (kết luận kiểm tra): every recommendation becomes a task of the unit."""
    right = InspectionPermission.CONCLUDE
    inspection = at_planner(key, right, State.AGREED, actor=actor, at=at)
    told = said(number)[:60]
    asked = list(inspection.recommendations.filter(is_dropped=False).order_by("ordinal"))
    notice = _order(inspection, told, asked, actor, at) if asked else None
    made = Conclusion.objects.create(
        inspection=inspection,
        number=told,
        words=words.strip(),
        notice=notice,
        at=at,
        actor=actor.key,
    )
    move(inspection, State.CONCLUDED)
    record(
        events.CONCLUDED,
        subject=inspection.uuid,
        actor=actor,
        at=at,
        agency=inspection.unit_id,
        payload={"tasks": len(asked)},
    )
    return made


def _order(
    inspection: Inspection, number: str, asked: list[Recommendation], actor: Actor, at: datetime
) -> Notice:
    """The recommendations as tasks of the unit, or of who alone follows it today."""
    on, plan = day_of(at), inspection.plan
    unit = heir(inspection.unit_id, on)
    paper = Paper(
        kind=NoticeKind.INSPECTION,
        number=number,
        issued_on=on,
        issuer=name_of(plan.agency_id, on),
        title=f"Kết luận kiểm tra tại {name_of(inspection.unit_id, inspection.visit_on)} "
        f"theo {plan.title} (số {plan.number})",
    )
    ordered = [Ordered(one.text, lead=unit, deadline_on=one.deadline_on) for one in asked]
    notice, tasks = order(paper, ordered, agency=plan.agency_id, actor=actor, at=at)
    for one, task in zip(asked, tasks, strict=True):
        one.task = task
        one.save(update_fields=["task"])
    return notice


@transaction.atomic
def recheck(
    key: UUID, ordinal: int, *, outcome: Outcome, words: str, actor: Actor, at: datetime
) -> Recheck:
    """Look at a recommendation again (kiểm tra lại), and say what was found; said again in the same words it is one."""
    inspection = held_by_team(key, State.CONCLUDED, actor=actor, at=at)
    found = inspection.recommendations.filter(ordinal=ordinal, is_dropped=False).first()
    if found is None:
        raise RecommendationUnknown
    told = {"outcome": Outcome(outcome), "words": said(words)}
    last = found.rechecks.order_by("-pk").first()
    if last is not None and told == {"outcome": last.outcome, "words": last.words}:
        return last
    made = Recheck.objects.create(recommendation=found, **told, at=at, actor=actor.key)
    record(
        events.RECHECKED,
        subject=inspection.uuid,
        actor=actor,
        at=at,
        agency=inspection.unit_id,
        payload={"outcome": made.outcome},
    )
    return made


@transaction.atomic
def close(key: UUID, *, words: str = "", actor: Actor, at: datetime) -> Closing:
    """The inspection is over (kết thúc cuộc kiểm tra); refuses as long as something was not put right.

    The tasks of what was seen to be put right are reported and confirmed with it.
    """
    right = InspectionPermission.CONCLUDE
    inspection = at_planner(key, right, State.CONCLUDED, actor=actor, at=at)
    asked = inspection.recommendations.filter(is_dropped=False).select_related("task")
    waiting = [one for one in asked if not is_remedied(one)]
    if waiting:
        raise RemediesOpen(count=len(waiting))
    for one in asked:
        if one.task_id is not None and not is_over(one):
            settle(one.task_id, seen=f"Kiểm tra lại: {words_of(one)}", actor=actor, at=at)
    made = Closing.objects.create(
        inspection=inspection, words=words.strip(), at=at, actor=actor.key
    )
    move(inspection, State.CLOSED)
    record(events.CLOSED, subject=inspection.uuid, actor=actor, at=at, agency=inspection.unit_id)
    return made
