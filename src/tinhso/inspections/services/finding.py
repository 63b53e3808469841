"""Findings and recommendations (nhận định, kiến nghị), as long as the minutes are open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Max

from tinhso.calendars.clock import day_of
from tinhso.events.services import record
from tinhso.inspections import events
from tinhso.inspections.errors import FindingUnknown, RecommendationPast, RecommendationUnknown
from tinhso.inspections.models import Finding, FindingKind, Recommendation, State
from tinhso.inspections.services.acting import held_by_team, said
from tinhso.inspections.services.noting import item_of
from tinhso.ui.formatting import day as shown_day

if TYPE_CHECKING:
    from datetime import date, datetime
    from uuid import UUID

    from tinhso.events.kinds import EventKind
    from tinhso.inspections.models import Inspection
    from tinhso.kernel.actors import Actor


@transaction.atomic
def find(
    key: UUID,
    *,
    kind: FindingKind,
    text: str,
    ordinal: int | None = None,
    actor: Actor,
    at: datetime,
) -> Finding:
    """Say a result, a weakness, a cause or a good practice (ghi nhận định), perhaps of a criterion.

    The same words sent again are the same finding.
    """
    inspection = held_by_team(key, State.OPEN, actor=actor, at=at)
    item = item_of(inspection, ordinal) if ordinal else None
    same = {"item": item, "kind": FindingKind(kind), "text": said(text)}
    sent = inspection.findings.filter(**same, is_dropped=False).first()
    if sent is not None:
        return sent
    made = Finding.objects.create(inspection=inspection, **same, at=at, actor=actor.key)
    _tell(inspection, events.FOUND, {"kind": made.kind}, actor, at)
    return made


@transaction.atomic
def recommend(
    key: UUID, *, text: str, deadline_on: date | None = None, actor: Actor, at: datetime
) -> Recommendation:
    """Ask the unit to put something right by a day (kiến nghị); with the conclusion it becomes a task.

    The same words with the same day sent again are the same recommendation.
    """
    inspection = held_by_team(key, State.OPEN, actor=actor, at=at)
    same = {"text": " ".join(said(text).split()), "deadline_on": deadline_on}
    sent = inspection.recommendations.filter(**same, is_dropped=False).first()
    if sent is not None:
        return sent
    if deadline_on is not None and deadline_on < day_of(at):
        raise RecommendationPast(day=shown_day(deadline_on))
    last = inspection.recommendations.aggregate(last=Max("ordinal"))["last"] or 0
    made = Recommendation.objects.create(
        inspection=inspection,
        ordinal=last + 1,
        **same,
        at=at,
        actor=actor.key,
    )
    _tell(inspection, events.RECOMMENDED, {}, actor, at)
    return made


@transaction.atomic
def drop_finding(key: UUID, finding: int, *, actor: Actor, at: datetime) -> None:
    """Leave a finding out of the minutes (bỏ nhận định); it stays in the books."""
    inspection = held_by_team(key, State.OPEN, actor=actor, at=at)
    if not inspection.findings.filter(pk=finding, is_dropped=False).update(is_dropped=True):
        raise FindingUnknown
    _tell(inspection, events.DROPPED, {"what": "finding"}, actor, at)


@transaction.atomic
def drop_recommendation(key: UUID, ordinal: int, *, actor: Actor, at: datetime) -> None:
    """Leave a recommendation out of the minutes (bỏ kiến nghị); it stays in the books."""
    inspection = held_by_team(key, State.OPEN, actor=actor, at=at)
    standing = inspection.recommendations.filter(ordinal=ordinal, is_dropped=False)
    if not standing.update(is_dropped=True):
        raise RecommendationUnknown
    _tell(inspection, events.DROPPED, {"what": "recommendation"}, actor, at)


def _tell(
    inspection: Inspection,
    kind: EventKind,
    payload: dict[str, str],
    actor: Actor,
    at: datetime,
) -> None:
    record(
        kind,
        subject=inspection.uuid,
        actor=actor,
        at=at,
        agency=inspection.unit_id,
        payload=payload,
    )
