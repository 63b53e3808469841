"""The sitting at the unit (buổi làm việc): its hours, its place, who of the unit took part, both sides' opinions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from tinhso.events.services import record
from tinhso.inspections import events
from tinhso.inspections.errors import SittingInvalid
from tinhso.inspections.models import Attendee, Sitting, State
from tinhso.inspections.queries.sittings import sitting_of, version_of
from tinhso.inspections.services.acting import held_by_team
from tinhso.kernel.errors import StaleVersion

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from uuid import UUID

    from tinhso.kernel.actors import Actor


@dataclass(frozen=True)
class Present:
    """Somebody of the unit who takes part, and the office they hold there."""

    name: str
    office: str = ""


@dataclass(frozen=True)
class SittingFacts:
    """What is told of the sitting; without `ends_at` it still goes on."""

    place: str
    begins_at: datetime
    ends_at: datetime | None
    attendees: Sequence[Present]
    unit_opinion: str = ""
    team_opinion: str = ""


@transaction.atomic
def sit(key: UUID, *, facts: SittingFacts, expected: int, actor: Actor, at: datetime) -> Sitting:
    """Save what the minutes say of the sitting (ghi buổi làm việc). `expected` is the version that the page showed.

    The same sent again is the same save; written on an older version it is refused, and nothing is overwritten.
    """
    inspection = held_by_team(key, State.OPEN, actor=actor, at=at)
    _refuse_invalid(facts, at)
    last = sitting_of(inspection)
    if last is not None and told_of(last) == facts:
        return last
    if version_of(inspection) != expected:
        raise StaleVersion
    made = Sitting.objects.create(
        inspection=inspection,
        place=facts.place,
        begins_at=facts.begins_at,
        ends_at=facts.ends_at,
        unit_opinion=facts.unit_opinion,
        team_opinion=facts.team_opinion,
        at=at,
        actor=actor.key,
    )
    Attendee.objects.bulk_create(
        Attendee(sitting=made, ordinal=n, name=one.name, office=one.office)
        for n, one in enumerate(facts.attendees, start=1)
    )
    payload = {"attendees": len(facts.attendees), "is_over": made.ends_at is not None}
    unit = inspection.unit_id
    record(events.SAT, subject=inspection.uuid, actor=actor, at=at, agency=unit, payload=payload)
    return made


def told_of(sitting: Sitting) -> SittingFacts:
    """What a saved sitting (`queries.sittings.sitting_of`) tells."""
    return SittingFacts(
        place=sitting.place,
        begins_at=sitting.begins_at,
        ends_at=sitting.ends_at,
        attendees=[Present(one.name, one.office) for one in sitting.attendees.all()],
        unit_opinion=sitting.unit_opinion,
        team_opinion=sitting.team_opinion,
    )


def _refuse_invalid(facts: SittingFacts, at: datetime) -> None:
    wrong: dict[str, list[str]] = {}
    if not facts.place.strip():
        wrong["place"] = [_("Ghi nơi làm việc.")]
    if facts.begins_at > at:
        wrong["begins_at"] = [_("Chưa đến giờ này.")]
    if facts.ends_at is not None and facts.ends_at <= facts.begins_at:
        wrong["ends_at"] = [_("Giờ kết thúc phải sau giờ bắt đầu.")]
    if any(not one.name.strip() for one in facts.attendees):
        wrong["attendees"] = [_("Có người dự chưa ghi họ tên.")]
    if wrong:
        raise SittingInvalid(wrong)
